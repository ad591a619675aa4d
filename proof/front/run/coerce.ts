/** Numbers and truth values out of values that may be something else. */

import { FALSE, not } from '../../formula/formula.ts';
import { casesOf } from './value.ts';
import { constant } from '../../formula/word.ts';
import { printPlace } from '../form.ts';
import type { Literal } from '../../formula/formula.ts';
import type { Machine } from './machine.ts';
import type { Place } from '../form.ts';
import type { State } from './state.ts';
import type { Value } from './value.ts';
import type { Word } from '../../formula/word.ts';

/** Returns the number that a value is. That it can be none, where the code gets here, is an obligation. */
export function wordOf(machine: Machine, value: Value, state: State, at: Place): Word {
  if (value.kind === 'number') return value.word;
  for (const one of casesOf(value)) {
    if (one.value.kind !== 'number') continue;
    machine.oblige('a value is used that is none', at, state, not(one.when));
    return one.value.word;
  }
  machine.oblige('a value is used that is none', at, state, not(FALSE));
  return constant(0);
}

/** Returns the truth value that a value is. */
export function holdsOf(value: Value, at: Place): Literal {
  if (value.kind === 'truth') return value.holds;
  if (value.kind === 'undefined') return FALSE;
  throw new Error(`${printPlace(at)}: a condition is a comparison, or made of some; this is a value`);
}
