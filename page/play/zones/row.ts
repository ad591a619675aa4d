/** A zone of a machine as a row of frames that can be drawn. */
import { listsOf } from '../world.ts';
import type { FilmBlock, ZoneObservation } from '../../../protocol/index.ts';
import type { Row } from '../../film/reel.ts';

/** Returns what a zone holds now; `numbers` has the number of the request that was granted a page. */
export function rowOf(zone: ZoneObservation, numbers: ReadonlyMap<number, number>): Row {
  const { buddy, counts, name, needBalance, watermarks } = zone;
  const { base, orders, pages } = buddy.arena;
  const lists = listsOf(buddy);
  const free = lists.flatMap((list, at) => list.map((head): FilmBlock => [head, at, -1]));
  const held = Array.from({ length: pages }, (_, page) => page).flatMap((page): readonly FilmBlock[] =>
    (counts[page] ?? 0) > 0 ? [[base + page, 0, numbers.get(base + page) ?? 0]] : [],
  );
  const ground = { name, base, pages, origin: base, orders, ordered: true, watermarks };
  const blocks = new Map([...free, ...held].map((block) => [block[0], block]));
  return { ground, blocks, lists, asks: needBalance, taken: [], last: undefined, retired: false };
}
