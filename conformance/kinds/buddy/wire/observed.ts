/** The reply to an observe: what an allocator shows of itself, judged as strictly as its grants. */

import { fieldOf, isFields, isList, isNatural, malformed, mustBe, objectAt, parsed } from '../../../wire/fields.ts';
import { pfn } from '../../../unit.ts';
import type { Fields } from '../../../wire/fields.ts';
import type { Malformed, Parsed } from '../../../judge/subject.ts';
import type { ViewName } from './requests.ts';
import type { Pfn, Reported } from '../../../../protocol/index.ts';

/** Most orders of a view, unless the arena has more. */
const MAX_ORDERS = 256;

/** A number that no count and no frame can be: a fraction, below 0, or above 2^53 - 1. Or, in words, why a view is none. */
export interface Nonsense {
  readonly view: ViewName;
  /** Whose list it is on; a count has none. */
  readonly order?: number;
  readonly shown: number | string;
}

/** Reported that were read. Whether the numbers in them are right is for the judge. */
export interface Observed extends Reported {
  /** The first number that is nonsense; in its place, and in that of every other, stands -1. */
  readonly nonsense?: Nonsense;
}

/** The arena that is shown. Where there is more to see than it can have, the rest is left out: it refutes itself. */
export interface Bound {
  readonly pages: number;
  readonly orders: number;
}

/** Reads the views of one reply. */
class Reader {
  nonsense: Nonsense | undefined;
  readonly #most: number;
  readonly #orders: number;

  constructor(bound: Bound | undefined) {
    this.#most = bound === undefined ? Infinity : bound.pages + 1;
    this.#orders = Math.max(MAX_ORDERS, bound?.orders ?? 0);
  }

  number(view: ViewName, value: unknown, order?: number): number {
    if (isNatural(value)) return value + 0; // no -0
    this.nonsense ??= { view, ...(order === undefined ? {} : { order }), shown: Number(value) };
    return -1;
  }

  count(view: ViewName, value: unknown): Parsed<number> {
    const place = `observed.${view}`;
    return typeof value === 'number' ? parsed(this.number(view, value)) : mustBe(place, 'a number', value);
  }

  /** At most `most` blocks in all: one more than there are frames, no two of which can then be right. */
  blocks(view: ViewName, value: unknown): Parsed<readonly (readonly Pfn[])[]> {
    const lists = this.#perOrder(view, value);
    if (lists.kind === 'malformed') return lists;
    const all: Pfn[][] = [];
    let left = this.#most;
    for (const [order, list] of lists.value.entries()) {
      const place = `observed.${view}.${order}`;
      if (!isList(list)) return mustBe(place, 'a list', list);
      const heads: Pfn[] = [];
      for (const [at, head] of list.entries()) {
        if (typeof head !== 'number') return mustBe(`${place}.${at}`, 'a number', head);
        if (left-- > 0) heads.push(pfn(this.number(view, head, order)));
      }
      all.push(heads);
    }
    return parsed(all);
  }

  bits(view: ViewName, value: unknown): Parsed<readonly string[]> {
    const texts = this.#perOrder(view, value);
    if (texts.kind === 'malformed') return texts;
    const all: string[] = [];
    for (const [order, text] of texts.value.entries()) {
      const place = `observed.${view}.${order}`;
      if (typeof text !== 'string') return mustBe(place, 'a string', text);
      if (/[^01]/.test(text)) return malformed(`${place} is not a string of 0 and 1`);
      all.push(text);
    }
    return parsed(all);
  }

  #perOrder(view: ViewName, value: unknown): Parsed<readonly unknown[]> {
    const place = `observed.${view}`;
    if (!isList(value)) return mustBe(place, 'a list', value);
    return value.length > this.#orders ? malformed(`${place} has more than ${this.#orders} orders`) : parsed(value);
  }
}

/** Adds a view under its name in `Reported`. */
function readView(reader: Reader, observed: Fields, view: ViewName): Parsed<Reported> {
  const value = fieldOf(observed, view);
  switch (view) {
    case 'free-count': {
      const freeCount = reader.count(view, value);
      return freeCount.kind === 'malformed' ? freeCount : parsed({ freeCount: freeCount.value });
    }
    case 'free-blocks': {
      const freeBlocks = reader.blocks(view, value);
      return freeBlocks.kind === 'malformed' ? freeBlocks : parsed({ freeBlocks: freeBlocks.value });
    }
    case 'free-lists': {
      const freeLists = reader.blocks(view, value);
      return freeLists.kind === 'malformed' ? freeLists : parsed({ freeLists: freeLists.value });
    }
    case 'pair-bits': {
      const pairBits = reader.bits(view, value);
      return pairBits.kind === 'malformed' ? pairBits : parsed({ pairBits: pairBits.value });
    }
  }
}

/**
 * Reads the reply to an observe: all views that were asked for, and no other. With a bound, each view of blocks has at most
 * as many as the arena has frames, and one more.
 */
export function parseObserved(reply: unknown, asked: readonly ViewName[], bound?: Bound): Parsed<Observed> {
  const outer = objectAt('the reply', reply);
  if (outer.kind === 'malformed') return outer;
  const observed = fieldOf(outer.value, 'observed');
  if (!isFields(observed)) return mustBe('observed', 'an object', observed);
  const reader = new Reader(bound);
  let views: Reported = {};
  for (const view of asked) {
    if (fieldOf(observed, view) === undefined) return malformed(`no "${view}"`);
    const read = readView(reader, observed, view);
    if (read.kind === 'malformed') return read;
    views = { ...views, ...read.value };
  }
  return parsed(reader.nonsense === undefined ? views : { ...views, nonsense: reader.nonsense });
}

/** Returns the views that an object of this process shows, read as strictly as a reply; a view that is none is nonsense. */
export function readReported(shown: unknown, bound: Bound): Observed {
  if (!isFields(shown)) return shown === undefined ? {} : unlike('free-count', mustBe('observe()', 'an object', shown));
  const reader = new Reader(bound);
  let views: Reported = {};
  for (const [view, name] of NAMES) {
    const value = fieldOf(shown, name);
    if (value === undefined) continue;
    const read = readView(reader, { [view]: value }, view);
    if (read.kind === 'malformed') return unlike(view, read);
    views = { ...views, ...read.value };
  }
  return reader.nonsense === undefined ? views : { ...views, nonsense: reader.nonsense };
}

const NAMES: readonly (readonly [ViewName, name: keyof Reported])[] = [
  ['free-count', 'freeCount'],
  ['free-blocks', 'freeBlocks'],
  ['free-lists', 'freeLists'],
  ['pair-bits', 'pairBits'],
];

const unlike = (view: ViewName, { how }: Malformed): Observed => ({ nonsense: { view, shown: how } });
