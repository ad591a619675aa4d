import { get } from './mem-map.ts';
import { ownersOf, pfn } from './unit.ts';
import type { Observation, Run } from '../protocol/index.ts';
import type { Zone } from './free-area.ts';
import { mapOf } from './free-area.ts';

/** A zone's arrays read as an Observation: the abstraction function. Live, and it writes nothing. */
export function observe(zone: Zone, holes: readonly Run[]): Observation {
  const { base, buddyFlag, counters, kernel, links, orders, owners, pages, privateOrder } = zone;
  const alignment = kernel === '2.4' ? 'base' : 'absolute';
  return {
    kernel,
    arena: { base: pfn(base), pages, orders, holes, alignment },
    get freeCount() {
      return get(counters, 0);
    },
    links,
    maps: zone.freeArea.slice(0, kernel === '2.4' ? -1 : 0).map((area) => mapOf(zone, area)),
    marks: { flag: buddyFlag, order: privateOrder },
    owners: ownersOf(owners),
  };
}
