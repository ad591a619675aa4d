/** The audit of purity: spec holds total functions of immutable values. */

import { Node, SyntaxKind } from 'ts-morph';
import type { Finding, Tree } from '../tree.ts';
import { filesOf, placeOf } from '../tree.ts';

const WORLD = ['Date', 'performance', 'process', 'globalThis', 'console', 'crypto'];

const MUTATORS = [
  'push',
  'pop',
  'shift',
  'unshift',
  'splice',
  'sort',
  'reverse',
  'fill',
  'copyWithin',
  'set',
  'add',
  'delete',
  'clear',
];

const isMember = (node: Node): boolean => Node.isPropertyAccessExpression(node) || Node.isElementAccessExpression(node);

/** Reports whether an expression makes a value that nothing else holds. */
const isFresh = (node: Node | undefined): boolean =>
  Node.isCallExpression(node) || Node.isNewExpression(node) || Node.isArrayLiteralExpression(node);

/** Reports whether a name stands for a value made where it is declared. */
const isOwn = (node: Node): boolean =>
  Node.isIdentifier(node) &&
  node.getDefinitionNodes().some((made) => Node.isVariableDeclaration(made) && isFresh(made.getInitializer()));

/** Reports whether an expression is an element of a copy that the function has made itself. */
const isOfOwnCopy = (node: Node): boolean =>
  Node.isElementAccessExpression(node) &&
  isOwn(node.getExpression()) &&
  node
    .getExpression()
    .getSymbolOrThrow()
    .getDeclarations()
    .every(
      (made) => Node.isVariableDeclaration(made) && made.getInitializer()?.getText().endsWith('.slice()') === true,
    );

function assignsMember(node: Node): boolean {
  if (Node.isBinaryExpression(node)) {
    const operator = node.getOperatorToken().getKind();
    if (operator < SyntaxKind.FirstAssignment || operator > SyntaxKind.LastAssignment) return false;
    const left = node.getLeft();
    if (isMember(left)) return !isOfOwnCopy(left);
    const unpacks = Node.isArrayLiteralExpression(left) || Node.isObjectLiteralExpression(left);
    return unpacks && left.getDescendants().some(isMember);
  }
  if (Node.isPrefixUnaryExpression(node) || Node.isPostfixUnaryExpression(node)) {
    const operator = node.getOperatorToken();
    const steps = operator === SyntaxKind.PlusPlusToken || operator === SyntaxKind.MinusMinusToken;
    return steps && isMember(node.getOperand());
  }
  return Node.isDeleteExpression(node);
}

/** Reports whether a node calls a method that changes an array, a map or a set which was not made on the spot. */
function mutatesOther(node: Node): boolean {
  if (!Node.isCallExpression(node)) return false;
  const method = node.getExpression();
  if (!Node.isPropertyAccessExpression(method) || !MUTATORS.includes(method.getName())) return false;
  return !isFresh(method.getExpression()) && !isOwn(method.getExpression());
}

function impurity(node: Node): string | undefined {
  if (assignsMember(node)) return 'changes what something holds';
  if (mutatesOther(node)) return 'changes a value made elsewhere';
  if (Node.isThrowStatement(node)) return 'throws';
  if (Node.isWhileStatement(node) || Node.isDoStatement(node)) return 'loops without a bound';
  if (Node.isPropertyAccessExpression(node) && node.getText() === 'Math.random') return 'throws dice';
  if (Node.isIdentifier(node) && WORLD.includes(node.getText())) return 'looks at the world';
  return undefined;
}

/** Reports everything in `spec` that is not a total function of immutable values. */
export function auditPurity(tree: Tree): readonly Finding[] {
  return filesOf(tree, 'spec').flatMap(([place, file]) =>
    file.getDescendants().flatMap((node) => {
      const what = impurity(node);
      return what === undefined ? [] : [{ place: placeOf(place, node), what: `'${node.getText()}' ${what}` }];
    }),
  );
}
