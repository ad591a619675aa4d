/** A zone as formulas, and the invariants of a zone. */

import { FALSE, not } from '../../formula/formula.ts';
import type { Formulas, Literal } from '../../formula/formula.ts';

/** A zone of 2^top pages whose every fact is a formula. By order, then by block or pair. */
export interface Zone {
  readonly top: number;
  /** Whether a block is on the list of its order. */
  readonly listed: readonly (readonly Literal[])[];
  /** Whether a block is outstanding, by its owner. */
  readonly outstanding: readonly (readonly Literal[])[];
  /** By page: whether it was never handed over: boot memory's, a hole, or after the end of the zone. */
  readonly apart: readonly Literal[];
  /** The map: the bit of each pair, of orders below the top. */
  readonly bits: readonly (readonly Literal[])[];
}

const count = (n: number): readonly number[] => Array.from({ length: n }, (_, at) => at);

/** Returns a zone of which nothing is known. */
export function anyZone(formulas: Formulas, top: number): Zone {
  const row = (letter: string, of: number, length: number): readonly Literal[] =>
    count(length).map((at) => formulas.variable(`${letter}${of}_${at}`));
  const orders = count(top + 1);
  return {
    top,
    listed: orders.map((of) => row('F', of, 2 ** (top - of))),
    outstanding: orders.map((of) => row('A', of, 2 ** (top - of))),
    apart: row('B', 0, 2 ** top),
    bits: orders.slice(0, top).map((of) => row('M', of, 2 ** (top - of - 1))),
  };
}

export const at = (rows: readonly (readonly Literal[])[], of: number, index: number): Literal =>
  rows[of]?.[index] ?? FALSE;

/** Every page is in exactly one block, listed or outstanding, or apart. @clause STATE-1 @clause LIST-4 */
export const covered = (formulas: Formulas, { top, listed, outstanding, apart }: Zone): Literal =>
  formulas.all(
    count(2 ** top).map((page) =>
      formulas.exactlyOne([
        apart[page] ?? FALSE,
        ...count(top + 1).flatMap((of) => [at(listed, of, page >> of), at(outstanding, of, page >> of)]),
      ]),
    ),
  );

/** For every pair of every order below the top. */
const everyPair = (formulas: Formulas, { top }: Zone, says: (of: number, pair: number) => Literal): Literal =>
  formulas.all(count(top).flatMap((of) => count(2 ** (top - of - 1)).map((pair) => says(of, pair))));

/** No two buddies are both listed. @clause PAIR-4 */
export const maximal = (formulas: Formulas, zone: Zone): Literal =>
  everyPair(formulas, zone, (of, pair) =>
    not(formulas.and(at(zone.listed, of, 2 * pair), at(zone.listed, of, 2 * pair + 1))),
  );

/** The bit of a pair is 1 exactly where one of two facts about its halves holds and the other does not. @clause MAP-3 */
export const bitTells = (formulas: Formulas, zone: Zone, rows: readonly (readonly Literal[])[]): Literal =>
  everyPair(formulas, zone, (of, pair) =>
    formulas.iff(at(zone.bits, of, pair), formulas.xor(at(rows, of, 2 * pair), at(rows, of, 2 * pair + 1))),
  );

/** What is asked of a zone: an order, a page, and by which door. */
export interface Request {
  /** By order, of which exactly one is meant. */
  readonly orders: readonly Literal[];
  /** The page's number in binary, lowest digit first. */
  readonly page: readonly Literal[];
}

export function anyRequest(formulas: Formulas, top: number, letter: string): Request {
  return {
    orders: count(top + 1).map((of) => formulas.variable(`${letter}${of}`)),
    page: count(top).map((digit) => formulas.variable(`X${letter}${digit}`)),
  };
}

/** Reports whether a request means a block. */
export function means(formulas: Formulas, { orders, page }: Request, of: number, index: number): Literal {
  const digits = page.slice(of).map((digit, n) => (((index >> n) & 1) === 1 ? digit : not(digit)));
  return formulas.and(orders[of] ?? FALSE, formulas.all(digits));
}
