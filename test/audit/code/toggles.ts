/** The audit of toggles: a zone's map is changed in one place, and only together with a list. */

import { Node, SyntaxKind } from 'ts-morph';
import { filesOf, placeOf } from '../tree.ts';
import type { Finding, Tree } from '../tree.ts';

const TOGGLE = 'markUsed';
const LIST_OPERATIONS = ['listAdd', 'listDel'];
/** A zone is made new by clearing its map. */
const MADE_NEW = 'initZone';

const BECAUSE = 'a bit says which half of a pair is listed, so it changes exactly when a list does';

/** The name of the function or method around a node. */
function functionOf(node: Node): string | undefined {
  const around = node
    .getAncestors()
    .find(
      (one) => Node.isFunctionDeclaration(one) || Node.isMethodDeclaration(one) || Node.isConstructorDeclaration(one),
    );
  return Node.isFunctionDeclaration(around) || Node.isMethodDeclaration(around) ? around.getName() : undefined;
}

const nameOfCall = (node: Node): string | undefined => {
  const called = Node.isCallExpression(node) ? node.getExpression() : undefined;
  return Node.isPropertyAccessExpression(called) ? called.getName() : undefined;
};

/** Reports whether a node is a zone's map: its member `map`, or a variable of that name. */
const isMap = (node: Node): boolean => /(?:^|\.)map$/u.test(node.getText());

/** Reports whether a node writes to a zone's map. */
function writesMap(node: Node): boolean {
  if (nameOfCall(node) === 'fill' && Node.isCallExpression(node)) {
    const called = node.getExpression();
    return Node.isPropertyAccessExpression(called) && isMap(called.getExpression());
  }
  if (!Node.isBinaryExpression(node)) return false;
  const operator = node.getOperatorToken().getKind();
  const left = node.getLeft();
  const isAssignment = operator >= SyntaxKind.FirstAssignment && operator <= SyntaxKind.LastAssignment;
  return isAssignment && Node.isElementAccessExpression(left) && isMap(left.getExpression());
}

/** Reports whether the function around a call takes a block off a list or puts one on. */
function isBesideList(call: Node): boolean {
  const name = functionOf(call);
  const around = call.getAncestors().find((one) => Node.isFunctionDeclaration(one) || Node.isMethodDeclaration(one));
  const calls = around?.getDescendantsOfKind(SyntaxKind.CallExpression) ?? [];
  return name !== undefined && calls.some((one) => LIST_OPERATIONS.includes(nameOfCall(one) ?? ''));
}

function wrong(node: Node): string | undefined {
  if (writesMap(node) && ![TOGGLE, MADE_NEW].includes(functionOf(node) ?? ''))
    return `a map is written - ${BECAUSE}; instead call ${TOGGLE}`;
  if (nameOfCall(node) === TOGGLE && !isBesideList(node))
    return `a toggle without a list - ${BECAUSE}; instead toggle in the function that calls ${LIST_OPERATIONS.join(' or ')}`;
  return undefined;
}

/** Returns the places of src/buddy where a map is written, or toggled apart from a list. */
export const auditToggles = (tree: Tree): readonly Finding[] =>
  filesOf(tree, 'src')
    .filter(([path]) => path.startsWith('src/buddy/'))
    .flatMap(([path, file]) =>
      file.getDescendants().flatMap((node) => {
        const what = wrong(node);
        return what === undefined ? [] : [{ place: placeOf(path, node), what }];
      }),
    );
