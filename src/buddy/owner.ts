import type { Boot, Freed, Hole, Nobody } from '../../protocol/index.ts';

/** What the owner table's bytes say; an order, where a frame heads an outstanding block of that order. */
export const HOLE: Hole = -4;
export const BOOT: Boot = -3;
export const NOBODY: Nobody = -2;
export const FREED: Freed = -1;
