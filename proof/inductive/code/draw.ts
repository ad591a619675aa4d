/** Pictures of a zone's words, and of a step that goes wrong. */

import { COUNTERS, FLAG, MAP, OWNERS, PRIVATE } from './state.ts';
import { FALSE } from '../../formula/formula.ts';
import { FIRST, ON } from './contract.ts';
import { mapWords } from '../../../src/buddy/region.ts';
import { count } from './blocks.ts';
import { order as orderFrom } from '../../unit.ts';
import type { Heap } from '../../front/run/state.ts';
import type { Known } from './state.ts';
import type { Literal } from '../../formula/formula.ts';
import type { Size } from './blocks.ts';
import type { Word, Words } from '../../formula/word.ts';
import type { ZoneShape } from '../../../src/index.ts';

/** What is drawn. */
export interface Drawn {
  readonly words: Words;
  readonly size: Size;
  readonly kernel: ZoneShape['kernel'];
  readonly before: Known;
  readonly after: Known;
  readonly valueOf: (literal: Literal) => boolean;
  readonly done: string;
  readonly frame: Word;
}

/** Returns the number that a word is in a counterexample. */
export const numberIn = (word: Word, valueOf: (literal: Literal) => boolean): number =>
  word.reduce((sum, literal, bit) => (valueOf(literal) ? sum | (1 << bit) : sum), 0);

const OWNER_NAMES = ['hole', 'boot', 'none', 'freed'];

/** Draws the bits of each order's map, a digit for each pair. */
function drawMap({ orders, pages }: Size, map: readonly Word[], valueOf: Drawn['valueOf']): readonly string[] {
  let first = 0;
  return count(orders - 1).map((order) => {
    const pairs = count(Math.ceil(pages / 2 ** (order + 1))).map((pair) => first + pair);
    first += 32 * mapWords(pages, orderFrom(order));
    const digits = pairs.map((bit) => (valueOf(map[bit >> 5]?.[bit & 31] ?? FALSE) ? 1 : 0));
    return `  map of order ${order}  ${digits.join('')}`;
  });
}

/** Draws a state: who owns each page, which list it is on, the lists' first pages, the map or the marks, and the counts. */
function drawHeap({ size, kernel, valueOf }: Drawn, heap: Heap): string {
  const row = (name: string, texts: readonly (string | number)[]): string =>
    `  ${name.padEnd(14)}${texts.map((text) => String(text).padStart(6)).join('')}`;
  const numbers = (name: string): readonly number[] => (heap.get(name) ?? []).map((word) => numberIn(word, valueOf));
  const firsts = numbers(FIRST).map((first) => (first < size.pages ? first : '-'));
  return [
    row('page', count(size.pages)),
    row(
      'owner',
      numbers(OWNERS).map((owner) => OWNER_NAMES[owner + 4] ?? owner),
    ),
    row(
      'on list',
      numbers(ON).map((list) => (list < 0 ? '-' : list)),
    ),
    ...(kernel === '2.6' ? [row('marked', numbers(FLAG)), row('marked order', numbers(PRIVATE))] : []),
    ...(kernel === '2.4' ? drawMap(size, heap.get(MAP) ?? [], valueOf) : []),
    row('first of list', firsts),
    row('counts', numbers(COUNTERS)),
  ].join('\n');
}

/** Draws a step: the state before, what was done, the state after. */
export function drawStep(drawn: Drawn): string {
  const { before, after, done, frame, valueOf } = drawn;
  const named = /^(?:free|handOver)/u.test(done) ? `, frame ${numberIn(frame, valueOf)}` : '';
  return ['before', drawHeap(drawn, before.heap), `${done}${named}`, 'after', drawHeap(drawn, after.heap)].join('\n');
}
