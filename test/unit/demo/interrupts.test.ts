/** Tests that the schedules of the story show what its words say of them. */

import { INTERRUPTS, demoInterrupts } from '../../../conformance/demo/interrupts.ts';
import { expect, test } from 'vitest';
import { SCHEDULES } from '../../../conformance/demo/schedules.ts';
import { drawSchedule } from '../../../conformance/demo/draw-schedule.ts';
import type { ScheduleName } from '../../../conformance/demo/schedules.ts';

const linesOf = (name: ScheduleName): readonly string[] => SCHEDULES[name].lines.map(({ text }) => text);
const answers = (name: ScheduleName): readonly string[] =>
  SCHEDULES[name].lines.flatMap(({ caller, text }) => (text.startsWith('answered') ? `${caller} ${text}` : []));

test('the handler is refused though processor 0 has only taken the block off its list', () => {
  expect(answers('no lock, an interrupt')).toEqual(['1 answered: exhausted']);
  expect(linesOf('no lock, an interrupt')).toContain('rmqueue: next of list 2 := 6');
});

test('page 0 is granted to the processor and to its handler, and the count falls below zero', () => {
  const name = 'no lock, an interrupt, and one page granted twice';
  expect(answers(name)).toEqual(['1 answered: granted page 0', '0 answered: granted page 0']);
  expect(linesOf(name)).toContain('rmqueue: count of free pages := -4');
});

test('the lock knows its holder; without that the handler waits, and nobody can go on', () => {
  expect(SCHEDULES['interrupts left on under the lock'].wrong).toContain('lock taken twice by processor 0');
  const name = 'interrupts left on under a lock that does not know its holder';
  expect([linesOf(name).at(-1), SCHEDULES[name].wrong]).toEqual([
    'spinLock: sleeps while lock: ticket served is 0',
    'deadlock: nobody can go on',
  ]);
});

test('SMP-3 · under the lock interrupts go off before the lock is asked for, and on after it was given away', () => {
  const { lines, wrong } = SCHEDULES['the lock, with interrupts off'];
  const of = (caller: 0 | 1): readonly string[] => lines.filter((one) => one.caller === caller).map(({ text }) => text);
  const at = (text: RegExp): number => of(0).findIndex((one) => text.test(one));
  const places = [
    at(/interrupts on := 0/u),
    at(/lock: next ticket/u),
    at(/rmqueue/u),
    at(/ticket served := 1/u),
    at(/interrupts on := 1/u),
  ];
  expect(places.every((place, n) => place > (places[n - 1] ?? -1))).toBe(true);
  expect(answers('the lock, with interrupts off')).toEqual(['0 answered: granted page 0', '1 answered: exhausted']);
  expect(lines.findIndex(({ caller }) => caller === 1)).toBe(of(0).length);
  expect(wrong).toBeUndefined();
});

test('every schedule but one without a handler is told, in chapters that say which callers there are', () => {
  const told = INTERRUPTS.chapters.map(({ schedule }) => schedule);
  const untold = Object.entries(SCHEDULES).filter(([, schedule]) => !told.includes(schedule));
  expect(untold.map(([name]) => name)).toEqual(['no lock, and one page granted twice']);
  for (const { schedule, title } of INTERRUPTS.chapters) {
    expect(demoInterrupts()).toContain(`${title}\n`);
    expect(demoInterrupts()).toContain(drawSchedule(schedule));
  }
});

test('a schedule has a column for each caller, a number for each step, and ends with what is wrong', () => {
  const line = { caller: 1, step: 12, text: 'waits' } as const;
  const [head = '', ask = '', step = '', ...rest] = drawSchedule({
    callers: ['one', 'other'],
    lines: [{ caller: 0, text: 'asks:' }, line],
    wrong: 'no',
  }).split('\n');
  expect(ask).toBe('      asks:');
  expect(step.trimStart()).toMatch(/^12 +waits$/u);
  expect(step.indexOf('waits')).toBe(head.indexOf('other') + 2);
  expect(rest).toEqual(['', 'no']);
});
