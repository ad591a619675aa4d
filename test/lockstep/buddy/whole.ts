/** A copy of everything that an observation shows. */
import type { Observation } from '../../../protocol/index.ts';

/** A moment of an observation, which is live: everything that it shows, copied. */
export const wholeOf = ({ arena, freeCount, kernel, links, maps, marks, owners }: Observation): object => ({
  arena,
  freeCount,
  kernel,
  links: Array.from(links),
  maps: maps.map((map) => Array.from(map)),
  flags: Array.from(marks.flag),
  orders: Array.from(marks.order),
  owners: Array.from(owners),
});
