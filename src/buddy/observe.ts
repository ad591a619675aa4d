// Reads a zone's arrays as an Observation: the abstraction function of the buddy system.
import { ownersOf } from '../words/unit.ts';
import type { Arena, Kernel, Observation, Owner, Run } from '../../protocol/index.ts';
import type { Zone } from './zone.ts';

/** One class for all zones: V8 compiles code that reads many of them for objects of one shape. */
class ZoneObservation implements Observation {
  readonly kernel: Kernel;
  readonly arena: Arena;
  readonly links: ArrayLike<number>;
  readonly maps: readonly ArrayLike<number>[];
  readonly pageFlags: Observation['pageFlags'];
  readonly owners: ArrayLike<Owner>;
  readonly #zone: Zone;

  constructor(zone: Zone, holes: readonly Run[]) {
    const { base, kernel, orders, pages } = zone;
    this.kernel = kernel;
    this.arena = { base: base, pages, orders, holes, alignment: kernel === '2.4' ? 'base' : 'absolute' };
    this.links = zone.links;
    this.maps = zone.freeArea.slice(0, kernel === '2.4' ? -1 : 0).map((area) => zone.mapOf(area));
    this.pageFlags = { flag: zone.buddyFlag.words, order: zone.privateOrder.words };
    this.owners = ownersOf(zone.owners.bytes);
    this.#zone = zone;
  }

  get freeCount(): number {
    return this.#zone.counters.get(0);
  }
}

/** Returns all that a zone holds as an Observation, which changes as the zone does; it cannot be written to. */
export function observe(zone: Zone, holes: readonly Run[]): Observation {
  return new ZoneObservation(zone, holes);
}
