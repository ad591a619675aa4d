/** Lives of machines of 2.6.24: the case of the slip, then some drawn at random; after every command each invariant of a machine and of its zones is asked. */
import fc from 'fast-check';
import { Scripted26, answer } from '../../lockstep/machine26/lockstep.ts';
import { commandOf, planOf } from '../../lockstep/machine26/run.ts';
import { intents26, machines26 } from '../../arbitrary/machine26.ts';
import { machine26Invariants, machine26StepInvariants, snapshotMachine26 } from '../../../invariants/index.ts';
import { LIVES, MOST_CALLS, SEED, heldAfter, holder } from './machines.ts';
import { stopOf } from '../judged.ts';
import type { Alone, Known } from './alone.ts';
import type { Block, Machine26 } from '../../../protocol/index.ts';
import type { Broken } from '../load.ts';
import type { MachineStep26 } from '../../../invariants/index.ts';
import type { Slip26 } from '../machine26/slip.ts';
import type { Intent26 } from '../../arbitrary/machine26.ts';

/** Every invariant of a machine of 2.6.24: of a moment, of a step; those of its zones are asked too. */
export const OF_MACHINE26: readonly Known[] = [...machine26Invariants, ...machine26StepInvariants];

/** Asks a machine some commands, as long as it answers. */
function live(
  broken: Broken,
  machine: Machine26,
  intents: readonly Intent26[],
  saw: (step: MachineStep26) => void,
): void {
  const reclaimer = new Scripted26();
  broken.refuel();
  const created = broken.createMachine26(machine, reclaimer);
  if (created.kind === 'rejected') throw new Error(created.why);
  const { memory } = created;
  const seen = memory.observe();
  let held: readonly Block[] = [];
  for (const intent of intents) {
    const command = commandOf(held, machine, intent);
    reclaimer.tell(planOf(held, intent));
    const before = snapshotMachine26(seen);
    broken.refuel();
    const outcome = answer(memory, command);
    saw({ before, after: seen, command, outcome, reclaimed: reclaimer.rounds.length > 0 });
    held = heldAfter(held, command, outcome, seen);
  }
}

/** Has the machines of broken sources live. */
export function watchMachines26(broken: Broken, { shortest }: Slip26, alone: Alone): void {
  const saw = holder(alone, machine26Invariants, machine26StepInvariants);
  stopOf(() => shortest({ ...broken, saw })); // it ends where the specification refutes something
  const intents = fc.array(intents26, { maxLength: MOST_CALLS, size: 'max' });
  for (const [machine, all] of fc.sample(fc.tuple(machines26, intents), { numRuns: LIVES, seed: SEED })) {
    if (stopOf(() => live(broken, machine, all, saw)) !== undefined) alone.stops++;
  }
}
