import { ownersOf, pfn } from '../words/unit.ts';
import type {
  Arena,
  Kernel,
  Machine,
  MachineObservation,
  NodeId,
  Observation,
  Owner,
  Run,
  Watermarks,
  ZoneName,
  ZoneObservation,
} from '../../protocol/index.ts';
import type { MemoryZone } from './memory-zone.ts';
import type { PgData } from './node.ts';
import type { Zone } from '../buddy/zone.ts';

/** One class for all zones, so that whoever reads many of them reads objects of one shape. */
class BuddyObservation implements Observation {
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
    this.arena = { base: pfn(base), pages, orders, holes, alignment: kernel === '2.4' ? 'base' : 'absolute' };
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

/** A zone's arrays read as an Observation: the abstraction function. Live, and it writes nothing. */
export function observe(zone: Zone, holes: readonly Run[]): Observation {
  return new BuddyObservation(zone, holes);
}

class MachineZoneObservation implements ZoneObservation {
  readonly node: NodeId;
  readonly name: ZoneName;
  readonly watermarks: Watermarks;
  readonly buddy: Observation;
  readonly counts: ArrayLike<number>;
  readonly #zone: MemoryZone;

  constructor(zone: MemoryZone) {
    this.node = zone.node;
    this.name = zone.name;
    this.watermarks = { min: zone.pagesMin, low: zone.pagesLow, high: zone.pagesHigh };
    this.buddy = zone.allocator.observe();
    this.counts = zone.counts.words;
    this.#zone = zone;
  }

  get needBalance(): boolean {
    return this.#zone.needBalance;
  }
}

/** A machine's arrays read as an observation: live, and it writes nothing. */
export function observeMachine(
  machine: Machine,
  zones: readonly MemoryZone[],
  nodes: readonly PgData[],
): MachineObservation {
  const places = nodes.map(({ zonelists }) => zonelists.map((list) => list.map(({ place }) => place)));
  return { machine, zones: zones.map((zone) => new MachineZoneObservation(zone)), zonelists: places };
}
