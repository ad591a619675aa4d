/** The audit of loops: each loop of `src` ends, because something is smaller in each turn. */

import { Node, SyntaxKind } from 'ts-morph';
import { filesOf } from '../../tree.ts';
import type { Finding, Tree } from '../../tree.ts';
import type { ForStatement, Statement } from 'ts-morph';

/** A loop that is listed: its file, and its text up to the body. */
export interface Listed {
  readonly file: string;
  readonly loop: string;
}

const BECAUSE = 'a loop that need not end hangs a kernel, and nobody is answered';
const INSTEAD = 'count in its head, or state in test/audit/code/loops/measures.ts what becomes smaller in each turn';

type Loop = Statement & { getStatement(): Statement };

const isLoop = (node: Node): node is Loop =>
  Node.isForStatement(node) ||
  Node.isForOfStatement(node) ||
  Node.isForInStatement(node) ||
  Node.isWhileStatement(node) ||
  Node.isDoStatement(node);

/** Returns a loop's text up to its body, in one line. */
export const headOf = (loop: Loop): string =>
  loop
    .getText()
    .slice(0, loop.getStatement().getStart() - loop.getStart())
    .replace(/\s+/gu, ' ')
    .trim();

/** The name that a step of a loop counts, and the sign in which it does; nothing if the step is no count. */
function countOf(step: Node | undefined): readonly [name: string, sign: 1 | -1] | undefined {
  if (!Node.isPostfixUnaryExpression(step) && !Node.isPrefixUnaryExpression(step)) return undefined;
  const operator = step.getOperatorToken();
  if (operator === SyntaxKind.PlusPlusToken) return [step.getOperand().getText(), 1];
  return operator === SyntaxKind.MinusMinusToken ? [step.getOperand().getText(), -1] : undefined;
}

/** The names that stand in a node. */
const namesIn = (node: Node): readonly string[] => [
  ...(Node.isIdentifier(node) ? [node.getText()] : []),
  ...node.getDescendantsOfKind(SyntaxKind.Identifier).map((one) => one.getText()),
];

/** Reports whether a statement gives one of some names another value. */
const assigns = (body: Node, names: readonly string[]): boolean =>
  body.getDescendants().some((node) => {
    if (Node.isPostfixUnaryExpression(node) || Node.isPrefixUnaryExpression(node)) {
      const steps = [SyntaxKind.PlusPlusToken, SyntaxKind.MinusMinusToken];
      return steps.includes(node.getOperatorToken()) && names.includes(node.getOperand().getText());
    }
    if (!Node.isBinaryExpression(node)) return false;
    const operator = node.getOperatorToken().getKind();
    const isAssignment = operator >= SyntaxKind.FirstAssignment && operator <= SyntaxKind.LastAssignment;
    return isAssignment && names.includes(node.getLeft().getText());
  });

const UP = [SyntaxKind.LessThanToken, SyntaxKind.LessThanEqualsToken];
const DOWN = [SyntaxKind.GreaterThanToken, SyntaxKind.GreaterThanEqualsToken];

/** Reports whether a condition, or a part that must hold, bounds what is counted, by what the body leaves alone. */
function bounds(condition: Node | undefined, [name, sign]: readonly [string, 1 | -1], body: Node): boolean {
  if (!Node.isBinaryExpression(condition)) return false;
  const [left, right] = [condition.getLeft(), condition.getRight()];
  const operator = condition.getOperatorToken().getKind();
  if (operator === SyntaxKind.AmpersandAmpersandToken) {
    return bounds(left, [name, sign], body) || bounds(right, [name, sign], body);
  }
  const isAhead = (sign === 1 ? UP : DOWN).includes(operator) && namesIn(left).includes(name);
  return isAhead && !namesIn(right).includes(name) && !assigns(body, [...namesIn(left), ...namesIn(right)]);
}

/** Reports whether a loop counts towards a bound that nothing in it moves. */
function counts(loop: ForStatement): boolean {
  const count = countOf(loop.getIncrementor());
  return count !== undefined && bounds(loop.getCondition(), count, loop.getStatement());
}

/** Reports whether a loop goes through what is there, and does not add to it. */
function goesThrough(loop: Node): boolean {
  if (!Node.isForOfStatement(loop)) return false;
  const all = loop.getExpression().getText();
  const calls = loop.getStatement().getDescendantsOfKind(SyntaxKind.CallExpression);
  return !calls.some((call) => [`${all}.push`, `${all}.add`, `${all}.set`].includes(call.getExpression().getText()));
}

/** Returns the loops of `src` that do not count, and those that are listed and are not there. */
export function auditLoops(tree: Tree, listed: readonly Listed[]): readonly Finding[] {
  const loops = filesOf(tree, 'src').flatMap(([file, source]) =>
    source.getDescendants().flatMap((node) => {
      if (!isLoop(node) || goesThrough(node) || (Node.isForStatement(node) && counts(node))) return [];
      return [{ file, loop: headOf(node), line: node.getStartLineNumber() }];
    }),
  );
  const isSame = (one: Listed, other: Listed): boolean => one.file === other.file && one.loop === other.loop;
  const unmeasured = loops
    .filter((loop) => !listed.some((one) => isSame(one, loop)))
    .map(({ file, line, loop }) => ({
      place: `${file}:${line}`,
      what: `'${loop}' need not end - ${BECAUSE}; instead ${INSTEAD}`,
    }));
  const vain = listed
    .filter((one) => loops.filter((loop) => isSame(one, loop)).length !== 1)
    .map(({ file, loop }) => ({
      place: file,
      what: `'${loop}' is listed, and is not there once - ${BECAUSE}; instead delete it from test/audit/code/loops/measures.ts`,
    }));
  return [...unmeasured, ...vain];
}
