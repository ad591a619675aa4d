/** Any state of a zone that satisfies the invariant, and the invariant of a state after a step. */

import { FALSE, not } from '../../formula/formula.ts';
import { FIRST, ON, isFirst } from './contract.ts';
import { HOLE } from '../../../src/buddy/owner.ts';
import { blocksOf, count, countsChange, ownedBy } from './blocks.ts';
import { constant } from '../../formula/word.ts';
import { wordsIn } from '../../front/run/reflect.ts';
import type { Blocks, Owned, Size } from './blocks.ts';
import type { Goal } from './question.ts';
import type { Heap } from '../../front/run/state.ts';
import type { Literal } from '../../formula/formula.ts';
import type { Subject } from '../../front/subject.ts';
import type { Word, Words } from '../../formula/word.ts';

/** The names of a zone's arrays, as `front/run/reflect.ts` finds them. */
export const OWNERS = 'owners.bytes';
export const MAP = 'map';
export const COUNTERS = 'counters.words';
export const FLAG = 'buddyFlag.words';
export const PRIVATE = 'privateOrder.words';
export const LINKS = 'links';

/** A state, and what its owner table says of it. */
export interface Known {
  readonly heap: Heap;
  readonly owned: Owned;
  readonly blocks: Blocks;
}

/** The number of bits that numbers up to one need. */
const widthOf = (most: number): number => Math.ceil(Math.log2(most + 1));

/** Returns which bit of the map says what: the bit of each pair is 1 if one half alone is free as a whole. @clause MAP-2 @clause MAP-3 */
function pairBits(
  words: Words,
  { firstBits }: Subject['zone'],
  { orders, pages }: Size,
  { whole }: Blocks,
): ReadonlyMap<number, Literal> {
  const bits = new Map<number, Literal>();
  for (const order of count(orders - 1)) {
    const halves = whole[order] ?? [];
    for (const pair of count(Math.ceil(pages / 2 ** (order + 1)))) {
      const half = (n: number): Literal => halves[2 * pair + n] ?? FALSE;
      bits.set((firstBits[order] ?? 0) + pair, words.formulas.xor(half(0), half(1)));
    }
  }
  return bits;
}

/** Returns the arrays that the owner table determines, and unknown numbers for the rest. */
function determined(words: Words, { zone }: Subject, size: Size, blocks: Blocks): Heap {
  const is24 = zone.kernel === '2.4';
  const bits = is24 ? pairBits(words, zone, size, blocks) : new Map<number, Literal>();
  const map = count(zone.map.length).map((at) =>
    words.variable(`map${at}`, 32, false).map((free, bit) => bits.get(32 * at + bit) ?? free),
  );
  const marked = count(is24 ? 0 : size.pages);
  const isOn = (page: number): Literal => not(words.isNegative(blocks.list[page] ?? constant(-1)));
  const flag = marked.map((page) => words.choice(isOn(page), constant(1), constant(0)));
  const order = marked.map((page) => words.choice(isOn(page), blocks.list[page] ?? constant(0), constant(0)));
  const counters = count(zone.counters.words.length).map((at) =>
    words.variable(`count${at}`, widthOf(size.pages), false),
  );
  const width = widthOf(size.pages + size.orders - 1);
  const first = count(size.orders).map((at) => words.variable(`first${at}`, width, false));
  return new Map([
    [MAP, map],
    [FLAG, flag],
    [PRIVATE, order],
    [COUNTERS, counters],
    [ON, blocks.list],
    [FIRST, first],
  ]);
}

/** The parts of the invariant: what the owner table may say, what it determines, and the first page of each list. */
export const PARTS = ['owners', 'blocks', 'lists', 'firsts', 'map', 'flags', 'marked orders'] as const;
export type PartOfInvariant = (typeof PARTS)[number];

/** The arrays that a part of the invariant determines, and the widths of their unknown numbers without it. */
const ARRAYS: ReadonlyMap<PartOfInvariant, readonly [name: string, width: number]> = new Map([
  ['lists', [ON, 4]],
  ['map', [MAP, 32]],
  ['flags', [FLAG, 1]],
  ['marked orders', [PRIVATE, 4]],
]);

/** Returns the array of a part of the invariant with unknown numbers. */
function unknown(words: Words, heap: Heap, part: PartOfInvariant | undefined): Heap {
  const found = part && ARRAYS.get(part);
  if (found === undefined) return new Map();
  const [name, width] = found;
  return new Map([[name, (heap.get(name) ?? []).map((_, at) => words.variable(`any${at}`, width, name === ON))]]);
}

/** A state with unknown numbers, and what is supposed of them. */
export interface AnyState extends Known {
  readonly supposed: readonly Literal[];
}

/**
 * Returns any state that satisfies the invariant, and what is supposed of its unknown numbers. `without`: a part of the invariant
 * that is not supposed.
 */
export function anyState(words: Words, subject: Subject, size: Size, without?: PartOfInvariant): AnyState {
  const { formulas } = words;
  const width = widthOf(Math.max(size.orders - 1, -HOLE)) + 1;
  const owners = count(size.pages).map((page) => words.variable(`owner${page}`, width, true));
  const owned = ownedBy(words, size, owners);
  const blocks = blocksOf(words, size, owned.free);
  const made = [...wordsIn(subject.arrays)].filter(([name]) => name !== LINKS);
  const rest = determined(words, subject, size, blocks);
  const heap = new Map([...made, ...rest, ...unknown(words, rest, without), [OWNERS, owners] as const]);
  const inRange = owners.map((owner) =>
    formulas.and(not(words.less(owner, constant(HOLE))), words.less(owner, constant(size.orders))),
  );
  const counted = (heap.get(COUNTERS) ?? []).map((word, at) => {
    const most = at === 0 ? size.pages : size.pages >> (at - 1);
    return not(words.less(constant(most), word));
  });
  const firsts = (heap.get(FIRST) ?? []).map((first, order) =>
    isFirst(words, size, order, first, blocks.listed[order] ?? []),
  );
  const supposed = [
    ...(without === 'owners' ? [] : inRange),
    ...(without === 'blocks' ? [] : owned.legal.map(({ holds }) => holds)),
    ...counted,
    ...(without === 'firsts' ? [] : firsts),
  ];
  return { heap, owned, blocks, supposed };
}

const zip = (one: readonly Word[], other: readonly Word[]): readonly (readonly [Word, Word])[] =>
  one.map((word, at) => [word, other[at] ?? constant(0)] as const);

/** Returns what a state is known by, whose ghost arrays and owners are in a heap. */
export function knownOf(words: Words, size: Size, heap: Heap): Known {
  const owned = ownedBy(words, size, heap.get(OWNERS) ?? []);
  return { heap, owned, blocks: blocksOf(words, size, owned.free) };
}

/** Returns what must hold of the words that the owner table determines. */
function same(words: Words, after: Heap, expected: Heap, name: string, says: string): readonly Goal[] {
  return zip(after.get(name) ?? [], expected.get(name) ?? []).map(([is, must], at) => ({
    name: `${says} ${at}`,
    holds: words.equal(is, must),
  }));
}

/** Returns the goals that counts have changed as the lists have. @clause COUNT-1 */
function counts(words: Words, before: Known, after: Known): readonly Goal[] {
  const [was, is] = [before.heap.get(COUNTERS) ?? [], after.heap.get(COUNTERS) ?? []];
  return zip(was, is).map((pair, at) => {
    const rows = [before, after].map(({ owned, blocks }) => (at === 0 ? owned.free : (blocks.listed[at - 1] ?? [])));
    const [old, now] = rows;
    return {
      name: at === 0 ? 'the count of free pages' : `the count of order ${at - 1}`,
      holds: countsChange(words, [old ?? [], now ?? []], pair),
    };
  });
}

/** Returns that the counts are what they count. Goals are about changes of them, and need only their bounds. */
export function countsAre(words: Words, { heap, owned, blocks }: Known): readonly Literal[] {
  const counters = heap.get(COUNTERS) ?? [];
  return counters.map((word, at) => {
    const counted = at === 0 ? owned.free : (blocks.listed[at - 1] ?? []);
    const none = counted.map(() => FALSE);
    return countsChange(words, [none, counted], [constant(0), word]);
  });
}

/** Returns the goals that a state after a step satisfies the invariant, and that each block that comes on a list is its first. */
export function invariant(words: Words, subject: Subject, size: Size, before: Known, after: Known): readonly Goal[] {
  const { formulas } = words;
  const expected = determined(words, subject, size, after.blocks);
  const firsts = (after.heap.get(FIRST) ?? []).flatMap((first, order) => {
    const listed = after.blocks.listed[order] ?? [];
    const old = before.blocks.listed[order] ?? [];
    const added = listed.map((now, page) =>
      formulas.implies(formulas.and(now, not(old[page] ?? FALSE)), words.equal(first, constant(page))),
    );
    return [
      { name: `the first of list ${order}`, holds: isFirst(words, size, order, first, listed) },
      { name: `what comes on list ${order} is its first`, holds: formulas.all(added) },
    ];
  });
  return [
    ...after.owned.legal,
    ...same(words, after.heap, expected, ON, 'the list of page'),
    ...firsts,
    ...same(words, after.heap, expected, MAP, 'word of the map'),
    ...same(words, after.heap, expected, FLAG, 'the mark of page'),
    ...same(words, after.heap, expected, PRIVATE, 'the marked order of page'),
    ...counts(words, before, after),
  ];
}

/** Returns whether two heaps are equal in every word. */
export const areSame = (words: Words, one: Heap, other: Heap): Literal =>
  words.formulas.all(
    [...one].flatMap(([name, elements]) =>
      zip(elements, other.get(name) ?? []).map(([left, right]) => words.equal(left, right)),
    ),
  );
