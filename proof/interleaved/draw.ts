/** Puts a schedule into words: what each caller asks, does at each step, and is answered. */

import { nameOf } from './site.ts';
import { printed } from './calls.ts';
import type { Callers, Taken, World } from './state.ts';
import type { Schedule } from './shortest.ts';
import type { ScheduleLine, ScheduleText } from '../../protocol/index.ts';

/** Returns what a step does, in words. */
function told(world: World, { access, found, slept }: Taken): string {
  const name = nameOf(world.calls.site, access.word);
  switch (access.kind) {
    case 'read':
      return `${name} is ${found}`;
    case 'write':
      return `${name} := ${access.value}`;
    case 'add':
      return `${name}: ${found} := ${found + access.value}`;
    case 'sleep':
      return slept ? `sleeps while ${name} is ${found}` : `${name} is not ${access.value} any more`;
    case 'wake':
      return `wakes who sleeps at ${name}`;
  }
}

const NAMES: Readonly<Record<Callers, ScheduleText['callers']>> = {
  'two processors': ['processor 0', 'processor 1'],
  'a processor and its handler': ['processor 0', 'its handler'],
};

/** Returns a schedule in words. */
export function worded(world: World, { steps, wrong }: Pick<Schedule, 'steps'> & Partial<Schedule>): ScheduleText {
  const lines = steps.flatMap((taken, n): readonly ScheduleLine[] => {
    const { access, answer, begins, caller } = taken;
    return [
      ...(begins === undefined ? [] : [{ caller, text: `${printed(begins)}:` }]),
      { caller, step: n + 1, text: `${access.within}: ${told(world, taken)}` },
      ...(answer === undefined ? [] : [{ caller, text: `answered: ${answer}` }]),
    ];
  });
  return { callers: NAMES[world.callers], lines, ...(wrong === undefined ? {} : { wrong: wrong.what }) };
}
