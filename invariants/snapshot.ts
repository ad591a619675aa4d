/** Copies of live observations: what a zone, boot memory or a machine held at one moment. */
import type { BootObservation, MachineObservation, Observation, Observation26 } from '../protocol/index.ts';

/** Returns a copy; one of words is made at once. */
function copyOf<T>(values: ArrayLike<T>): ArrayLike<T> {
  if (values instanceof Int32Array || values instanceof Uint8Array) return values.slice() as unknown as ArrayLike<T>;
  const copy: T[] = [];
  for (let n = 0; n < values.length; n++) {
    const value = values[n];
    if (value !== undefined) copy.push(value);
  }
  return copy;
}

/** Returns a copy of what a zone holds now; later operations on the zone do not change it. */
export function snapshot(live: Observation): Observation {
  const { arena, freeCount, kernel, links, maps, owners, pageFlags } = live;
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

/** Returns a copy of what boot memory holds now. */
export const snapshotBoot = ({ nodes }: BootObservation): BootObservation => ({
  nodes: nodes.map(({ bits, end, lastOffset, lastPos, map, pageSize, retired, start }) => ({
    start,
    end,
    map,
    bits: copyOf(bits),
    lastPos,
    lastOffset,
    retired,
    ...(pageSize === undefined ? {} : { pageSize }),
  })),
});

/** Returns a copy of what the memory of a machine holds now. */
export const snapshotMachine = ({ machine, zonelists, zones }: MachineObservation): MachineObservation => ({
  machine,
  zonelists,
  zones: zones.map(({ buddy, counts, name, needBalance, node, watermarks }) => ({
    node,
    name,
    watermarks,
    needBalance,
    buddy: snapshot(buddy),
    counts: copyOf(counts),
  })),
});

/** Returns a copy of what the memory of a machine of 2.6.24 holds now. */
export const snapshotMachine26 = ({ machine, settings, zones }: Observation26): Observation26 => ({
  machine,
  settings,
  zones: zones.map(({ buddy, name, reserves, watermarks }) => ({
    name,
    watermarks,
    reserves: copyOf(reserves),
    buddy: snapshot(buddy),
  })),
});
