/** Tests that the test vectors find each slip in boot memory, and nothing in the sound sources. */
import { BOOT_SLIPS } from './slips.ts';
import { bootVectors, runBootVector } from './vectored.ts';
import { expect, test } from 'vitest';
import { BOOT } from '../../../conformance/kinds/boot/kind.ts';
import { broken24 } from '../matrix/fuelled.ts';
import { judgeKind } from '../../../conformance/judge/judge.ts';
import { load } from '../load.ts';
import { wrongIn } from '../vectored.ts';
import type { Broken } from '../load.ts';
import type { Start } from '../../../conformance/judge/subject.ts';

const vectors = bootVectors();

const found = (broken: Broken, most: number): readonly string[] =>
  wrongIn(vectors, most, (vector) => runBootVector(broken, vector));

test('the sources as they are go wrong in none', () => {
  expect(found(load(), 10)).toEqual([]);
});

/** Slips that no vector can show: no answer tells what granted memory holds. */
const UNSEEN = new Set(['granted memory is not zeroed', 'whole pages are zeroed']);

test.each(BOOT_SLIPS.map((slip) => [slip.refutes, slip.name, slip] as const))('%s · %s', (refutes, name, slip) => {
  expect(UNSEEN.has(name)).toBe(refutes === 'BOOT-13');
  expect(found(load(slip), 1)).toHaveLength(UNSEEN.has(name) ? 0 : 1);
});

test.each(BOOT_SLIPS.map((slip) => [slip.name, slip] as const))(
  'what the answers of "%s" refute in a search has vectors',
  async (name, slip) => {
    const start: Start = () => Promise.resolve(broken24(load(slip), 'answers'));
    const { finding } = await judgeKind(BOOT, start, { cases: 60 });
    if (finding === undefined) return expect(UNSEEN.has(name)).toBe(true);
    const clause = finding.what.kind === 'refuted' ? finding.what.counterexample.clause : undefined;
    expect(new Set(vectors.map((vector) => vector.clause))).toContain(clause);
  },
);
