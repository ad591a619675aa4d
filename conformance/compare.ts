import { Expected, wordsOver } from './expected.ts';
import type { Clause, Counterexample, Observation, Owner, Pfn } from '../protocol/index.ts';
import type { Touched } from './expected.ts';
import type { Buddy, Pair, Placed } from '../spec/index.ts';

type Difference = Counterexample | undefined;

const differs = (clause: Clause, place: string, observed: string, expected: string): Counterexample => ({
  clause,
  place,
  facts: [observed, expected],
});

/** A node of the links as words: a frame, the end of its list, or nothing that belongs there. */
function nameOf(node: number | undefined, { arena }: Observation): string {
  if (node === undefined || node < 0) return 'nothing';
  return node < arena.pages ? `frame ${arena.base + node}` : `the end of order ${node - arena.pages}`;
}

/** The list of one order, walked from its head: links forth and back. */
function compareList(at: number, expected: readonly Pfn[], seen: Observation): Difference {
  const { arena, links } = seen;
  const head = arena.pages + at;
  let node = head;
  for (let n = 0; n <= expected.length; n++) {
    const frame = expected[n];
    const next = frame === undefined ? head : frame - arena.base;
    if (links[2 * node] !== next) {
      const observed = `after ${nameOf(node, seen)} the list has ${nameOf(links[2 * node], seen)}`;
      return differs(
        frame === undefined ? 'LIST-3' : 'PLACE-4',
        `order ${at}`,
        observed,
        `it must have ${nameOf(next, seen)}`,
      );
    }
    if (links[2 * next + 1] !== node) {
      const observed = `before ${nameOf(next, seen)} the list has ${nameOf(links[2 * next + 1], seen)}`;
      return differs('LIST-1', `order ${at}`, observed, `it must have ${nameOf(node, seen)}`);
    }
    node = next;
  }
  return undefined;
}

function compareMap(at: number, pairs: readonly Pair[], words: Int32Array, map: ArrayLike<number>): Difference {
  if (map.length < words.length) {
    return differs('MAP-1', `order ${at}`, `the map has ${map.length} words`, `its pairs take ${words.length}`);
  }
  for (let word = 0; word < words.length; word++) {
    const wrong = (words[word] ?? 0) ^ (map[word] ?? 0);
    if (wrong === 0) continue;
    const pair = 32 * word + 31 - Math.clz32(wrong & -wrong);
    const bit = ((map[word] ?? 0) >>> (pair & 31)) & 1;
    const is = (free: boolean | undefined): string => (free === true ? 'free' : 'in use');
    const halves = `lower buddy ${is(pairs[pair]?.lower)}, upper buddy ${is(pairs[pair]?.upper)}`;
    return differs('MAP-2', `order ${at} pair ${pair}`, `map bit is ${bit}`, halves);
  }
  return undefined;
}

function compareOwners(base: number, expected: ArrayLike<number>, owners: ArrayLike<Owner>): Difference {
  for (let index = 0; index < expected.length; index++) {
    if (owners[index] === expected[index]) continue;
    const facts = [`its owner is ${owners[index]}`, `it must be ${expected[index]}`] as const;
    return differs('STATE-1', `frame ${base + index}`, ...facts);
  }
  return undefined;
}

function compareMarks({ lists, state }: Placed, { arena, kernel, marks }: Observation): Difference {
  if (kernel === '2.4') return undefined;
  let marked = 0;
  for (let frame = 0; frame < arena.pages; frame++) marked += marks.flag[frame] ?? 0;
  for (const [at, list] of lists.entries()) {
    for (const head of list) {
      marked--;
      if (marks.flag[head - arena.base] === 1 && marks.order[head - arena.base] === at) continue;
      return differs(
        'MARK-1',
        `frame ${head}`,
        `it is not marked as order ${at}`,
        `it heads a free block of order ${at}`,
      );
    }
  }
  return marked === 0
    ? undefined
    : differs('MARK-1', 'arena', `${marked} frames too many are marked`, `origin ${state.origin}`);
}

/** Whether words are bit by bit as expected, signed or not. */
function sameWords(expected: Int32Array, seen: ArrayLike<number>): boolean {
  if (seen.length < expected.length) return false;
  for (let n = 0; n < expected.length; n++) if (((expected[n] ?? 0) ^ (seen[n] ?? 0)) !== 0) return false;
  return true;
}

/**
 * Compares a zone's arrays with what the specification says they hold, each time completely: lists both ways and in order,
 * map or marks, owners, count.
 */
export class Comparison {
  readonly #expected = new Expected();
  #owners: ArrayLike<Owner> = [];
  #ownerWords: Int32Array | undefined;

  /**
   * Where the zone differs first; undefined where it holds exactly what it must. What is expected is worked out anew for what
   * was `touched` since the last comparison; what is seen is looked at as a whole each time.
   */
  compare(placed: Placed, seen: Observation, touched: Touched = 'all'): Difference {
    const { lists, state } = placed;
    this.#expected.follow(state, touched);
    let free = 0;
    for (let at = 0; at < lists.length; at++) {
      const list = lists[at] ?? [];
      const difference = compareList(at, list, seen);
      if (difference !== undefined) return difference;
      free += list.length << at;
    }
    if (free !== seen.freeCount) {
      return differs('COUNT-1', 'arena', `the count of free frames is ${seen.freeCount}`, `${free} frames are free`);
    }
    const marks = this.#compareMaps(state, seen) ?? compareMarks(placed, seen);
    if (marks !== undefined || this.#sameOwners(seen)) return marks;
    return compareOwners(state.arena.base, this.#expected.owners, seen.owners);
  }

  #compareMaps({ pairs }: Buddy, { maps }: Observation): Difference {
    const expected = this.#expected.maps;
    for (let at = 0; at < maps.length; at++) {
      const [words, map] = [expected[at], maps[at]];
      if (words === undefined || map === undefined) break;
      if (!sameWords(words, map)) return compareMap(at, pairs[at] ?? [], words, map);
    }
    return undefined;
  }

  /** Four at a time where they lie so that they can be read like that; the others one by one. */
  #sameOwners({ owners }: Observation): boolean {
    if (owners !== this.#owners) {
      this.#owners = owners;
      this.#ownerWords = wordsOver(owners);
    }
    const { ownerWords, owners: expected } = this.#expected;
    const words = this.#ownerWords;
    if (words !== undefined && !sameWords(ownerWords, words)) return false;
    for (let n = words === undefined ? 0 : 4 * ownerWords.length; n < expected.length; n++) {
      if (owners[n] !== expected[n]) return false;
    }
    return true;
  }
}
