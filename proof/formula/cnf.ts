/** Formulas as clauses, by Tseitin's translation, and clauses as the text that SAT solvers read. */

import type { Formulas, Literal, Node } from './formula.ts';

/** Clauses over variables from 1 on, a negated one below 0. */
export interface Cnf {
  readonly variables: number;
  readonly clauses: readonly (readonly number[])[];
}

/** Returns the clauses that give a node's number the meaning of the node. `said`: the number of a literal. */
export function clausesOf(
  node: Node,
  number: number,
  said: (literal: Literal) => number,
): readonly (readonly number[])[] {
  if (node.kind === 'true') return [[number]];
  if (node.kind === 'variable') return [];
  const [left, right] = [said(node.left), said(node.right)];
  if (node.kind === 'and') {
    return [
      [-number, left],
      [-number, right],
      [number, -left, -right],
    ];
  }
  if (node.kind === 'xor') {
    return [
      [-number, left, right],
      [-number, -left, -right],
      [number, -left, right],
      [number, left, -right],
    ];
  }
  const condition = said(node.condition);
  return [
    [-number, -condition, left],
    [-number, condition, right],
    [number, -condition, -left],
    [number, condition, -right],
    [-number, left, right],
    [number, -left, -right],
  ];
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
    if (node !== undefined) for (const clause of clausesOf(node, number, said)) clauses.push(clause);
  }
  for (const literal of asserted) clauses.push([said(literal)]);
  return { variables: numbers.size, clauses };
}

/** Returns clauses in DIMACS, the format of SAT solvers. */
export const dimacsOf = ({ variables, clauses }: Cnf): string =>
  `p cnf ${variables} ${clauses.length}\n${clauses.map((clause) => `${clause.join(' ')} 0\n`).join('')}`;
