/** Tests that the test vectors find each slip in a machine that answers can show, and nothing in the sound sources. */
import { MACHINE_SLIPS } from './slips.ts';
import { CACHE_SLIPS } from './slips-cache.ts';
import { MachineReference } from '../../../conformance/subjects/machine-reference.ts';
import { allVectors, wordsWrong, wrongIn } from '../vectored.ts';
import { expect, test } from 'vitest';
import { MACHINE } from '../../../conformance/kinds/machine/kind.ts';
import { broken24 } from '../matrix/fuelled.ts';
import { judgeKind } from '../../../conformance/judge/judge.ts';
import { load } from '../load.ts';
import { parseMachineCase } from '../../../conformance/kinds/machine/saved.ts';
import { tokenOf } from './token.ts';
import type { Broken } from '../load.ts';
import type { Start } from '../../../conformance/judge/subject.ts';
import type { Vector } from '../../../conformance/vectors/form.ts';

type MachineVector = Extract<Vector, { kind: 'machine' }>;

const vectors = allVectors().filter((vector): vector is MachineVector => vector.kind === 'machine');

/** Returns the words of a script step by step: those that plan a reclaim belong to the next one. */
const stepsOf = (run: string): readonly (readonly string[])[] =>
  [...run.matchAll(/(?:p\S+ )*[^p ]\S*/gu)].map(([step]) => step.split(' '));

/** Returns how a machine goes on with a vector; what is wrong then, or undefined. */
function judge(broken: Broken, vector: MachineVector): string | undefined {
  const read = parseMachineCase({ init: { machine: vector.machine }, run: '' });
  if (read === undefined || !('machine' in read)) throw new Error('no machine');
  const memory = new MachineReference(broken.createMachine);
  broken.refuel();
  const opened = memory.open(read.machine);
  if (opened.kind !== 'ready') return opened.why;
  const answers = stepsOf(vector.run).flatMap((step) => {
    broken.refuel();
    return [...step.slice(1).map(() => '.'), tokenOf(memory.run(step))];
  });
  const wrong = wordsWrong(vector, () => answers.shift() ?? '');
  if (wrong !== undefined || vector.shows === undefined) return wrong;
  const zones = memory.shown()?.zones.map(({ buddy, needBalance }) => [buddy.freeCount, needBalance]);
  const shown = JSON.stringify({ zones });
  return shown === JSON.stringify(vector.shows) ? undefined : `shows ${shown}`;
}

const found = (broken: Broken, most: number): readonly string[] =>
  wrongIn(vectors, most, (vector) => judge(broken, vector));

test('the sources as they are go wrong in none', () => {
  expect(found(load(), 10)).toEqual([]);
});

/** Slips that no vector can show, and why. */
const UNSEEN: ReadonlyMap<string, string> = new Map([
  ['success is not asked for', 'a reclaim that frees what its case named has succeeded'],
]);

test.each(MACHINE_SLIPS.map((slip) => [slip.refutes, slip.name, slip] as const))('%s · %s', (_refutes, name, slip) => {
  expect(found(load(slip), 1)).toHaveLength(UNSEEN.has(name) ? 0 : 1);
});

test.each(CACHE_SLIPS.map((slip) => [slip.refutes, slip.name, slip] as const))(
  '%s · %s: no case says what is in a page cache, or in a request that a reclaim makes',
  (_refutes, _name, slip) => {
    expect(found(load(slip), 1)).toEqual([]);
  },
);

test.each(MACHINE_SLIPS.map((slip) => [slip.name, slip] as const))(
  'what the answers of "%s" refute in a search has vectors',
  async (name, slip) => {
    const start: Start = () => Promise.resolve(broken24(load(slip), 'answers'));
    const { finding } = await judgeKind(MACHINE, start, { cases: 60 });
    if (finding === undefined) return expect(UNSEEN.has(name)).toBe(true);
    const clause = finding.what.kind === 'refuted' ? finding.what.counterexample.clause : undefined;
    expect(new Set(vectors.map((vector) => vector.clause))).toContain(clause);
  },
);
