/** Formulas as clauses, by Tseitin's translation, and clauses as the text that SAT solvers read. */

import type { Formulas, Literal } from './formula.ts';

/** Clauses over variables from 1 on, a negated one below 0. */
export interface Cnf {
  readonly variables: number;
  readonly clauses: readonly (readonly number[])[];
}

/** Returns clauses that are satisfiable exactly if the formulas are: each node is a variable with a few clauses (Tseitin). */
export function cnfOf(formulas: Formulas, asserted: readonly Literal[]): Cnf {
  const numbers = new Map(formulas.below(asserted).map((at, n) => [at, n + 1] as const));
  const said = (literal: Literal): number => {
    const number = numbers.get(literal >> 1) ?? 0;
    return (literal & 1) === 0 ? number : -number;
  };
  const clauses: (readonly number[])[] = [];
  for (const [at, number] of numbers) {
    const node = formulas.nodes[at];
    if (node?.kind === 'true') clauses.push([number]);
    if (node?.kind !== 'and' && node?.kind !== 'xor') continue;
    const [left, right] = [said(node.left), said(node.right)];
    if (node.kind === 'and') clauses.push([-number, left], [-number, right], [number, -left, -right]);
    else clauses.push([-number, left, right], [-number, -left, -right], [number, -left, right], [number, left, -right]);
  }
  for (const literal of asserted) clauses.push([said(literal)]);
  return { variables: numbers.size, clauses };
}

/** Returns clauses in DIMACS, the format of SAT solvers. */
export const dimacsOf = ({ variables, clauses }: Cnf): string =>
  `p cnf ${variables} ${clauses.length}\n${clauses.map((clause) => `${clause.join(' ')} 0\n`).join('')}`;
