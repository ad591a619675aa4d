/** Lives of machines of 2.4: the case of the slip, then some drawn at random; after every command each invariant of a machine and of its zones is asked. */
import fc from 'fast-check';
import { Scripted, createReal } from '../../lockstep/machine/real.ts';
import { answer } from '../../lockstep/machine/lockstep.ts';
import { commandOf, planOf } from '../../lockstep/machine/run.ts';
import { machineInvariants, machineStepInvariants, snapshotMachine } from '../../../invariants/index.ts';
import { LIVES, MOST_CALLS, SEED, heldAfter, holder } from './machines.ts';
import { machineIntents, machines } from '../../arbitrary/machine.ts';
import { stopOf } from '../judged.ts';
import type { Alone, Known } from './alone.ts';
import type { Block, Machine } from '../../../protocol/index.ts';
import type { Broken } from '../load.ts';
import type { MachineSlip } from '../machine/slip.ts';
import type { MachineStep } from '../../../invariants/index.ts';
import type { MachineIntent } from '../../arbitrary/machine.ts';

/** Every invariant of a machine: of a moment, of a step; those of its zones are asked too. */
export const OF_MACHINE: readonly Known[] = [...machineInvariants, ...machineStepInvariants];

/** Asks a machine some commands, as long as it answers. */
function live(
  broken: Broken,
  machine: Machine,
  intents: readonly MachineIntent[],
  saw: (step: MachineStep) => void,
): void {
  const reclaimer = new Scripted();
  const { memory, recorder } = createReal(machine, reclaimer, broken);
  const seen = memory.observe();
  let held: readonly Block[] = [];
  for (const intent of intents) {
    const command = commandOf(held, machine, intent);
    reclaimer.tell(planOf(held, intent));
    recorder.begin();
    const before = snapshotMachine(seen);
    broken.refuel();
    const outcome = answer(memory, command);
    saw({ before, after: seen, command, outcome, reclaimed: recorder.rounds.length > 0 });
    held = heldAfter(held, command, outcome, seen);
  }
}

/** Has the machines of broken sources live. */
export function watchMachines(broken: Broken, { shortest }: MachineSlip, alone: Alone): void {
  const saw = holder(alone, machineInvariants, machineStepInvariants);
  stopOf(() => shortest({ ...broken, saw })); // it ends where the specification refutes something
  const intents = fc.array(machineIntents, { maxLength: MOST_CALLS, size: 'max' });
  for (const [machine, all] of fc.sample(fc.tuple(machines, intents), { numRuns: LIVES, seed: SEED })) {
    if (stopOf(() => live(broken, machine, all, saw)) !== undefined) alone.stops++;
  }
}
