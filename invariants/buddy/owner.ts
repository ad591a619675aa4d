/** The owners of frames that head no outstanding block. */
import type { Boot, Freed, Hole, Nobody } from '../../protocol/index.ts';

export const HOLE: Hole = -4;
export const BOOT: Boot = -3;
export const NOBODY: Nobody = -2;
export const FREED: Freed = -1;

/** Returns an owner in words, also if it is not a valid one or missing. */
export function ownerName(owner: number | undefined): string {
  if (owner === undefined) return 'missing';
  if (owner >= 0) return `order ${owner}`;
  const names = ['freed', 'nobody', 'boot memory', 'a hole'];
  return names[-owner - 1] ?? `${owner}`;
}
