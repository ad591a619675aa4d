// Reads the arrays of a machine's zones as a MachineObservation: the abstraction function of the machine.
import type {
  Machine,
  MachineObservation,
  NodeId,
  Observation,
  Watermarks,
  ZoneName,
  ZoneObservation,
} from '../../protocol/index.ts';
import type { MachineZone } from './machine-zone.ts';
import type { PgData } from './pgdat.ts';

class MachineZoneObservation implements ZoneObservation {
  readonly node: NodeId;
  readonly name: ZoneName;
  readonly watermarks: Watermarks;
  readonly buddy: Observation;
  readonly counts: ArrayLike<number>;
  readonly #zone: MachineZone;

  constructor(zone: MachineZone) {
    this.node = zone.node;
    this.name = zone.name;
    this.watermarks = { min: zone.pagesMin, low: zone.pagesLow, high: zone.pagesHigh };
    this.buddy = zone.allocator.observe();
    this.counts = zone.counts.words;
    this.#zone = zone;
  }

  get needBalance(): boolean {
    return this.#zone.needBalance.get(0) === 1;
  }
}

/** Returns all that a machine's memory holds, which changes as the machine does; it cannot be written to. */
export function observeMachine(
  machine: Machine,
  zones: readonly MachineZone[],
  nodes: readonly PgData[],
): MachineObservation {
  const places = nodes.map(({ zonelists }) => zonelists.map((list) => list.map(({ place }) => place)));
  return { machine, zones: zones.map((zone) => new MachineZoneObservation(zone)), zonelists: places };
}
