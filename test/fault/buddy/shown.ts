/** What an allocator of this process holds, as the views of vectors show it. */
import type { Observation } from '../../../protocol/index.ts';
import type { Shows } from '../../../conformance/vectors/form.ts';

/** Returns the free lists from head to tail; one that never ends is cut. */
function listsOf({ arena, links }: Observation): readonly (readonly number[])[] {
  return Array.from({ length: arena.orders }, (_, at) => {
    const head = arena.pages + at;
    const heads: number[] = [];
    for (
      let node = links[2 * head] ?? head;
      node !== head && heads.length <= arena.pages;
      node = links[2 * node] ?? head
    ) {
      heads.push(arena.base + node);
    }
    return heads;
  });
}

/** Returns the bits of the pairs as the map of 2.4 has them; 2.6 has none. */
const bitsOf = ({ arena, maps }: Observation): readonly string[] =>
  Array.from({ length: arena.orders - 1 }, (_, at) =>
    Array.from({ length: Math.ceil(arena.pages / 2 ** (at + 1)) }, (_none, pair) =>
      String(((maps[at]?.[pair >> 5] ?? 0) >>> (pair & 31)) & 1),
    ).join(''),
  );

/** Returns what a vector's `shows` is to be compared with; what the kernel does not have is as it must be. */
export const reportedBy = (observation: Observation, expected: Shows): Shows => ({
  'free-count': observation.freeCount,
  'free-lists': listsOf(observation),
  'pair-bits': observation.kernel === '2.4' ? bitsOf(observation) : expected['pair-bits'],
});
