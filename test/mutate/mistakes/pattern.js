import { createRequire } from 'node:module';
import { resolved } from '../resolved.js';

/**
 * Patterns of code, written as code: `$name` stands for any expression, `$name;` for any statement, the same one each time. Types
 * are left out: none is compared.
 */
const { parse, parseExpression } = createRequire(resolved)('@babel/parser');

const LEFT_OUT = new Set([
  ...['start', 'end', 'loc', 'range', 'extra', 'errors', 'comments', 'typeAnnotation', 'returnType', 'typeParameters'],
  ...['leadingComments', 'innerComments', 'trailingComments'],
]);
const SETTINGS = { sourceType: 'module', plugins: ['typescript'], errorRecovery: true };

const isNode = (value) => typeof value === 'object' && value !== null;
const isEmpty = (value) => value === undefined || value === null || value === false;
const keysOf = (node) => Object.keys(node).filter((key) => !LEFT_OUT.has(key));

/** The name of the variable of a pattern that a node is: an expression, or a statement of nothing else. */
function variableOf(node) {
  if (node.type === 'ExpressionStatement') return variableOf(node.expression);
  return node.type === 'Identifier' && node.name.startsWith('$') ? node.name : undefined;
}

/** Reports whether a node is as a pattern says; notes what its variables stand for. */
export function matches(pattern, node, bound) {
  if (!isNode(pattern) || !isNode(node)) return pattern === node || (isEmpty(pattern) && isEmpty(node));
  const variable = variableOf(pattern);
  if (variable !== undefined && bound.has(variable)) return matches(bound.get(variable), node, new Map());
  if (variable !== undefined) return bound.set(variable, node) !== undefined;
  const keys = new Set([...keysOf(pattern), ...keysOf(node)]);
  return [...keys].every((key) => matches(pattern[key], node[key], bound));
}

/** Returns a pattern with what its variables stand for, copied. */
export function filled(pattern, bound, copy) {
  if (Array.isArray(pattern)) return pattern.map((one) => filled(one, bound, copy));
  if (!isNode(pattern)) return pattern;
  const variable = variableOf(pattern);
  if (variable !== undefined) return copy(bound.get(variable));
  return Object.fromEntries(keysOf(pattern).map((key) => [key, filled(pattern[key], bound, copy)]));
}

/**
 * Reads a pattern: a statement if it ends as one, else an expression. Throws if it is more than one, or declares a name, which would
 * be unknown to what follows: the mutant stands in a block of its own.
 */
export function patternOf(text) {
  if (!/[;}]$/u.test(text)) return parseExpression(text, SETTINGS);
  const [statement, ...more] = parse(text, SETTINGS).program.body;
  if (more.length > 0) throw new Error(`a pattern is one statement, or a block of several: ${text}`);
  if (statement.type === 'VariableDeclaration') throw new Error(`a pattern declares nothing: ${text}`);
  return statement;
}
