/** What a zone's owner table says: which pages are in outstanding blocks, which are free, and so which blocks are on which list. */

import { BOOT, HOLE } from '../../../src/buddy/owner.ts';
import { FALSE, not } from '../../formula/formula.ts';
import { constant } from '../../formula/word.ts';
import type { Goal } from './question.ts';
import type { Literal } from '../../formula/formula.ts';
import type { Word, Words } from '../../formula/word.ts';

/** The size of a zone, and how far its first page lies after a multiple of the largest block. */
export interface Size {
  readonly pages: number;
  readonly orders: number;
  readonly offset: number;
}

export const count = (n: number): readonly number[] => Array.from({ length: n }, (_, at) => at);

/** The pages as their owners say. */
export interface Owned {
  /** A legal table: blocks are aligned and inside the zone, and no page is in two. */
  readonly legal: readonly Goal[];
  /** By page: whether it is in an outstanding block, and whether it is free. */
  readonly covered: readonly Literal[];
  readonly free: readonly Literal[];
}

/** Returns what an owner table says. @clause STATE-1 */
export function ownedBy(words: Words, { pages, orders, offset }: Size, owners: readonly Word[]): Owned {
  const { formulas } = words;
  const says = (page: number, what: number): Literal => {
    const owner = owners[page];
    return owner === undefined ? FALSE : words.equal(owner, constant(what));
  };
  const heads = count(pages).map((page) => count(orders).map((order) => says(page, order)));
  const cover = count(pages).map((page) =>
    count(orders).map((order) => heads[(((page + offset) >> order) << order) - offset]?.[order] ?? FALSE),
  );
  const covered = cover.map((blocks) => formulas.any(blocks));
  const apart = count(pages).map((page) => formulas.or(says(page, BOOT), says(page, HOLE)));
  const misplaced = count(pages).map((page) =>
    formulas.any(
      count(orders)
        .filter((order) => (page + offset) % 2 ** order !== 0 || page + 2 ** order > pages)
        .map((order) => heads[page]?.[order] ?? FALSE),
    ),
  );
  const once = cover.map((blocks, page) => formulas.atMostOne([...blocks, apart[page] ?? FALSE]));
  return {
    legal: [
      ...misplaced.map((wrong, page) => ({ name: `a block at page ${page} is aligned and inside`, holds: not(wrong) })),
      ...once.map((holds, page) => ({ name: `page ${page} is in one block`, holds })),
    ],
    covered,
    free: covered.map((inside, page) => not(formulas.or(inside, apart[page] ?? FALSE))),
  };
}

/** The blocks that are free as a whole. */
export interface Blocks {
  /** By order, then by block: whether all of its pages are free. Blocks are counted from the multiple before the first page. */
  readonly whole: readonly (readonly Literal[])[];
  /** By order, then by page: whether the page is the first of a block on the order's list. */
  readonly listed: readonly (readonly Literal[])[];
  /** By page: the order of the list that it is on, or -1. */
  readonly list: readonly Word[];
}

/** Returns which blocks are on which list if those pages are free: each that is free and in no larger one. @clause LIST-4 @clause PAIR-4 */
export function blocksOf(words: Words, { pages, orders, offset }: Size, free: readonly Literal[]): Blocks {
  const { formulas } = words;
  const top = orders - 1;
  const span = Math.ceil((offset + pages) / 2 ** top) * 2 ** top;
  const whole: (readonly Literal[])[] = [count(span).map((at) => free[at - offset] ?? FALSE)];
  for (let order = 1; order <= top; order++) {
    const halves = whole[order - 1] ?? [];
    whole.push(count(span >> order).map((at) => formulas.and(halves[2 * at] ?? FALSE, halves[2 * at + 1] ?? FALSE)));
  }
  const isListed = (order: number, block: number): Literal =>
    formulas.and(whole[order]?.[block] ?? FALSE, not(whole[order + 1]?.[block >> 1] ?? FALSE));
  const listed = count(orders).map((order) =>
    count(pages).map((page) =>
      (page + offset) % 2 ** order === 0 ? isListed(order, (page + offset) >> order) : FALSE,
    ),
  );
  const list = count(pages).map((page) =>
    count(orders).reduce(
      (sum, order) => words.choice(listed[order]?.[page] ?? FALSE, constant(order), sum),
      constant(-1),
    ),
  );
  return { whole, listed, list };
}

/** Reports whether two words differ by as much as the number of conditions that hold before and after. */
export function countsChange(
  words: Words,
  [before, after]: readonly [readonly Literal[], readonly Literal[]],
  [was, is]: readonly [Word, Word],
): Literal {
  const { formulas } = words;
  /** 1, 0 or -1 as a word: the sign is in every bit but the first. */
  const changes = before.map((old, at): Word => {
    const now = after[at] ?? FALSE;
    const gone = formulas.and(old, not(now));
    return constant(0).map((_, bit) => (bit === 0 ? formulas.xor(old, now) : gone));
  });
  const changed = changes.filter((change) => change.some((literal) => literal !== FALSE));
  let sums: readonly Word[] = changed;
  while (sums.length > 1) {
    const pairs = sums;
    sums = count(Math.ceil(pairs.length / 2)).map((at) => {
      const [left, right] = [pairs[2 * at] ?? constant(0), pairs[2 * at + 1]];
      return right === undefined ? left : words.add(left, right).word;
    });
  }
  return words.equal(words.subtract(is, was).word, sums[0] ?? constant(0));
}
