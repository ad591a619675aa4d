/** Compares the free lists of a zone, which are links in its memory, with those of the specification. */
import { areSame, bothOf } from './words.ts';
import { differs } from './difference.ts';
import type { Both } from './words.ts';
import type { Difference } from './difference.ts';
import type { Arena, Observation, Pfn } from '../../../../protocol/index.ts';
import type { Placed } from '../../../../spec/index.ts';
import type { Touched } from './zone-words.ts';

type Lists = Placed['lists'];

/** A node of the links as words: a frame, the end of its list, or nothing that belongs there. */
function nameOf(node: number | undefined, { arena }: Observation): string {
  if (node === undefined || node < 0) return 'nothing';
  return node < arena.pages ? `frame ${arena.base + node}` : `the end of order ${node - arena.pages}`;
}

function tellNext(at: number, node: number, frame: Pfn | undefined, next: number, seen: Observation): Difference {
  const clause = frame === undefined ? 'LIST-3' : 'PLACE-4';
  const observed = `after ${nameOf(node, seen)} the list has ${nameOf(seen.links[2 * node], seen)}`;
  return differs(clause, `order ${at}`, observed, `it must have ${nameOf(next, seen)}`);
}

function tellPrevious(at: number, node: number, next: number, seen: Observation): Difference {
  const observed = `before ${nameOf(next, seen)} the list has ${nameOf(seen.links[2 * next + 1], seen)}`;
  return differs('LIST-1', `order ${at}`, observed, `it must have ${nameOf(node, seen)}`);
}

/** Each list from its head on: links forth and back. */
function walk(lists: Lists, seen: Observation): Difference {
  const { arena, links } = seen;
  const { base, pages } = arena;
  for (let at = 0; at < lists.length; at++) {
    const list = lists[at] ?? [];
    const head = pages + at;
    let node = head;
    for (let n = 0; n <= list.length; n++) {
      const frame = n < list.length ? list[n] : undefined;
      const next = frame === undefined ? head : frame - base;
      if (links[2 * node] !== next) return tellNext(at, node, frame, next, seen);
      if (links[2 * next + 1] !== node) return tellPrevious(at, node, next, seen);
      node = next;
    }
  }
  return undefined;
}

/** A list of up to so many blocks, and one for so many frames, is walked faster than all links are compared. */
const [FEW, FRAMES_FOR_ONE] = [16, 32];

/** Links that a zone must have: those that were right when they were seen last, and what must have changed since. */
class ExpectedLinks {
  readonly #base: Pfn;
  readonly #pages: number;
  readonly #links: Int32Array;
  readonly #expected: Int32Array;
  readonly #both: Both;
  #lists: Lists;

  /** Takes links that are right. */
  constructor(lists: Lists, { base, pages }: Arena, links: Int32Array) {
    this.#base = base;
    this.#pages = pages;
    this.#links = links;
    this.#expected = links.slice();
    this.#both = bothOf(this.#expected, links);
    this.#lists = lists;
  }

  /** Reports whether the links of a zone are those of its lists, one step after the last look; if not, a walk along them tells. */
  areRight(lists: Lists, links: ArrayLike<number>): boolean {
    if (links !== this.#links) return false;
    // What is taken off first: the half of a block may be put on a list in the same step.
    for (let at = 0; at < lists.length; at++) this.#takeOff(at, this.#lists[at] ?? [], lists[at] ?? []);
    for (let at = 0; at < lists.length; at++) this.#putOn(at, this.#lists[at] ?? [], lists[at] ?? []);
    this.#lists = lists;
    return areSame(this.#both);
  }

  /** Leaves out the one block that a step may take off a list; its own links are then whatever they are. */
  #takeOff(at: number, from: readonly Pfn[], to: readonly Pfn[]): void {
    if (to.length >= from.length) return;
    let n = 0;
    while (n < to.length && from[n] === to[n]) n++;
    const gone = this.#nodeOf(at, from[n]);
    this.#expected[2 * gone] = this.#links[2 * gone] ?? 0;
    this.#expected[2 * gone + 1] = this.#links[2 * gone + 1] ?? 0;
    this.#link(this.#nodeOf(at, to[n - 1]), this.#nodeOf(at, to[n]));
  }

  /** Joins the one block that a step may put on a list, at its head. */
  #putOn(at: number, from: readonly Pfn[], to: readonly Pfn[]): void {
    if (to.length <= from.length) return;
    const first = this.#nodeOf(at, to[0]);
    this.#link(this.#nodeOf(at, undefined), first);
    this.#link(first, this.#nodeOf(at, to[1]));
  }

  /** The node of a block, or without one the head of an order's list. */
  #nodeOf(at: number, block: Pfn | undefined): number {
    return block === undefined ? this.#pages + at : block - this.#base;
  }

  #link(node: number, next: number): void {
    this.#expected[2 * node] = next;
    this.#expected[2 * next + 1] = node;
  }
}

/**
 * Compares a zone's lists with those of the specification, each time completely: every link of every block that is on a list, and
 * of the lists' ends. Few blocks are walked along; of many, all links are compared with those that the last step must have left.
 */
export class ListComparison {
  #expected: ExpectedLinks | undefined;

  /** Where the lists differ first; `touched` is 'all' if more than one step was made since the last comparison. */
  compare(lists: Lists, seen: Observation, touched: Touched): Difference {
    const { arena, freeCount, links } = seen;
    let [blocks, free] = [0, 0];
    for (let at = 0; at < lists.length; at++) {
      const { length } = lists[at] ?? [];
      blocks += length;
      free += length << at;
    }
    const isFew = blocks < FEW + arena.pages / FRAMES_FOR_ONE;
    const isKnown = !isFew && touched !== 'all' && this.#expected?.areRight(lists, links) === true;
    const difference = isKnown ? undefined : this.#walk(lists, seen, isFew);
    if (difference !== undefined || free === freeCount) return difference;
    return differs('COUNT-1', 'arena', `the count of free frames is ${freeCount}`, `${free} frames are free`);
  }

  #walk(lists: Lists, seen: Observation, isFew: boolean): Difference {
    const { arena, links } = seen;
    const difference = walk(lists, seen);
    const isKept = !isFew && difference === undefined && links instanceof Int32Array;
    this.#expected = isKept ? new ExpectedLinks(lists, arena, links) : undefined;
    return difference;
  }
}
