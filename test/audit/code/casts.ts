/** The audit of casts: `as` says what the compiler cannot see, so that where it stands something else must have seen it. */

import { Node } from 'ts-morph';
import { filesOf, layerOf, placeOf } from '../tree.ts';
import type { Finding, Tree } from '../tree.ts';

/** Casts that something has checked: what, and by file how many there are. */
export interface Checked {
  readonly by: string;
  readonly casts: Readonly<Record<string, number>>;
}

const BECAUSE = 'a cast that nothing has checked lets a wrong value through as a right one';
const INSTEAD = 'narrow it by a test, or say in test/audit/code/checked.ts what has checked it';

/** The layers whose casts are looked at: all but tests, which make wrong values on purpose. */
const LOOKED_AT = ['protocol', 'spec', 'src', 'invariants', 'conformance', 'page', 'proof'] as const;

/** Reports whether a node is a cast to another type than the constant's own; `as unknown as T` is one. */
function isCast(node: Node): boolean {
  if (Node.isTypeAssertion(node)) return true;
  return (
    Node.isAsExpression(node) && node.getTypeNode()?.getText() !== 'const' && !Node.isAsExpression(node.getParent())
  );
}

/** Reports whether a file is the one of its layer that gives numbers their units. */
const givesUnits = (path: string): boolean => path === `${layerOf(path) ?? ''}/unit.ts` || path === 'src/words/unit.ts';

/** Returns the casts that nothing is said to have checked, and what is said of casts that are gone. */
export function auditCasts(tree: Tree, checked: readonly Checked[]): readonly Finding[] {
  const listed = new Map<string, number>();
  for (const [path, count] of checked.flatMap(({ casts }) => Object.entries(casts))) {
    listed.set(path, (listed.get(path) ?? 0) + count);
  }
  const found = filesOf(tree, ...LOOKED_AT)
    .filter(([path]) => !givesUnits(path))
    .map(([path, file]) => [path, file.getDescendants().filter(isCast)] as const);
  const more = found.flatMap(([path, all]) =>
    all.slice(listed.get(path) ?? 0).map((cast) => ({
      place: placeOf(path, cast),
      what: `'${cast.getText().slice(0, 60)}' is an unchecked cast - ${BECAUSE}; instead ${INSTEAD}`,
    })),
  );
  const fewer = [...listed]
    .filter(([path, count]) => count > (found.find(([one]) => one === path)?.[1].length ?? 0))
    .map(([place, count]) => ({
      place,
      what: `has fewer than the ${count} casts that are listed - ${BECAUSE}; instead list as many as there are`,
    }));
  return [...more, ...fewer];
}
