import type { Boot, Freed, Hole, Nobody } from '../../protocol/index.ts';

/** Whose a frame is where it heads no outstanding block. */
export const HOLE: Hole = -4;
export const BOOT: Boot = -3;
export const NOBODY: Nobody = -2;
export const FREED: Freed = -1;

/** An owner in words, also where its byte is none, or there is no byte. */
export function ownerName(owner: number | undefined): string {
  if (owner === undefined) return 'missing';
  if (owner >= 0) return `order ${owner}`;
  const names = ['freed', 'nobody', 'boot memory', 'a hole'];
  return names[-owner - 1] ?? `${owner}`;
}
