/** Tests of cases of several threads: as text, as files, and made smaller. */

import { describe, expect, test } from 'vitest';
import { operationsOf, threadsIn, wellFormed } from '../../../conformance/kinds/smp/case.ts';
import { roundsText } from '../../../conformance/kinds/smp/text.ts';
import { parseThreadsCase, saveThreads } from '../../../conformance/kinds/smp/saved.ts';
import { simplerThreads, without } from '../../../conformance/kinds/smp/simpler.ts';
import { generateThreads } from '../../../conformance/kinds/smp/generate.ts';
import { BUDDY } from '../../../conformance/kinds/buddy/kind.ts';
import type { SmpCase } from '../../../conformance/kinds/smp/case.ts';

const SWEEP = { seed: 1, pages: [], orders: [], bases: [] };

const drawn = Array.from({ length: 300 }, (_, n) => generateThreads(SWEEP, n, { threads: 4, operations: 64 }));

/** Returns a case of that text. */
function caseOf(run: string): SmpCase {
  const read = parseThreadsCase({ init: { smp: { base: 0, pages: 8, orders: 4 } }, run });
  return read === undefined || 'why' in read ? expect.fail(JSON.stringify(read)) : read;
}

test('every case that is drawn is well formed, within its bounds, and read again as it was saved', () => {
  for (const of of drawn) {
    expect(wellFormed(of.rounds)).toEqual(of.rounds);
    expect(threadsIn(of)).toBeLessThanOrEqual(4);
    expect(Math.max(...of.rounds.map((round) => round.flat().length))).toBeLessThanOrEqual(64);
    const saved = JSON.parse(JSON.stringify(saveThreads(of))) as unknown;
    const read = parseThreadsCase(saved);
    if (read === undefined || 'why' in read) expect.fail(JSON.stringify(read));
    expect([roundsText(read), read.shape]).toEqual([roundsText(of), of.shape]);
    expect(BUDDY.parse(saved)).toBeUndefined();
  }
});

test('most cases free what another script was granted, and most rounds have several threads', () => {
  const handed = drawn.filter(({ rounds }) =>
    rounds.slice(1, -1).some((round) => round.some(([first]) => first?.kind === 'free')),
  );
  expect(handed.length).toBeGreaterThan(60);
  const together = drawn.flatMap(({ rounds }) => rounds.slice(0, -1)).filter(({ length }) => length > 1);
  expect(together.length).toBeGreaterThan(300);
});

test('whatever is left out, what stays is well formed, and slots are counted anew', () => {
  const of = caseOf('a0 a1 f0 | a0 / f1 | f2 a2');
  expect(roundsText(without(of, 0, 1))).toBe('a1 | a0 / f0 | f1 a2');
  expect(roundsText(without(of, 3, 4))).toBe('a0 a1 f0 / f1 | a2');
  expect(roundsText(without(of, 0, 7))).toBe('');
  for (const one of drawn.slice(0, 40)) {
    for (let from = 0; from < operationsOf(one).length; from += 3) {
      const less = without(one, from, from + 5);
      expect(wellFormed(less.rounds)).toEqual(less.rounds);
      expect(operationsOf(less).length).toBeLessThan(operationsOf(one).length);
    }
  }
});

test('simpler cases have fewer threads, smaller arenas, lower orders', () => {
  const texts = simplerThreads(SWEEP).flatMap((pass) =>
    [...pass(caseOf('a0 f0 | a2'))].map((one) => `${one.shape.pages}: ${roundsText(one)}`),
  );
  expect(texts).toEqual(expect.arrayContaining(['8: a0 f0 a2', '1: a0 f0 | a2', '8: a0 f0 | a0', '8: a0 f0 | a1']));
});

describe('a text that is no case is refused:', () => {
  test.each([
    ['x0', '"x0" must be a<order> or f<slot>'],
    ['a0  a1', '"" must be'],
    ['a0 |', 'must be'],
    ['a01', '"a01" must be'],
    ['f0', 'a slot is freed once'],
    ['a0 | f0', 'a slot is freed once'],
    ['a0 / f0 | f0', 'a slot is freed once'],
    ['a0 / f0 / f0', 'a slot is freed once'],
    [`${'a0 '.repeat(1000)}a0`, 'more than 1000 operations'],
    [Array.from({ length: 65 }, () => 'a0').join(' | '), 'more than 64 threads'],
  ])('%s', (run, why) => {
    const read = parseThreadsCase({ init: { smp: { base: 0, pages: 8, orders: 4 } }, run });
    expect(read).toEqual({ kind: 'bad-case', why: expect.stringContaining(why) as string });
  });

  test.each([
    [{ smp: { base: 0, pages: 0, orders: 4 } }, 'a0', 'init.pages'],
    [{ smp: 4 }, 'a0', 'init.smp'],
    [{ smp: { base: 0, pages: 1, orders: 1 } }, 4, 'run: it must be a text'],
  ])('%s, %s', (init, run, why) => {
    expect(parseThreadsCase({ init, run })).toEqual({ kind: 'bad-case', why: expect.stringContaining(why) as string });
  });
});
