/** A zone of a machine as a row of frames that can be drawn. */
import { listsOf } from '../world.ts';
import type { FilmBlock, ZoneObservation } from '../../../protocol/index.ts';
import type { Row } from '../../film/reel.ts';

/** Returns what a zone holds now; `grantOf` says of a head the order of its block, and which request was granted it. */
export function rowOf(
  zone: ZoneObservation,
  grantOf: (head: number) => readonly [order: number, number: number],
  name: string = zone.name,
): Row {
  const { buddy, counts, needBalance, watermarks } = zone;
  const { base, orders, pages } = buddy.arena;
  const lists = listsOf(buddy);
  const free = lists.flatMap((list, at) => list.map((head): FilmBlock => [head, at, -1]));
  const held = Array.from({ length: pages }, (_, page) => page).flatMap((page): readonly FilmBlock[] =>
    (counts[page] ?? 0) > 0 ? [[base + page, ...grantOf(base + page)]] : [],
  );
  const ground = { name, base, pages, origin: base, orders, ordered: true, watermarks };
  const blocks = new Map([...free, ...held].map((block) => [block[0], block]));
  return { ground, blocks, lists, asks: needBalance, taken: [], last: undefined, retired: false };
}
