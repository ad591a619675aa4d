/** Reads expressions. */

import { Node, SyntaxKind } from 'ts-morph';
import { Outside, placeOf } from './outside.ts';
import type { Arithmetic, Comparison, Deed, Expression, Property } from '../form.ts';
import type { BinaryExpression, CallExpression, ObjectLiteralExpression, PrefixUnaryExpression } from 'ts-morph';
import type { Scope } from './scope.ts';

const ARITHMETIC: readonly string[] = ['+', '-', '*', '**', '&', '|', '^', '<<', '>>', '>>>'];
const COMPARISON: readonly string[] = ['<', '>', '<=', '>=', '===', '!=='];

export const isArithmetic = (operator: string): operator is Arithmetic => ARITHMETIC.includes(operator);
const isComparison = (operator: string): operator is Comparison => COMPARISON.includes(operator);

/** Returns a whole number that 32 bits hold. */
function wholeNumber(text: string, node: Node): number {
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isInteger(value) || value >= 2 ** 31) throw new Outside(node, 'write a whole number below 2^31');
  return value;
}

function readBinary(node: BinaryExpression, scope: Scope): Deed {
  const operator = node.getOperatorToken().getText();
  const left = readExpression(node.getLeft(), scope);
  const right = readExpression(node.getRight(), scope);
  if (isArithmetic(operator)) return { kind: 'arithmetic', operator, left, right };
  if (isComparison(operator)) return { kind: 'comparison', operator, left, right };
  if (operator === '&&' || operator === '||' || operator === '??') return { kind: operator, left, right };
  throw new Outside(node, `'${operator}' is no operator of the subset; an assignment is a statement of its own`);
}

function readPrefix(node: PrefixUnaryExpression, scope: Scope): Deed {
  const operand = node.getOperand();
  switch (node.getOperatorToken()) {
    case SyntaxKind.PlusToken:
      return readExpression(operand, scope);
    case SyntaxKind.MinusToken:
      return { kind: 'negate', operand: readExpression(operand, scope) };
    case SyntaxKind.TildeToken:
      return { kind: 'complement', operand: readExpression(operand, scope) };
    case SyntaxKind.ExclamationToken:
      return { kind: 'not', operand: readExpression(operand, scope) };
    default:
      throw new Outside(node, 'write -, ~ or !; ++ and -- are statements of their own');
  }
}

function readProperty(node: Node, scope: Scope): Property {
  if (Node.isSpreadAssignment(node)) {
    return { kind: 'spread', value: readExpression(node.getExpression(), scope) };
  }
  if (Node.isShorthandPropertyAssignment(node)) {
    return { kind: 'named', name: node.getName(), value: readExpression(node.getNameNode(), scope) };
  }
  if (!Node.isPropertyAssignment(node)) throw new Outside(node, 'write name: value');
  const value = node.getInitializerOrThrow();
  return { kind: 'named', name: node.getName().replaceAll("'", ''), value: readExpression(value, scope) };
}

const readRecord = (node: ObjectLiteralExpression, scope: Scope): Deed => ({
  kind: 'record',
  properties: node.getProperties().map((property) => readProperty(property, scope)),
});

function readCall(node: CallExpression, scope: Scope): Deed {
  if (node.hasQuestionDotToken()) throw new Outside(node, 'write a condition before the call');
  return {
    kind: 'call',
    callee: readExpression(node.getExpression(), scope),
    values: node.getArguments().map((value) => readExpression(value, scope)),
  };
}

/** Returns the text of a template, its parts as `...`: only messages of bugs have any. */
function templateText(node: Node): string {
  return node
    .getText()
    .slice(1, -1)
    .replaceAll(/\$\{[^}]*\}/gu, '...');
}

function readName(name: string, scope: Scope): Deed {
  if (name === 'undefined') return { kind: 'undefined' };
  return scope.has(name) ? { kind: 'local', name } : { kind: 'global', name };
}

function readLiteral(node: Node): Deed | undefined {
  if (Node.isNumericLiteral(node)) return { kind: 'number', value: wholeNumber(node.getText(), node) };
  if (Node.isStringLiteral(node)) return { kind: 'text', value: node.getLiteralText() };
  if (Node.isTrueLiteral(node)) return { kind: 'truth', value: true };
  if (Node.isFalseLiteral(node)) return { kind: 'truth', value: false };
  if (Node.isThisExpression(node)) return { kind: 'this' };
  if (Node.isTemplateExpression(node) || Node.isNoSubstitutionTemplateLiteral(node))
    return { kind: 'text', value: templateText(node) };
  return undefined;
}

function readDeed(node: Node, scope: Scope): Deed {
  const literal = readLiteral(node);
  if (literal !== undefined) return literal;
  if (Node.isIdentifier(node)) return readName(node.getText(), scope);
  if (Node.isPropertyAccessExpression(node) && !node.hasQuestionDotToken()) {
    return { kind: 'member', of: readExpression(node.getExpression(), scope), name: node.getName() };
  }
  if (Node.isElementAccessExpression(node) && !node.hasQuestionDotToken()) {
    const index = readExpression(node.getArgumentExpressionOrThrow(), scope);
    return { kind: 'element', of: readExpression(node.getExpression(), scope), index };
  }
  if (Node.isPrefixUnaryExpression(node)) return readPrefix(node, scope);
  if (Node.isBinaryExpression(node)) return readBinary(node, scope);
  if (Node.isConditionalExpression(node)) {
    const [condition, yes, no] = [node.getCondition(), node.getWhenTrue(), node.getWhenFalse()];
    return {
      kind: 'choice',
      condition: readExpression(condition, scope),
      yes: readExpression(yes, scope),
      no: readExpression(no, scope),
    };
  }
  if (Node.isCallExpression(node)) return readCall(node, scope);
  if (Node.isObjectLiteralExpression(node)) return readRecord(node, scope);
  if (Node.isArrayLiteralExpression(node)) {
    return { kind: 'list', items: node.getElements().map((item) => readExpression(item, scope)) };
  }
  if (Node.isFunctionLikeDeclaration(node)) throw new Outside(node, 'write a function of the module, with a name');
  throw new Outside(node, `${node.getKindName()} is no expression of the subset`);
}

/** Reads an expression. Types and parentheses leave nothing in the form. */
export function readExpression(node: Node, scope: Scope): Expression {
  if (Node.isParenthesizedExpression(node) || Node.isAsExpression(node) || Node.isSatisfiesExpression(node)) {
    return readExpression(node.getExpression(), scope);
  }
  return { ...readDeed(node, scope), at: placeOf(node) };
}
