/** Machines at a moment and over one step, and ways to report them wrongly. */

import { GFP_KERNEL, createMachine, nodeId, order, taskFlags } from '../../../src/index.ts';
import { expect } from 'vitest';
import { gfp } from '../../../spec/unit.ts';
import { snapshotMachine, refuteMachineStep, tell } from '../../../invariants/index.ts';
import { plainMachine } from '../../unit/machine/low-memory.ts';
import type { MachineObservation, PageCommand, PageOutcome, ZoneObservation } from '../../../protocol/index.ts';
import type { MachineStep } from '../../../invariants/index.ts';
import type { PhysicalMemory } from '../../../src/index.ts';

const ALIKE = [
  [64, 64, 64],
  [64, 64, 64],
];

/** Two nodes of three zones of 64 pages, or nodes of other zones, with the marks 20, 40 and 60; node 0 has frames 0 to 191. */
export function machine(nodes: readonly (readonly number[])[] = ALIKE): PhysicalMemory {
  const created = createMachine(plainMachine(nodes), {
    wakeKswapd: () => undefined,
    tryToFreePagesZone: () => false,
  });
  if (created.kind === 'rejected') expect.fail(created.why);
  created.memory.handOverAll();
  return created.memory;
}

export const change = (
  seen: MachineObservation,
  at: number,
  wrong: (zone: ZoneObservation) => Partial<ZoneObservation>,
): MachineObservation => ({
  ...seen,
  zones: seen.zones.map((zone, n) => (n === at ? { ...zone, ...wrong(zone) } : zone)),
});

export const request = (mask: number, of = 0, node = 0): Extract<PageCommand, { readonly kind: 'allocate-pages' }> => ({
  kind: 'allocate-pages',
  gfp: gfp(mask),
  order: order(of),
  task: taskFlags(0),
  node: nodeId(node),
});

/** Returns one step of a real machine; `wrong` replaces parts of it. */
export function step(
  command: PageCommand,
  act: (memory: PhysicalMemory) => PageOutcome,
  wrong: Partial<MachineStep> = {},
  prepare: (memory: PhysicalMemory) => void = () => undefined,
): MachineStep {
  const memory = machine();
  prepare(memory);
  const before = snapshotMachine(memory.observe());
  const outcome = act(memory);
  return { before, after: snapshotMachine(memory.observe()), command, outcome, reclaimed: false, ...wrong };
}

export const taken = (wrong: Partial<MachineStep> = {}): MachineStep =>
  step(request(0x1f0), (memory) => memory.allocPages(GFP_KERNEL, order(0)), wrong);

export const stepTold = (of: MachineStep): readonly string[] => refuteMachineStep(of).map(tell);
