/** The lines of Coq that statements and loops are printed as. */

import type { Type } from './value.ts';

export type Lines = readonly string[];

export const indented = (lines: Lines): Lines => lines.map((line) => `  ${line}`);
/** Returns names as one term: `tt` if there are none. */
export const tuple = (names: readonly string[]): string =>
  names.length === 0 ? 'tt' : names.length === 1 ? names.join('') : `(${names.join(', ')})`;

export const call = (name: string, counted: string, numbers: readonly string[]): string =>
  [name, counted, ...numbers, 'z'].join(' ');

/** Returns the lines that leave a loop, with the names that it assigns. */
export const left = (changed: readonly string[]): Lines => [`Done (Left ${tuple(changed)}, z)`];

/** Returns lines without the full stop of a definition. */
export const unended = (lines: Lines): Lines =>
  lines.map((line, n) => (n === lines.length - 1 ? line.replace(/\.$/u, '') : line));

export const typed = (names: readonly string[], type: string): string =>
  names.length === 0 ? '' : ` (${names.join(' ')} : ${type})`;

/** What a loop counts down, and what it leads to when that is used up. */
export interface Countdown {
  readonly parameter: string;
  readonly none: string;
  readonly some: string;
}

export const ROUNDS: Countdown = { parameter: '(rounds : nat)', none: 'O => Fuel', some: 'S rounds' };

/** Returns a loop as a fixpoint, by what it carries out in a round. `gives`: the names that it assigns, or what is returned. */
export function fixpoint(
  name: string,
  { parameter, none, some }: Countdown,
  numbers: readonly string[],
  gives: readonly [changed: readonly string[], type: Type],
  round: Lines,
): string {
  const [changed, type] = gives;
  const names = changed.length === 0 ? 'unit' : changed.map(() => 'Z').join(' * ');
  const [counted = ''] = /\w+/u.exec(parameter) ?? [];
  return [
    `Fixpoint ${name} ${parameter}${typed(numbers, 'Z')} (z : zone) : result (ended (${names}) ${type} * zone) :=`,
    `  match ${counted} with`,
    `  | ${none}`,
    `  | ${some} =>`,
    ...indented(indented(round)),
    '  end.',
  ].join('\n');
}
