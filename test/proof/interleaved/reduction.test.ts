/** Tests that the search which leaves steps out sees what the one that leaves none out does, and that it would not if it left out more. */

import { FAULTS, WITHOUT, questionOf, scheduleOf } from '../../../proof/interleaved/faults.ts';
import { RULES, Reduction } from '../../../proof/interleaved/reduction/independent.ts';
import { conflict } from '../../../proof/interleaved/run/access.ts';
import { describe, expect, test } from 'vitest';
import { differences, heldAgainstWhole, seenBy } from '../../../proof/interleaved/reduction/seen.ts';
import { firstOf, together } from '../../../proof/interleaved/steps.ts';
import { order as orderFrom } from '../../../proof/unit.ts';
import { program, question } from './question.ts';
import { patience } from '../../arbitrary/campaign.ts';
import { shapeOf } from '../../../proof/interleaved/site.ts';
import { startOf } from '../../../proof/interleaved/start.ts';
import type { Access } from '../../../proof/interleaved/run/access.ts';
import type { Choice } from '../../../proof/interleaved/steps.ts';
import type { Going } from '../../../proof/interleaved/run/evaluate.ts';
import type { Place } from '../../../proof/front/form.ts';
import type { Taken } from '../../../proof/interleaved/state.ts';
import type { Value } from '../../../proof/interleaved/run/value.ts';

const HERE: Place = { file: 'here', line: 1, text: '' };

test.each([
  ['2.4', 4, [1, 1], []],
  ['2.4', 4, [2, 1], []],
  ['2.4', 4, [1, 1], [0, 0]],
  ['2.6', 4, [1, 2], [0, 1]],
  ['2.4', 8, [1, 1], [0]],
  ['2.6', 8, [1, 1], []],
] as const)(
  'SMP-1, SMP-2, SMP-5 · %s, %i pages, %j calls after grants of %j: with and without the reduction the same is seen',
  (kernel, pages, calls, granted) => {
    const asked = question({ shape: shapeOf(kernel, pages), calls, granted });
    expect(heldAgainstWhole(asked)).toMatch(/^[\d,]+ steps, .*; reduced [\d,]+ steps/u);
  },
  patience,
);

test('a handler chooses as late as a processor, and the same is seen', () => {
  expect(heldAgainstWhole(question({ callers: 'a processor and its handler', calls: [2, 1] }))).toContain('reduced');
});

test.each([...WITHOUT, ...FAULTS])(
  'SMP-1 · $name: with and without the reduction the same goes wrong, the shortest too',
  (fault) => {
    const broken = questionOf(fault, program);
    const [whole, reduced] = [seenBy(broken), seenBy(broken, RULES)];
    expect([...reduced.wrongs].toSorted()).toEqual([...whole.wrongs].toSorted());
    const wrong = scheduleOf(fault).schedule?.wrong;
    const sooner = [...reduced.wrongs].some((one) => one.includes('SMP-5'));
    expect(reduced.wrongs.has(`${wrong?.kind ?? ''}: ${wrong?.what ?? ''}`) || sooner).toBe(true);
  },
  patience,
);

describe('a reduction that leaves out too much', () => {
  const asked = question({ calls: [2, 1] });
  const whole = seenBy(asked);
  const blindTo = (kind: Access['kind']) => (one: Access, other: Access) =>
    one.kind !== kind && other.kind !== kind && conflict(one, other);

  test.each([
    ['no steps depend on each other', (): boolean => false],
    ['reads depend on nothing', blindTo('read')],
    ['writes depend on nothing', blindTo('write')],
    ['additions depend on nothing', blindTo('add')],
    ['sleeping depends on nothing', blindTo('sleep')],
  ] as const)(
    'if %s, less is seen',
    (_, rule) => {
      expect(differences(whole, seenBy(asked, { conflict: rule }))).not.toEqual([]);
      expect(differences(whole, seenBy(asked, RULES))).toEqual([]);
    },
    patience,
  );

  test('without the lock, wrong answers are missed if writes depend on nothing', () => {
    const bare = question({ manner: 'bare' });
    const blind = seenBy(bare, { conflict: blindTo('write') });
    expect(seenBy(bare).wrongs.size).toBeGreaterThan(blind.wrongs.size);
  });
});

test('a processor that is at a word of another is no processor whose words are its own', () => {
  const { world } = startOf(question());
  const [first = 0, second = 0] = world.calls.site.interrupts;
  const reduction = new Reduction(world, RULES);
  const at = (word: number): Taken => ({
    caller: 1,
    begins: undefined,
    access: { kind: 'read', word, at: HERE, within: '' },
    found: 1,
    slept: false,
    answer: undefined,
  });
  expect(() => reduction.hold(at(second))).not.toThrow();
  expect(() => reduction.hold(at(first))).toThrow('a processor is at a word of another');
});

describe('calls that may be any of several', () => {
  const reads = (...words: readonly number[]): Choice['step'] =>
    firstOf(function* (): Going<Value> {
      for (const word of words) yield { kind: 'read', word, at: HERE, within: '' };
      return undefined;
    });
  const choice = (order: number, ...words: readonly number[]): Choice => ({
    command: { kind: 'allocate', order: orderFrom(order) },
    step: reads(...words),
  });

  test('are one step as long as all take the same, and part at the first that differs', () => {
    const step = together([choice(0, 7, 1), choice(1, 7, 2)], new Set([1, 2, 7]));
    expect(step.access?.word).toBe(7);
    expect(step.after(0).choices.map((one) => one.step.access?.word)).toEqual([1, 2]);
  });

  test('part at a word that is no lock’s, if they take the same there too', () => {
    const step = together([choice(0, 7, 1), choice(1, 7, 1)], new Set([7]));
    expect(step.after(0).access).toBeUndefined();
    expect(step.after(0).choices).toHaveLength(2);
  });

  test('must not end before they part', () => {
    const step = together([choice(0, 7), choice(1, 7, 1)], new Set([7]));
    expect(() => step.after(0)).toThrow('some calls end before they part');
    const parted = together([choice(0, 1), choice(1, 2)], new Set());
    expect(() => parted.after(0)).toThrow('calls that part go on as one of them');
  });
});
