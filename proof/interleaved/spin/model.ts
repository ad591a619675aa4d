/** A model of the same steps for SPIN, written by hand: it must have as many states and steps, and go wrong after as many. */

import { Program } from '../../front/program.ts';
import { WITHOUT, scheduleOf } from '../faults.ts';
import { countAll } from './count.ts';
import { grouped, must } from '../../result.ts';
import { sourceBeside } from '../../tool.ts';
import { spin } from '../../spin.ts';
import { shapeOf } from '../site.ts';
import { startOf } from '../start.ts';
import type { Callers } from '../state.ts';

/** The model's file. */
export const MODEL: string = sourceBeside(import.meta.url, './smp.pml');

const calledBy = (callers: Callers): readonly string[] => (callers === 'two processors' ? [] : ['HANDLER']);

/**
 * Counts all states and steps under the lock, by the explorer and by SPIN, and adds up what the words are before each step. Throws if
 * anything differs.
 */
export function compareCounts(callers: Callers, calls: number, model: string = MODEL): string {
  const spun = spin(model, { defines: [...calledBy(callers), `CALLS=${calls}`] });
  const shape = shapeOf('2.4', 4);
  const program = new Program();
  const question = { program, shape, manner: 'locked', callers, calls: [calls, calls], granted: [] } as const;
  const { states, steps, sum } = countAll(startOf(question));
  const what = `${callers}, ${calls} calls each`;
  must(spun.errors === 0, `${what}: SPIN finds an error`);
  must(spun.stored === states, `${what}: ${states} states, but in SPIN ${spun.stored}`);
  // SPIN counts the state that it begins with among those that steps lead to.
  const inSpin = spun.stored + spun.matched - 1;
  must(inSpin === steps, `${what}: ${steps} steps, but in SPIN ${inSpin}`);
  must(spun.sum === sum, `${what}: the sum of all words is ${sum}, but in SPIN ${spun.sum}`);
  return `${what}: ${grouped(states)} states, ${grouped(steps)} steps`;
}

/** What goes wrong in the model too, by the name of the fault and what is defined then. */
const WRONG = [
  ['interrupts left on under the lock', 'LEFTON'],
  ['no lock, and one page granted twice', 'BARE'],
  ['no lock, an interrupt, and one page granted twice', 'BARE'],
] as const;

/** Finds the shortest schedules that go wrong, by the explorer and by SPIN. Throws if they are not as long. */
export function compareShortest(): string {
  return WRONG.map(([name, defined]) => {
    const fault = WITHOUT.find((one) => one.name === name);
    const steps = fault === undefined ? NaN : (scheduleOf(fault).schedule?.steps.length ?? NaN);
    const defines = [...calledBy(fault?.callers ?? 'two processors'), defined];
    const { stepsToError } = spin(MODEL, { defines, byLength: true });
    must(stepsToError === steps, `${name}: ${steps} steps, but in SPIN ${stepsToError}`);
    return `${name}: ${steps} steps`;
  }).join('; ');
}
