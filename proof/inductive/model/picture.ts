/** Pictures of a zone of the model, and of a step that breaks an invariant. */

import type { Answer } from '../../formula/smt.ts';
import type { Literal } from '../../formula/formula.ts';
import { valuesIn } from '../../formula/values.ts';
import type { Obligation, Posed } from '../obligation.ts';
import type { Zone } from './zone.ts';

/** Draws one row for each order: a letter for each page (f listed, u outstanding, X both, b apart) and the bits of the pairs. */
export function drawZone(
  { top, listed, outstanding, apart, bits }: Zone,
  holds: (literal: Literal) => boolean,
): string {
  const letter = (of: number, index: number): string => {
    const isListed = holds(listed[of]?.[index] ?? 1);
    if (holds(outstanding[of]?.[index] ?? 1)) return isListed ? 'X' : 'u';
    return isListed ? 'f' : '.';
  };
  const rows = listed.map((row, of) => {
    const blocks = row.map((_, index) => letter(of, index).repeat(2 ** of)).join('|');
    const map = of === top ? '' : `  bits ${(bits[of] ?? []).map((bit) => (holds(bit) ? 1 : 0)).join('')}`;
    return `  order ${of}  ${blocks.padEnd(2 ** (top + 1))}${map}`;
  });
  const apartRow = apart.map((page) => (holds(page) ? 'b' : '.')).join('|');
  return [...rows, `  apart    ${apartRow}`].join('\n');
}

/** Draws a counterexample of an obligation: the zone before, the operation, the zone after. */
export function drawFailure(
  { operation, top }: Obligation,
  { formulas, before, after }: Posed,
  answer: Answer,
): string {
  if (answer.kind === 'unsat') return 'it cannot fail';
  const holds = valuesIn(formulas, answer.isTrue);
  const number = (letter: string): number =>
    Array.from({ length: top }, (_, digit) => (answer.isTrue(`X${letter}${digit}`) ? 2 ** digit : 0)).reduce(
      (a, b) => a + b,
      0,
    );
  const order = (letter: string): number =>
    Array.from({ length: top + 1 }, (_, of) => answer.isTrue(`${letter}${of}`)).indexOf(true);
  const block = (letter: string): string => `order ${order(letter)} around page ${number(letter)}`;
  const free = answer.isTrue('H') ? `hand over page ${number('O')}` : `free the block of ${block('O')}`;
  const deed = operation === 'free' ? free : `allocate order ${order('O')} out of the block of ${block('C')}`;
  return ['before', drawZone(before, holds), deed, 'after', drawZone(after, holds)].join('\n');
}
