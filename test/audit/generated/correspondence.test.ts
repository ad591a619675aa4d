/** The audit of the correspondence with Coq, and tests that see it fail. */

import { CLAUSES } from '../../../spec/index.ts';
import { FILES, mustBeClosed, textOf, theoremsAsked, unproved } from '../../../proof/unbounded/coq.ts';
import { auditCorrespondence, definesIn } from './correspondence.ts';
import { expect, test } from 'vitest';
import { tell } from '../rules.ts';
import { memoryTree, theTree } from '../tree.ts';

const texts = new Map(FILES.map((file) => [file, textOf(file)] as const));

test('what Coq, spec, src and the clauses are said to have, they have', () => {
  expect(auditCorrespondence(theTree(), texts, Object.keys(CLAUSES)).map(tell('auditCorrespondence'))).toEqual([]);
});

test('every file is asked for proofs, and has them', () => {
  expect(FILES.map((file) => unproved(texts.get(file) ?? 'Admitted'))).toEqual(FILES.map(() => undefined));
  const asked = theoremsAsked(texts.get('Assumptions') ?? '');
  expect(asked.length).toBeGreaterThan(10);
  const proved = [...texts.values()].join('\n');
  expect(asked.filter((name) => !definesIn(proved, name))).toEqual([]);
  const theorems = [...proved.matchAll(/^(?:Theorem|Corollary) (\w+)/gmu)].map(([, name]) => name ?? '');
  expect(theorems.filter((name) => !asked.includes(name))).toEqual([]);
});

test.each([
  ['Theorem a : False. Proof. Admitted.', 'Admitted'],
  ['Axiom a : False.', 'Axiom'],
  ['Proof. admit. Qed.', 'admit'],
  ['(* Qed. *) Parameter a : nat.', 'Parameter'],
  ['(* Admitted *) Proof. exact I. Qed.', undefined],
])('%s leaves unproved: %s', (text, word) => {
  expect(unproved(text)).toBe(word);
});

test('a theorem that rests on something is found', () => {
  const closed = 'Closed under the global context\n';
  expect(() => mustBeClosed(closed)).not.toThrow();
  expect(() => mustBeClosed('Axioms:\na : False\n')).toThrow('rest on something');
  expect(() => mustBeClosed(`${closed}Axioms:\na : False\n`)).toThrow('rest on something');
  expect(() => mustBeClosed('')).toThrow('rest on something');
});

test('rows that speak of what is not there are found', () => {
  const tree = memoryTree({ 'spec/a.ts': 'export const one = 1;', 'src/b.ts': 'class C { two() {} }' });
  const coq = new Map([['A', 'Definition three := 3.']]);
  const right = { coq: 'three', file: 'A', spec: 'a one', src: 'b two', clauses: ['MAP-1'] } as const;
  const audit = (row: object): readonly string[] =>
    auditCorrespondence(tree, coq, ['MAP-1'], [{ ...right, ...row }]).map(({ what }) => what);
  expect(audit({})).toEqual([]);
  expect(audit({ coq: 'thre' })).toEqual(['A.v does not define it']);
  expect(audit({ spec: 'a two' })).toEqual(['there is no a two in spec']);
  expect(audit({ src: 'c two' })).toEqual(['there is no c two in src']);
  expect(audit({ clauses: ['MAP-2'] })).toEqual(['there is no clause MAP-2']);
});
