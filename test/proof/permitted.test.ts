/** Tests that what Spec.v permits is what spec/buddy permits, and that a difference between them is seen. */

import { compareSpec } from '../../proof/unbounded/permitted/compare.ts';
import { expect, test } from 'vitest';
import { isThere } from './emit/compiled.ts';
import { textOf } from '../../proof/unbounded/coq.ts';

/** Returns the text of Coq's files, in one of which something is replaced. */
const planted =
  (from: string, to: string) =>
  (file: string): string =>
    file === 'Spec' ? textOf(file).replace(from, () => to) : textOf(file);

const hasCoq = isThere('coqc');

test('every answer that there may be, to random commands, is permitted by both or by neither', ({ skip }) => {
  if (!hasCoq) skip('there is no coqc');
  expect(compareSpec(60)[0]).toBe(600);
});

test.for([
  ['a name of misuse', 'then "double-free" else "never-allocated"', 'then "never-allocated" else "double-free"'],
  ['a block before its origin', '(p mod 2 ^ k =? 0)', '((p - before) mod 2 ^ k =? 0)'],
  ['a refusal', '(0 <=? k) && negb (existsb (fits out given (Z.to_nat k)) given)', '(0 <=? k)'],
  ['the state after a free', '(without b out, given, snd b :: freed)', '(without b out, given, freed)'],
] as const)('a difference is seen: %s', ([, from, to], { skip }) => {
  if (!hasCoq) skip('there is no coqc');
  expect(textOf('Spec')).toContain(from);
  expect(() => compareSpec(60, planted(from, to))).toThrow(/permitted by spec, and|by spec, and .* by Coq/u);
});
