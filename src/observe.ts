import { get } from './mem-map.ts';
import { mapOf } from './free-area.ts';
import { ownersOf, pfn } from './unit.ts';
import type { Arena, Kernel, Observation, Owner, Run } from '../protocol/index.ts';
import type { Zone } from './free-area.ts';

/** One class for all zones, so that whoever reads many of them reads objects of one shape. */
class ZoneObservation implements Observation {
  readonly kernel: Kernel;
  readonly arena: Arena;
  readonly links: ArrayLike<number>;
  readonly maps: readonly ArrayLike<number>[];
  readonly marks: Observation['marks'];
  readonly owners: ArrayLike<Owner>;
  readonly #zone: Zone;

  constructor(zone: Zone, holes: readonly Run[]) {
    const { base, kernel, orders, pages } = zone;
    this.kernel = kernel;
    this.arena = { base: pfn(base), pages, orders, holes, alignment: kernel === '2.4' ? 'base' : 'absolute' };
    this.links = zone.links;
    this.maps = zone.freeArea.slice(0, kernel === '2.4' ? -1 : 0).map((area) => mapOf(zone, area));
    this.marks = { flag: zone.buddyFlag, order: zone.privateOrder };
    this.owners = ownersOf(zone.owners);
    this.#zone = zone;
  }

  get freeCount(): number {
    return get(this.#zone.counters, 0);
  }
}

/** A zone's arrays read as an Observation: the abstraction function. Live, and it writes nothing. */
export function observe(zone: Zone, holes: readonly Run[]): Observation {
  return new ZoneObservation(zone, holes);
}
