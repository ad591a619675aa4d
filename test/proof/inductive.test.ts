/** Tests of the formulas, the solvers and the checker of proofs. */

import { DratChecker } from '../../proof/inductive/refutation/drat.ts';
import { FALSE, Formulas, TRUE, not } from '../../proof/formula/formula.ts';
import { HASHES } from '../../proof/inductive/refutation/hashes.ts';
import { HYPOTHESES, pose } from '../../proof/inductive/obligation.ts';
import { LAWS, smtOfLaw } from '../../proof/inductive/arithmetic.ts';
import { LOOSE, failures } from '../../proof/inductive/tight.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anyZone, bitTells, covered, maximal } from '../../proof/inductive/model/zone.ts';
import { cnfOf, dimacsOf } from '../../proof/formula/cnf.ts';
import { decide, packagedZ3 } from '../../proof/inductive/solve.ts';
import { drawFailure } from '../../proof/inductive/model/picture.ts';
import { hashOf } from '../../proof/inductive/refutation/certificate.ts';
import { patience } from '../arbitrary/campaign.ts';
import { readAnswer, smtOf } from '../../proof/formula/smt.ts';
import { valuesIn } from '../../proof/formula/values.ts';
import type { Literal } from '../../proof/formula/formula.ts';
import type { Solver } from '../../proof/inductive/solve.ts';

let solver: Solver | undefined;
const z3 = (): Solver => solver ?? expect.fail('no solver');

beforeAll(async () => {
  solver = await packagedZ3();
}, patience);
afterAll(() => solver?.end());

describe.each(['free', 'allocate'] as const)('%s', (operation) => {
  test.each([1, 2, 3])(
    'MAP-3, PAIR-4, STATE-1 · the invariants hold afterwards, with 2^%i pages; and what is supposed is possible',
    { timeout: patience },
    async (top) => {
      const posed = pose({ operation, top });
      expect((await decide(z3(), posed)).kind).toBe('unsat');
      const supposed = { ...posed, asserted: posed.asserted.slice(0, -1) };
      expect((await decide(z3(), supposed)).kind).toBe('sat');
    },
  );
});

test('HAND-1 · a zone as it is made, all pages apart and all bits 0, satisfies the invariants', () => {
  const formulas = new Formulas();
  const zone = anyZone(formulas, 4);
  const rules: readonly Literal[] = [
    covered(formulas, zone),
    maximal(formulas, zone),
    bitTells(formulas, zone, zone.listed),
  ];
  const made = valuesIn(formulas, (name) => name.startsWith('B'));
  expect(rules.map(made)).toEqual([true, true, true]);
  const emptied = valuesIn(formulas, () => false);
  expect(rules.map(emptied)).toEqual([false, true, true]);
});

test(
  'what is left out, skipped or misread gives a counterexample each, and a picture',
  { timeout: patience },
  async () => {
    const pictures = await failures(z3());
    expect(LOOSE).toHaveLength(2 * (HYPOTHESES.length + 1) + 4);
    expect(pictures).toHaveLength(LOOSE.length);
    for (const picture of pictures) expect(picture).toMatch(/before\n {2}order 0 .*bits [01]{2}\n/u);
  },
);

test(
  'a counterexample is one: its hypotheses hold in the zone before, and a conclusion fails',
  { timeout: patience },
  async () => {
    const obligation = { operation: 'free', top: 2, without: 'bit' } as const;
    const posed = pose(obligation);
    const answer = await decide(z3(), posed);
    if (answer.kind === 'unsat') throw new Error('none');
    const holds = valuesIn(posed.formulas, answer.isTrue);
    expect(posed.asserted.map(holds).every((one) => one)).toBe(true);
    expect(holds(bitTells(posed.formulas, posed.before, posed.before.listed))).toBe(false);
    expect(drawFailure(obligation, posed, answer)).toContain('after');
  },
);

test(
  'BLOCK-2 · the laws of index arithmetic hold, and without any of its conditions none does',
  { timeout: patience },
  async () => {
    for (const law of LAWS) expect([law.says, (await z3().ask(smtOfLaw(law))).trim()]).toEqual([law.says, 'unsat']);
    const weakened = LAWS.flatMap((law) => [...law.given.keys()].map((at) => smtOfLaw(law, at)));
    for (const text of weakened) expect((await z3().ask(text)).trim()).toBe('sat');
  },
);

test('the clauses are those whose hashes are committed', () => {
  const small = HASHES.filter(({ top }) => top === 4);
  expect(small).toHaveLength(2);
  for (const one of small) expect(hashOf(one)).toBe(one.clauses);
});

test('an answer that is none is an error', () => {
  expect(() => readAnswer('(error "line 1")')).toThrow('the solver answered');
  expect(() => readAnswer('unknown\n')).toThrow('the solver answered');
});

describe('formulas', () => {
  const formulas = new Formulas();
  const [a, b, c] = ['a', 'b', 'c'].map((name) => formulas.variable(name)) as [Literal, Literal, Literal];
  const made = [
    [formulas.and(a, b), (x: boolean, y: boolean) => x && y],
    [formulas.or(a, not(b)), (x: boolean, y: boolean) => x || !y],
    [formulas.xor(not(a), b), (x: boolean, y: boolean) => !x !== y],
    [formulas.iff(a, b), (x: boolean, y: boolean) => x === y],
    [formulas.implies(a, b), (x: boolean, y: boolean) => !x || y],
    [formulas.and(a, TRUE), (x: boolean) => x],
    [formulas.xor(a, TRUE), (x: boolean) => !x],
    [formulas.xor(FALSE, b), (_: boolean, y: boolean) => y],
    [formulas.choice(a, b, c), (x: boolean, y: boolean, z: boolean) => (x ? y : z)],
    [formulas.choice(not(a), not(b), c), (x: boolean, y: boolean, z: boolean) => (x ? z : !y)],
    [formulas.choice(a, b, not(b)), (x: boolean, y: boolean) => x === y],
    [formulas.choice(a, a, c), (x: boolean, _: boolean, z: boolean) => x || z],
    [formulas.choice(a, b, FALSE), (x: boolean, y: boolean) => x && y],
    [formulas.choice(a, not(a), b), (x: boolean, y: boolean) => !x && y],
    [formulas.choice(a, TRUE, b), (x: boolean, y: boolean) => x || y],
    [formulas.choice(a, b, not(a)), (x: boolean, y: boolean) => !x || y],
    [formulas.exactlyOne([a, b, c]), (x: boolean, y: boolean, z: boolean) => Number(x) + Number(y) + Number(z) === 1],
  ] as const;
  const eight = Array.from({ length: 8 }, (_, n) => [(n & 1) > 0, (n & 2) > 0, (n & 4) > 0] as const);

  test.each(made)('formula %i means what it says, in all cases', (literal, meaning) => {
    for (const [x, y, z] of eight) {
      const holds = valuesIn(formulas, (name) => (name === 'a' ? x : name === 'b' ? y : z));
      expect(holds(literal)).toBe(meaning(x, y, z));
    }
  });

  test('as text and as clauses they can hold in the same cases', { timeout: patience }, async () => {
    for (const [literal] of made) {
      for (const asserted of [[literal], [not(literal)], [literal, not(literal)]]) {
        const possible = eight.some(([x, y, z]) => {
          const holds = valuesIn(formulas, (name) => (name === 'a' ? x : name === 'b' ? y : z));
          return asserted.every(holds);
        });
        expect(readAnswer(await z3().ask(smtOf(formulas, asserted))).kind).toBe(possible ? 'sat' : 'unsat');
        const { variables, clauses } = cnfOf(formulas, asserted);
        const values = Array.from({ length: 2 ** variables }, (_, n) => n);
        const satisfied = values.some((value) =>
          clauses.every((clause) => clause.some((one) => (((value >> (Math.abs(one) - 1)) & 1) === 1) === one > 0)),
        );
        expect(satisfied).toBe(possible);
      }
    }
  });
});

describe('the checker of proofs', () => {
  /** All clauses of two literals over 1 and 2: no two values satisfy them. */
  const square = {
    variables: 2,
    clauses: [
      [1, 2],
      [1, -2],
      [-1, 2],
      [-1, -2],
    ],
  };

  test('a proof is accepted', () => {
    expect(new DratChecker(square).check('1 0\n0\n')).toEqual({ added: 1, deleted: 0, refutes: true });
    expect(new DratChecker(square).check('d 1 2 0\n').refutes).toBe(false);
  });

  test.each([
    [
      'a clause that does not follow',
      {
        variables: 3,
        clauses: [
          [1, 2],
          [-1, 3],
          [1, -3],
        ],
      },
      '-1 -2 0\n',
      'line 1 of the proof does not follow',
    ],
    ['the empty clause at once', { variables: 2, clauses: [[1, 2]] }, '0\n', 'line 1 of the proof does not follow'],
    [
      'a clause that was deleted',
      { variables: 2, clauses: square.clauses },
      'd 1 2 0\nd 1 -2 0\n1 0\n0\n',
      'line 3 of the proof does not follow',
    ],
    ['a deletion of what is not there', square, 'd 1 0\n', 'deletes what is not there'],
    ['what is no clause', square, '1 2\n', 'is no clause'],
  ])('%s is refused', (_name, cnf, proof, what) => {
    expect(() => new DratChecker(cnf).check(proof)).toThrow(what);
  });

  test('a proof that stops early refutes nothing', () => {
    expect(
      new DratChecker({ variables: 3, clauses: [...square.clauses.map((one) => [...one, 3]), [1, 2, -3]] }).check(
        '1 3 0\n',
      ).refutes,
    ).toBe(false);
  });

  test('a new name for a formula may be added: its clauses are harmless, though they do not follow', () => {
    // 3 stands for 1 and 2.
    const checker = new DratChecker({ variables: 3, clauses: [[1, 2]] });
    expect(checker.check('3 -1 -2 0\n-3 1 0\n-3 2 0\n')).toEqual({ added: 3, deleted: 0, refutes: false });
  });

  test('clauses in the form that solvers read', () => {
    expect(dimacsOf({ variables: 2, clauses: [[1, -2], [2]] })).toBe('p cnf 2 2\n1 -2 0\n2 0\n');
  });
});
