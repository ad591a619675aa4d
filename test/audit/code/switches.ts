/** The audit of switches: in the layers that say what is right, each names every case of its type, and has no default besides. */

import { Node, SyntaxKind } from 'ts-morph';
import { filesOf, placeOf } from '../tree.ts';
import type { Finding, Tree } from '../tree.ts';
import type { SwitchStatement, Type } from 'ts-morph';

const BECAUSE = 'a case that is forgotten falls through in silence when a union grows';
const INSTEAD = 'name each case, without a default';

/** The values of a type, each as its text; nothing if it has no list of them. */
function valuesOf(type: Type): readonly string[] | undefined {
  const all = type.isUnion() ? type.getUnionTypes() : [type];
  return all.every((one) => one.isLiteral()) ? all.map((one) => one.getText()) : undefined;
}

/** Returns what is wrong with a switch; undefined if nothing is. */
function wrongWith(node: SwitchStatement): string | undefined {
  const values = valuesOf(node.getExpression().getType());
  const clauses = node.getCaseBlock().getClauses();
  const hasDefault = clauses.some(Node.isDefaultClause);
  if (values === undefined) return hasDefault ? undefined : 'has no list of cases, and no default';
  const named = clauses.filter(Node.isCaseClause).map((one) => one.getExpression().getType().getText());
  const forgotten = values.filter((value) => !named.includes(value));
  if (hasDefault && forgotten.length > 0) return `leaves ${forgotten.join(', ')} to its default`;
  if (hasDefault) return 'names every case, and has a default besides';
  return forgotten.length === 0 ? undefined : `forgets ${forgotten.join(', ')}`;
}

/** Returns the switches of `spec`, `src` and `invariants` that forget a case, or leave one to `default`. */
export const auditSwitches = (tree: Tree): readonly Finding[] =>
  filesOf(tree, 'spec', 'src', 'invariants').flatMap(([path, file]) =>
    file.getDescendantsOfKind(SyntaxKind.SwitchStatement).flatMap((node) => {
      const what = wrongWith(node);
      const place = placeOf(path, node);
      return what === undefined ? [] : [{ place, what: `a switch ${what} - ${BECAUSE}; instead ${INSTEAD}` }];
    }),
  );
