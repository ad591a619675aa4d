/** Tests that the test vectors find each slip in boot memory, and nothing in the sound sources. */
import { BOOT_SLIPS } from './slips.ts';
import { BootReference } from '../../../conformance/subjects/boot-reference.ts';
import { allVectors, wordsWrong, wrongIn } from '../vectored.ts';
import { expect, test } from 'vitest';
import { BOOT } from '../../../conformance/kinds/boot/kind.ts';
import { broken24 } from '../matrix/fuelled.ts';
import { judgeKind } from '../../../conformance/judge/judge.ts';
import { load } from '../load.ts';
import { parseBootToken } from '../../../conformance/kinds/boot/wire.ts';
import { pfn } from '../../../conformance/unit.ts';
import { tokenOf } from './token.ts';
import type { Broken } from '../load.ts';
import type { Start } from '../../../conformance/judge/subject.ts';
import type { Vector } from '../../../conformance/vectors/form.ts';

type BootVector = Extract<Vector, { kind: 'boot' }>;

const vectors = allVectors().filter((vector): vector is BootVector => vector.kind === 'boot');

/** Returns how boot memory goes on with a vector; what is wrong then, or undefined. */
function judge(broken: Broken, vector: BootVector): string | undefined {
  const memory = new BootReference(broken);
  broken.refuel();
  const opened = memory.open(
    vector.boot.map(([start, end, map]) => ({ start: pfn(start), end: pfn(end), map: pfn(map) })),
  );
  if (opened.kind !== 'ready') return opened.why;
  return wordsWrong(vector, (word) => {
    const command = parseBootToken(word);
    if (command === undefined) return 'no word';
    broken.refuel();
    return tokenOf(memory.run(command));
  });
}

const found = (broken: Broken, most: number): readonly string[] =>
  wrongIn(vectors, most, (vector) => judge(broken, vector));

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
