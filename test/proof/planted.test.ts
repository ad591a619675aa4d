/** Tests that a fault planted in src is seen by both proofs about the code: by induction, with a picture, and in Coq. */

import { Program, sourceText } from '../../proof/front/program.ts';
import { coqOf } from '../../proof/front/coq/generated.ts';
import { expect, test } from 'vitest';
import { induction } from '../../proof/inductive/code/parts.ts';
import { isThere } from './emit/compiled.ts';
import { patience } from '../arbitrary/campaign.ts';
import { PARTS } from '../../proof/parts.ts';
import { resultOf } from '../../proof/result.ts';
import { textOf } from '../../proof/unbounded/coq.ts';
import { tried } from '../../proof/unbounded/mutants.ts';

const FAULTS = [
  {
    what: 'a wrong toggle',
    path: 'src/buddy/zone.ts',
    from: 'index >>> (order + 1)',
    to: 'index >>> order',
    within: 'markUsed',
    breaks: 'code/Map',
  },
  {
    what: 'a lost link',
    path: 'src/words/list-head.ts',
    from: 'links[2 * first + 1] = node;',
    to: '',
    within: 'listAdd',
    breaks: 'code/Rings',
  },
  {
    what: 'a forgotten count',
    path: 'src/buddy/buddy.ts',
    from: 'zone.counters.add(0, 1 << order);',
    to: '',
    within: 'freePagesOk',
    breaks: 'code/Frees',
  },
] as const;
type Fault = (typeof FAULTS)[number];

const base = new Program();

/** Returns the program with a fault, whose text must be there once. */
function planted({ path, from, to }: Fault): Program {
  expect(sourceText(path).split(from)).toHaveLength(2);
  return new Program((file) => (file === path ? sourceText(file).replace(from, () => to) : sourceText(file)), base);
}

/** Draws a state before and after, or links before and after. */
const PICTURE =
  /\nfails:\n(?: {2}.*\n)+(?:before\n {2}page (?:.*\n)+after\n {2}page |.*\n {2}links: next, previous\n {2}page )/u;

test('what is tried here is what `npm run prove -- --only=inductive` runs', () => {
  const claims = PARTS.flatMap(({ name, claim }) => (name === 'inductive' ? [claim] : []));
  const own = induction(base).map(({ claim }) => claim);
  expect(own.length).toBeGreaterThan(5);
  expect(claims.slice(-own.length)).toEqual(own);
});

test.each(FAULTS)(
  '$what is refuted by a part of the induction, with a picture',
  { timeout: 4 * patience },
  async (fault) => {
    const parts = induction(planted(fault)).filter(({ long }) => long !== true);
    const results = [];
    for (const part of parts) {
      const result = await resultOf(part);
      results.push(result);
      if (result.outcome === 'refuted') break;
    }
    expect(results.at(-1)).toMatchObject({ outcome: 'refuted' });
    expect(results.at(-1)?.size).toMatch(PICTURE);
  },
);

test(
  'each makes the definitions in Coq differ, and breaks their proof',
  { timeout: 4 * patience },
  async ({ skip }) => {
    const mutants = FAULTS.map((fault) => {
      const text = new Map(coqOf(planted(fault))).get('Generated') ?? '';
      expect(text).not.toBe(textOf('Generated'));
      return { within: fault.within, line: fault.from, becomes: fault.to, text };
    });
    skip(!isThere('coqtop'), 'there is no coqtop');
    const broken: (string | undefined)[] = [];
    for await (const one of tried('Generated', mutants)) broken.push(one.broken);
    expect(broken).toEqual(FAULTS.map(({ breaks }) => breaks));
  },
);
