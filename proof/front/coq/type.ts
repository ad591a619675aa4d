/** The types of what functions return. */

import { statementsOf } from '../walk.ts';
import type { Expression, Method } from '../form.ts';
import type { Program } from '../program.ts';
import type { Type } from './value.ts';

/** The type of an expression that is returned; a number, unless its form says more. */
function typeOfReturned(value: Expression, module: string, program: Program): Type {
  switch (value.kind) {
    case 'comparison':
    case 'truth':
    case 'not':
    case '&&':
    case '||':
      return 'bool';
    case 'record':
      return 'outcome';
    case 'text':
      return 'string';
    case 'choice':
      return typeOfReturned(value.yes, module, program);
    case 'global':
    case 'call': {
      const named = value.kind === 'call' ? value.callee : value;
      const meaning = named.kind === 'global' ? program.meaning(module, named.name) : undefined;
      if (meaning?.kind === 'method') return typeOf(meaning.method, program);
      return meaning?.kind === 'constant' ? typeOfReturned(meaning.value, meaning.module, program) : 'Z';
    }
    default:
      return 'Z';
  }
}

/** Returns the type of what a function returns; a text that may be missing is an option. */
export function typeOf({ body, module }: Method, program: Program): Type {
  const values = statementsOf(body).flatMap((one) => (one.kind === 'return' ? [one.value] : []));
  const [value] = values.filter(({ kind }) => kind !== 'undefined');
  if (value === undefined) return 'unit';
  const type = typeOfReturned(value, module, program);
  return type === 'string' && values.some(({ kind }) => kind === 'undefined') ? '(option string)' : type;
}
