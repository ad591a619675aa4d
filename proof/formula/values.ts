/** The values of formulas where those of the variables are known. */

import type { Formulas, Literal } from './formula.ts';

/** Returns a function that evaluates formulas. `isTrue`: the values of the variables. */
export function valuesIn(formulas: Formulas, isTrue: (name: string) => boolean): (literal: Literal) => boolean {
  const values: boolean[] = [];
  const valueOf = (literal: Literal): boolean => (values[literal >> 1] ?? false) !== ((literal & 1) === 1);
  for (const node of formulas.nodes) {
    if (node.kind === 'true') values.push(true);
    else if (node.kind === 'variable') values.push(isTrue(node.name));
    else if (node.kind === 'and') values.push(valueOf(node.left) && valueOf(node.right));
    else if (node.kind === 'xor') values.push(valueOf(node.left) !== valueOf(node.right));
    else values.push(valueOf(node.condition) ? valueOf(node.left) : valueOf(node.right));
  }
  return valueOf;
}
