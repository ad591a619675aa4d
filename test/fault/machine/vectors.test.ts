/** Tests that the test vectors find each slip in a machine that answers can show, and nothing in the sound sources. */
import { MACHINE_SLIPS } from './slips.ts';
import { CACHE_SLIPS } from './slips-cache.ts';
import { expect, test } from 'vitest';
import { MACHINE } from '../../../conformance/kinds/machine/kind.ts';
import { broken24 } from '../matrix/fuelled.ts';
import { judgeKind } from '../../../conformance/judge/judge.ts';
import { load } from '../load.ts';
import { machineVectors, runMachineVector } from './vectored.ts';
import { wrongIn } from '../vectored.ts';
import type { Broken } from '../load.ts';
import type { Start } from '../../../conformance/judge/subject.ts';

const vectors = machineVectors();

const found = (broken: Broken, most: number): readonly string[] =>
  wrongIn(vectors, most, (vector) => runMachineVector(broken, vector));

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
