/** Boot memory of `src` as it is shown: its answers in words, its nodes as rows. */
import { PAGE, addressOf, lastOf, mapPagesOf, pageAround } from '../../../spec/boot/state.ts';
import { listsOf } from '../world.ts';
import { order } from '../../../spec/unit.ts';
import type { Boot } from '../../../spec/index.ts';
import type { BootObservation, BootOutcome, FilmBlock, Observation } from '../../../protocol/index.ts';
import type { Row } from '../../film/reel.ts';

/** The orders of the zone that a node is retired into. */
export const ORDERS = 7;

/** Returns an answer in words. */
export function sayBoot(outcome: BootOutcome): string {
  switch (outcome.kind) {
    case 'granted':
      return `address ${outcome.address}: page ${pageAround(outcome.address)}, byte ${outcome.address % PAGE} of it`;
    case 'exhausted':
      return 'refused: no run of free pages is long enough';
    case 'done':
      return 'done';
    case 'warned':
      return `done; taken before were pages ${outcome.pages.join(' ')}`;
    case 'retired':
      return `retired: ${outcome.free} free pages are handed over, ascending, and then ${outcome.map} of the bitmap`;
    case 'rejected':
      return `rejected: ${outcome.misuse}`;
  }
}

/** Reports whether the bit of each page is what the specification says is taken. */
export const haveBits = (boot: Boot, { nodes }: BootObservation): boolean =>
  boot.every(({ node, taken }, at) =>
    Array.from({ length: node.end - node.start }, (_, page) => page).every((page) => {
      const bit = ((nodes[at]?.bits[page >> 5] ?? 0) >>> (page & 31)) & 1;
      const first = (node.start + page) * PAGE;
      return (bit === 1) === taken.some(([from, to]) => from < first + PAGE && to > first);
    }),
  );

/** Returns a node as a row; after its retirement with the zone that it became. */
export function nodeRow(state: Boot[number], name: string, zone: Observation): Row {
  const { end, map, start } = state.node;
  const lists = state.retired ? listsOf(zone) : Array.from({ length: ORDERS }, () => []);
  const blocks = lists.flatMap((list, at) => list.map((head): FilmBlock => [head, order(at), -1]));
  const { lastOffset, lastPos } = lastOf(state);
  const ground = { name, base: start, pages: end - start, origin: start, orders: ORDERS, ordered: true };
  return {
    ground: { ...ground, map: [map, mapPagesOf(state.node)] },
    blocks: new Map(blocks.map((block) => [block[0], block])),
    lists,
    asks: false,
    taken: state.taken,
    last: state.end === addressOf(start) ? undefined : [lastPos, lastOffset],
    retired: state.retired,
  };
}
