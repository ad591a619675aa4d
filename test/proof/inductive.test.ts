/** Tests of the formulas, the solvers and the checker of proofs. */

import { DratChecker } from '../../proof/inductive/refutation/drat.ts';
import { FALSE, Formulas, TRUE, not } from '../../proof/formula/formula.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cnfOf, dimacsOf } from '../../proof/formula/cnf.ts';
import { packagedZ3 } from '../../proof/inductive/solve.ts';
import { readAnswer, smtOf } from '../../proof/formula/smt.ts';
import { valuesIn } from '../../proof/formula/values.ts';
import type { Literal } from '../../proof/formula/formula.ts';
import type { Solver } from '../../proof/inductive/solve.ts';

let solver: Solver | undefined;
const z3 = (): Solver => solver ?? expect.fail('no solver');

beforeAll(async () => {
  solver = await packagedZ3();
});
afterAll(() => solver?.end());

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
    [formulas.atMostOne([a, b, c]), (x: boolean, y: boolean, z: boolean) => Number(x) + Number(y) + Number(z) <= 1],
  ] as const;
  const eight = Array.from({ length: 8 }, (_, n) => [(n & 1) > 0, (n & 2) > 0, (n & 4) > 0] as const);

  test.each(made)('formula %i means what it says, in all cases', (literal, meaning) => {
    for (const [x, y, z] of eight) {
      const holds = valuesIn(formulas, (name) => (name === 'a' ? x : name === 'b' ? y : z));
      expect(holds(literal)).toBe(meaning(x, y, z));
    }
  });

  test('as text and as clauses they can hold in the same cases', async () => {
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
