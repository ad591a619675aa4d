/** Draws a schedule: a column for each caller, a line for each step. */

import { nameOf } from './site.ts';
import { printed } from './calls.ts';
import type { Schedule } from './shortest.ts';
import type { Taken, World } from './state.ts';

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

const WIDTH = 62;

/** Returns the lines of a schedule; the steps of the second caller are moved to the right. */
export function draw(world: World, { steps, wrong }: Schedule): string {
  const names = world.callers === 'two processors' ? ['processor 0', 'processor 1'] : ['processor 0', 'its handler'];
  const lines = [`${'step'.padStart(4)}  ${(names[0] ?? '').padEnd(WIDTH)}${names[1] ?? ''}`];
  const put = (n: string, caller: 0 | 1, text: string): void => {
    lines.push(`${n.padStart(4)}  ${caller === 0 ? text : `${' '.repeat(WIDTH)}${text}`}`.trimEnd());
  };
  for (const [n, taken] of steps.entries()) {
    if (taken.begins !== undefined) put('', taken.caller, `${printed(taken.begins)}:`);
    put(`${n + 1}`, taken.caller, `  ${taken.access.within}: ${told(world, taken)}`);
    if (taken.answer !== undefined) put('', taken.caller, `  answered: ${taken.answer}`);
  }
  return [...lines, '', wrong.what].join('\n');
}
