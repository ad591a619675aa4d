import type { MachineObservation, Observation } from '../protocol/index.ts';

function copyOf<T>(values: ArrayLike<T>): readonly T[] {
  const copy: T[] = [];
  for (let n = 0; n < values.length; n++) {
    const value = values[n];
    if (value !== undefined) copy.push(value);
  }
  return copy;
}

/** A copy of this moment, for when the zone has moved on. */
export function keep({ arena, freeCount, kernel, links, maps, pageFlags, owners }: Observation): Observation {
  return {
    kernel,
    arena,
    freeCount,
    links: copyOf(links),
    maps: maps.map(copyOf),
    pageFlags: { flag: copyOf(pageFlags.flag), order: copyOf(pageFlags.order) },
    owners: copyOf(owners),
  };
}

/** A copy of this moment of a whole machine. */
export function keepMachine({ machine, zonelists, zones }: MachineObservation): MachineObservation {
  return {
    machine,
    zonelists,
    zones: zones.map(({ buddy, counts, watermarks, name, needBalance, node }) => ({
      node,
      name,
      watermarks,
      needBalance,
      buddy: keep(buddy),
      counts: copyOf(counts),
    })),
  };
}
