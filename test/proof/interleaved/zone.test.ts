/** Tests of the explorer: with the lock every interleaving is right; each fault is found, and without the fault nothing is. */

import { FAULTS, WITHOUT, edited, questionOf, scheduleOf } from '../../../proof/interleaved/faults.ts';
import { Refuted, explore } from '../../../proof/interleaved/explore.ts';
import { compareAnswers } from '../../../proof/interleaved/compare.ts';
import { describe, expect, test } from 'vitest';
import { drawSchedule } from '../../../conformance/demo/draw-schedule.ts';
import { program, question } from './question.ts';
import { shapeOf } from '../../../proof/interleaved/site.ts';
import { shortest } from '../../../proof/interleaved/shortest.ts';
import { startOf } from '../../../proof/interleaved/start.ts';
import { worded } from '../../../proof/interleaved/draw.ts';

describe.each(['2.4', '2.6'] as const)('%s with the lock', (kernel) => {
  test.each([
    ['two processors', [], 1],
    ['two processors', [0, 0], 1],
    ['a processor and its handler', [], 2],
    ['a processor and its handler', [0, 1], 2],
  ] as const)('SMP-1, SMP-2, SMP-3, SMP-5 · %s, after grants of %j: every interleaving is right', (...one) => {
    const [callers, granted, calls] = one;
    const asked = question({ shape: shapeOf(kernel, 4), callers, granted, calls: [calls, calls] });
    const { interleavings, quiet } = explore(startOf(asked));
    expect(interleavings).toBeGreaterThan(100n);
    expect(quiet).toBeGreaterThan(10);
  });
});

test.each([...WITHOUT, ...FAULTS])('SMP-2 · $name: found, and drawn', (fault) => {
  const { world, schedule } = scheduleOf(fault);
  if (schedule === undefined) return expect.fail('nothing goes wrong');
  expect(schedule.wrong).toMatchObject({ kind: fault.leadsTo, what: expect.stringContaining(fault.says) as string });
  expect(drawSchedule(worded(world, schedule)).split('\n').at(-1)).toBe(schedule.wrong.what);
  return undefined;
});

test('SMP-1 · the search that leaves steps out refutes what the one that leaves none out does', () => {
  for (const fault of [...WITHOUT, ...FAULTS]) {
    expect(() => explore(startOf(questionOf(fault, program))), fault.name).toThrow(Refuted);
  }
});

test('with the lock, no schedule at all goes wrong', () => {
  const { world, state } = startOf(question());
  expect(shortest(world, [state])).toBeUndefined();
});

test('what is carried out step by step is what the running code does', () => {
  expect(compareAnswers(program, shapeOf('2.4', 8), 150)).toBe(150);
  expect(compareAnswers(program, shapeOf('2.6', 8), 150)).toBe(150);
});

test('an edit of a text that is not there is refused', () => {
  const wrong = edited([{ file: 'src/smp/locked.ts', from: 'nowhere', to: '' }]);
  expect(() => wrong.module('src/smp/locked.ts')).toThrow('has not once');
});
