/** The owners of frames that head no outstanding block. */
import type { Boot, Freed, Hole, Nobody } from '../../protocol/index.ts';

export const HOLE: Hole = -4;
export const BOOT: Boot = -3;
export const NOBODY: Nobody = -2;
export const FREED: Freed = -1;
