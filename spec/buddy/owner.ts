import type { Boot, Freed, Hole, Nobody } from '../../protocol/index.ts';

/** Whose a frame is where it heads no outstanding block. */
export const HOLE: Hole = -4;
export const BOOT: Boot = -3;
export const NOBODY: Nobody = -2;
export const FREED: Freed = -1;
