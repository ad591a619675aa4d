/** A copy of everything that an observation shows. */
import type { Observation } from '../../../protocol/index.ts';

/** A moment of an observation, which is live: everything that it shows, copied. */
export const wholeOf = ({ arena, freeCount, kernel, links, maps, pageFlags, owners }: Observation): object => ({
  arena,
  freeCount,
  kernel,
  links: Array.from(links),
  maps: maps.map((map) => Array.from(map)),
  flags: Array.from(pageFlags.flag),
  orders: Array.from(pageFlags.order),
  owners: Array.from(owners),
});
