/** Reads statements. */

import { Node, SyntaxKind } from 'ts-morph';
import { Outside, placeOf } from './outside.ts';
import { Scope } from './scope.ts';
import { isArithmetic, readExpression } from './expression.ts';
import type { Act, Block, Expression, Place, Statement } from '../form.ts';
import type { BindingElement, ForOfStatement, ForStatement, VariableDeclarationList } from 'ts-morph';

const at = (place: Place, act: Act): Statement => ({ ...act, at: place });

/** Returns an assignment to a variable or to an element of an array. */
function assignTo(target: Node, value: Expression, scope: Scope): Statement {
  const place = placeOf(target);
  if (Node.isIdentifier(target) && scope.has(target.getText())) {
    return at(place, { kind: 'assign', name: target.getText(), value });
  }
  if (Node.isElementAccessExpression(target)) {
    const array = readExpression(target.getExpression(), scope);
    const index = readExpression(target.getArgumentExpressionOrThrow(), scope);
    return at(place, { kind: 'write', array, index, value });
  }
  throw new Outside(target, 'assign to a variable or to an element of an array');
}

/** Returns a step by one as an assignment. Only a variable is stepped: an element's index would be evaluated twice. */
function stepOf(operand: Node, operator: SyntaxKind, scope: Scope): Statement {
  if (!Node.isIdentifier(operand)) throw new Outside(operand, 'step a variable by one, and nothing else');
  const place = placeOf(operand);
  const left = readExpression(operand, scope);
  const right: Expression = { kind: 'number', value: 1, at: place };
  const sign = operator === SyntaxKind.PlusPlusToken ? '+' : '-';
  return assignTo(operand, { kind: 'arithmetic', operator: sign, left, right, at: place }, scope);
}

const isStep = (operator: SyntaxKind): boolean =>
  operator === SyntaxKind.PlusPlusToken || operator === SyntaxKind.MinusMinusToken;

/** Reads an expression that stands as a statement. */
function readEffect(node: Node, scope: Scope): Statement {
  if (Node.isPostfixUnaryExpression(node)) return stepOf(node.getOperand(), node.getOperatorToken(), scope);
  if (Node.isPrefixUnaryExpression(node) && isStep(node.getOperatorToken())) {
    return stepOf(node.getOperand(), node.getOperatorToken(), scope);
  }
  if (Node.isBinaryExpression(node)) {
    const operator = node.getOperatorToken().getText();
    const [target, value] = [node.getLeft(), readExpression(node.getRight(), scope)];
    if (operator === '=') return assignTo(target, value, scope);
    const plain = operator.slice(0, -1);
    if (operator.endsWith('=') && isArithmetic(plain) && Node.isIdentifier(target)) {
      const left = readExpression(target, scope);
      return assignTo(target, { kind: 'arithmetic', operator: plain, left, right: value, at: placeOf(node) }, scope);
    }
  }
  if (!Node.isCallExpression(node)) throw new Outside(node, 'as a statement, write an assignment or a call');
  return at(placeOf(node), { kind: 'evaluate', value: readExpression(node, scope) });
}

/** Returns the part of a value that a name of a pattern stands for. */
function partOf(element: BindingElement, position: number, whole: Expression): Expression {
  const place = placeOf(element);
  if (element.getInitializer() !== undefined || element.getDotDotDotToken() !== undefined) {
    throw new Outside(element, 'write a pattern of names alone');
  }
  if (Node.isArrayBindingPattern(element.getParent())) {
    const index: Expression = { kind: 'number', value: position, at: place };
    return { kind: 'element', of: whole, index, at: place };
  }
  const name = element.getPropertyNameNode()?.getText() ?? element.getName();
  return { kind: 'member', of: whole, name, at: place };
}

/** Declares the names of a variable or of a pattern, each with its part of the value. */
function declare(node: Node, whole: Expression, scope: Scope): Block {
  if (Node.isIdentifier(node)) {
    scope.declare(node.getText(), node);
    return [at(placeOf(node), { kind: 'assign', name: node.getText(), value: whole })];
  }
  if (!Node.isObjectBindingPattern(node) && !Node.isArrayBindingPattern(node)) throw new Outside(node, 'write a name');
  if (whole.kind === 'call') throw new Outside(node, 'give what the call returns a name first');
  return node.getElements().flatMap((element, position) => {
    if (!Node.isBindingElement(element)) return [];
    return declare(element.getNameNode(), partOf(element, position, whole), scope);
  });
}

const readVariables = (list: VariableDeclarationList, scope: Scope): Block =>
  list.getDeclarations().flatMap((variable) => {
    const value = variable.getInitializer();
    const none: Expression = { kind: 'undefined', at: placeOf(variable) };
    const whole = value === undefined ? none : readExpression(value, scope);
    return declare(variable.getNameNode(), whole, scope);
  });

function readFor(node: ForStatement, around: Scope): Block {
  const scope = new Scope(around);
  const [first, condition, next] = [node.getInitializer(), node.getCondition(), node.getIncrementor()];
  if (first !== undefined && !Node.isVariableDeclarationList(first)) throw new Outside(first, 'declare a variable');
  const before = first === undefined ? [] : readVariables(first, scope);
  const place = placeOf(node);
  const loop = at(place, {
    kind: 'while',
    condition: condition === undefined ? { kind: 'truth', value: true, at: place } : readExpression(condition, scope),
    body: readBlock(node.getStatement(), scope),
    next: next === undefined ? [] : [readEffect(next, scope)],
  });
  return [...before, loop];
}

function readEach(node: ForOfStatement, around: Scope): Statement {
  const scope = new Scope(around);
  const list = node.getInitializer();
  const variable = Node.isVariableDeclarationList(list) ? list.getDeclarations()[0]?.getNameNode() : undefined;
  if (variable === undefined) throw new Outside(list, 'declare a name or a pattern');
  const place = placeOf(variable);
  const name = `item of line ${place.line}`;
  const bound = declare(variable, { kind: 'local', name, at: place }, scope);
  const body = [...bound, ...readBlock(node.getStatement(), scope)];
  return at(placeOf(node), { kind: 'each', name, of: readExpression(node.getExpression(), around), body });
}

/** Returns the message of the error that is thrown. */
function messageOf(node: Node, scope: Scope): Expression {
  const [message] = Node.isNewExpression(node) ? node.getArguments() : [];
  if (message === undefined) throw new Outside(node, 'throw new Error(message)');
  return readExpression(message, scope);
}

function readStatement(node: Node, scope: Scope): Block {
  const place = placeOf(node);
  if (Node.isVariableStatement(node)) return readVariables(node.getDeclarationList(), scope);
  if (Node.isExpressionStatement(node)) return [readEffect(node.getExpression(), scope)];
  if (Node.isBlock(node)) return readBlock(node, scope);
  if (Node.isForStatement(node)) return readFor(node, scope);
  if (Node.isForOfStatement(node)) return [readEach(node, scope)];
  if (Node.isBreakStatement(node) || Node.isContinueStatement(node)) {
    if (node.getLabel() !== undefined) throw new Outside(node, 'write a loop without a label');
    return [at(place, { kind: Node.isBreakStatement(node) ? 'break' : 'continue' })];
  }
  if (Node.isReturnStatement(node)) {
    const value = node.getExpression();
    const none: Expression = { kind: 'undefined', at: place };
    return [at(place, { kind: 'return', value: value === undefined ? none : readExpression(value, scope) })];
  }
  if (Node.isThrowStatement(node)) {
    return [at(place, { kind: 'throw', message: messageOf(node.getExpression(), scope) })];
  }
  if (Node.isIfStatement(node)) {
    const [condition, yes, no] = [node.getExpression(), node.getThenStatement(), node.getElseStatement()];
    const otherwise = no === undefined ? [] : readBlock(no, scope);
    return [
      at(place, {
        kind: 'if',
        condition: readExpression(condition, scope),
        yes: readBlock(yes, scope),
        no: otherwise,
      }),
    ];
  }
  if (Node.isWhileStatement(node)) {
    const condition = readExpression(node.getExpression(), scope);
    return [at(place, { kind: 'while', condition, body: readBlock(node.getStatement(), scope), next: [] })];
  }
  throw new Outside(node, `${node.getKindName()} is no statement of the subset`);
}

/** Reads a block, or the one statement that stands in place of one. */
export function readBlock(node: Node, around: Scope): Block {
  const scope = new Scope(around);
  const statements = Node.isBlock(node) ? node.getStatements() : [node];
  return statements
    .filter((statement) => !Node.isEmptyStatement(statement))
    .flatMap((statement) => readStatement(statement, scope));
}
