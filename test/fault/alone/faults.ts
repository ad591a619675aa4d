/** Every fault on purpose that invariants are asked of, with the lives that its allocator lives. */
import { Alone } from './alone.ts';
import { BOOT_SLIPS } from '../boot/slips.ts';
import { GATE_SLIPS } from '../machine26/slips-gate.ts';
import { LARGE_SLIPS } from '../buddy/slips/large.ts';
import { MACHINE_SLIPS } from '../machine/slips.ts';
import { MEMORY_SLIPS } from '../buddy/slips/memory.ts';
import { OF_BOOT, watchBoot } from './boot.ts';
import { OF_MACHINE, watchMachines } from './machine.ts';
import { OF_MACHINE26, watchMachines26 } from './machine26.ts';
import { OF_ZONE, watchZones } from './zone.ts';
import { SLIPS } from '../buddy/slips/all.ts';
import { SLIPS26 } from '../machine26/slips-pass.ts';
import { load } from '../load.ts';
import type { Broken } from '../load.ts';
import type { Edit } from '../sources.ts';
import type { Known } from './alone.ts';

/** The rooms that have faults; machines have zones, and so all invariants of a zone. */
export const ROOMS = ['buddy', 'boot', 'machine', 'machine26'] as const;
export type Room = (typeof ROOMS)[number];

/** The invariants of each room's own. */
export const INVARIANTS: Readonly<Record<Room, readonly Known[]>> = {
  buddy: OF_ZONE,
  boot: OF_BOOT,
  machine: OF_MACHINE,
  machine26: OF_MACHINE26,
};

/** A fault, and how it is shown to the invariants. */
export interface Watched {
  readonly room: Room;
  readonly name: string;
  /** Has an allocator live: one with the fault, or the sound one. */
  readonly watch: (sources: 'broken' | 'sound') => Promise<Alone>;
}

type Edited = Edit & { readonly name: string };

function watched<S extends Edited>(
  room: Room,
  slips: readonly S[],
  live: (broken: Broken, slip: S, alone: Alone) => Promise<void> | void,
): readonly Watched[] {
  return slips.map((slip) => ({
    room,
    name: slip.name,
    watch: async (sources) => {
      const alone = new Alone();
      await live(sources === 'broken' ? load(slip) : load(), slip, alone);
      return alone;
    },
  }));
}

/** Every one of them. */
export const WATCHED: readonly Watched[] = [
  ...watched('buddy', [...SLIPS, ...MEMORY_SLIPS, ...LARGE_SLIPS], watchZones),
  ...watched('boot', BOOT_SLIPS, watchBoot),
  ...watched('machine', MACHINE_SLIPS, watchMachines),
  ...watched('machine26', [...GATE_SLIPS, ...SLIPS26], watchMachines26),
];
