import { buddy, entryOf } from '../../../../spec/index.ts';
import { Expected, joined, wordsOver } from './zone-words.ts';
import { ListComparison } from './lists.ts';
import { areSame, bothOf } from './words.ts';
import { differs } from './difference.ts';
import type { Observation, Owner } from '../../../../protocol/index.ts';
import type { Both } from './words.ts';
import type { Difference } from './difference.ts';
import type { Touched } from './zone-words.ts';
import type { Buddy, Pair, Placed, Row } from '../../../../spec/index.ts';

function compareMap(at: number, pairs: Row<Pair>, words: Int32Array, map: ArrayLike<number>): Difference {
  if (map.length < words.length) {
    return differs('MAP-1', `order ${at}`, `the map has ${map.length} words`, `its pairs take ${words.length}`);
  }
  for (let word = 0; word < words.length; word++) {
    const wrong = (words[word] ?? 0) ^ (map[word] ?? 0);
    if (wrong === 0) continue;
    const pair = 32 * word + 31 - Math.clz32(wrong & -wrong);
    const bit = ((map[word] ?? 0) >>> (pair & 31)) & 1;
    const is = (free: boolean | undefined): string => (free === true ? 'free' : 'in use');
    const halves = `lower buddy ${is(entryOf(pairs, pair)?.lower)}, upper buddy ${is(entryOf(pairs, pair)?.upper)}`;
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

function compareMarks({ lists, state }: Placed, { arena, kernel, pageFlags }: Observation): Difference {
  if (kernel === '2.4') return undefined;
  let marked = 0;
  for (let frame = 0; frame < arena.pages; frame++) marked += pageFlags.flag[frame] ?? 0;
  for (const [at, list] of lists.entries()) {
    for (const head of list) {
      marked--;
      if (pageFlags.flag[head - arena.base] === 1 && pageFlags.order[head - arena.base] === at) continue;
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

/**
 * Compares a zone's arrays with what the specification says they hold, each time completely: lists both ways and in order,
 * map or marks, owners, count.
 */
export class Comparison {
  readonly #expected = new Expected();
  readonly #lists = new ListComparison();
  #seen: Observation | undefined;
  #maps: readonly Int32Array[] = [];
  #mapWords: Both | undefined;
  #ownerWords: Both | undefined;

  /**
   * Where the zone differs first; undefined where it holds exactly what it must. What is expected is worked out anew for what
   * was `touched` since the last comparison; what is seen is looked at as a whole each time.
   */
  compare(placed: Placed, seen: Observation, touched: Touched = 'all'): Difference {
    this.#expected.follow(placed.state, touched);
    this.#view(seen);
    return (
      this.#lists.compare(placed.lists, seen, touched) ??
      (this.#sameMaps() ? undefined : this.#compareMaps(placed.state, seen)) ??
      compareMarks(placed, seen) ??
      (this.#sameOwners(seen) ? undefined : compareOwners(placed.state.arena.base, this.#expected.owners, seen.owners))
    );
  }

  /** Reported a zone's maps, and its owners, as words that can be compared at once, where they lie so. */
  #view(seen: Observation): void {
    const { mapWords, maps, ownerWords } = this.#expected;
    if (seen === this.#seen && maps === this.#maps) return;
    this.#seen = seen;
    this.#maps = maps;
    const seenMaps = joined(seen.maps, maps);
    const seenOwners = wordsOver(seen.owners);
    this.#mapWords = seenMaps && bothOf(mapWords, seenMaps);
    this.#ownerWords = seenOwners && bothOf(ownerWords, seenOwners);
  }

  #sameMaps(): boolean {
    return this.#mapWords !== undefined && areSame(this.#mapWords);
  }

  #sameOwners({ owners }: Observation): boolean {
    const { owners: expected, ownerWords } = this.#expected;
    const words = this.#ownerWords;
    if (words === undefined || owners.length < expected.length || !areSame(words)) return false;
    for (let n = 4 * ownerWords.length; n < expected.length; n++) if (owners[n] !== expected[n]) return false;
    return true;
  }

  /** One map after the other: where one differs, or where they cannot be viewed as words. */
  #compareMaps(state: Buddy, { maps }: Observation): Difference {
    for (const [at, map] of maps.entries()) {
      const difference = compareMap(at, buddy.pairsOf(state, at), this.#maps[at] ?? new Int32Array(0), map);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
}
