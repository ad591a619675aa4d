/** Tests that a difference of a machine is shown by few commands: the lockstep shrinks what it finds. */
import { MACHINE_SLIPS } from './slips.ts';
import { expect, test } from 'vitest';
import { load } from '../load.ts';
import { runMachines } from '../../lockstep/machine/run.ts';

const SEED = 20240422;
/** Commands that the shortest case needs at most; drawn were up to 150. */
const MOST = 4;

/** Returns why a run fails, with the commands that make it fail. */
function failureOf(shrinks: boolean): string {
  const slip = MACHINE_SLIPS.find(({ name }) => name === 'as many pages as pages_min are enough');
  try {
    runMachines(150, 80, 80, load(slip), SEED, shrinks);
  } catch (error) {
    return error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  }
  return 'nothing was found';
}

/** A message is what differs, the machine, and two lines for each command. */
const commandsIn = (failure: string): number => Math.ceil((failure.split('\n').length - 2) / 2);

test('WATER-2 · a machine with a slip is refuted by a few commands', () => {
  const shrunk = failureOf(true);
  expect(shrunk).toMatch(/^[A-Z]+-\d+ refuted/u);
  expect(commandsIn(shrunk)).toBeLessThanOrEqual(MOST);
  expect(commandsIn(failureOf(false))).toBeGreaterThan(MOST);
});
