/** What a piece of the form mentions: the names that it reads, and how often it assigns each. */

import type { Block, Expression, Statement } from './form.ts';

/** Returns the expressions that an expression is made of. */
function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'text':
    case 'truth':
    case 'undefined':
    case 'this':
    case 'local':
    case 'global':
      return [];
    case 'member':
      return [expression.of];
    case 'element':
      return [expression.of, expression.index];
    case 'negate':
    case 'complement':
    case 'not':
      return [expression.operand];
    case 'arithmetic':
    case 'comparison':
    case '&&':
    case '||':
    case '??':
      return [expression.left, expression.right];
    case 'choice':
      return [expression.condition, expression.yes, expression.no];
    case 'call':
      return [expression.callee, ...expression.values];
    case 'record':
      return expression.properties.map(({ value }) => value);
    case 'list':
      return expression.items;
  }
}

/** Returns the expressions of a statement, and the blocks in it. */
function contentsOf(statement: Statement): readonly [readonly Expression[], readonly Block[]] {
  switch (statement.kind) {
    case 'assign':
    case 'evaluate':
    case 'return':
      return [[statement.value], []];
    case 'write':
      return [[statement.array, statement.index, statement.value], []];
    case 'if':
      return [[statement.condition], [statement.yes, statement.no]];
    case 'while':
      return [[statement.condition], [statement.body, statement.next]];
    case 'each':
      return [[statement.of], [statement.body]];
    case 'throw':
      return [[statement.message], []];
    case 'break':
    case 'continue':
      return [[], []];
  }
}

/** Returns all statements of a block, those in its blocks too. */
export const statementsOf = (block: Block): readonly Statement[] =>
  block.flatMap((statement) => [statement, ...contentsOf(statement)[1].flatMap(statementsOf)]);

const holds = (expression: Expression, is: (one: Expression) => boolean): boolean =>
  is(expression) || partsOf(expression).some((part) => holds(part, is));

/** Reports whether a block has an expression that is such. */
export const contains = (block: Block, is: (one: Expression) => boolean): boolean =>
  statementsOf(block).some((statement) => contentsOf(statement)[0].some((one) => holds(one, is)));

/** Reports whether a block reads a name. */
export const mentions = (block: Block, name: string): boolean =>
  contains(block, (one) => one.kind === 'local' && one.name === name);

/** Returns the names that a block assigns more than once. */
export function reassigned(block: Block): ReadonlySet<string> {
  const names = statementsOf(block).flatMap((one) => (one.kind === 'assign' ? [one.name] : []));
  return new Set(names.filter((name, n) => names.indexOf(name) !== n));
}

/** Reports whether what is called is a function of the language. */
export const isBuiltin = (callee: Expression, of: string, name: string): boolean =>
  callee.kind === 'member' && callee.name === name && callee.of.kind === 'global' && callee.of.name === of;
