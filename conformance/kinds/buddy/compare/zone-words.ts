import type { Block } from '../../../../protocol/index.ts';
import { buddy, entryOf } from '../../../../spec/index.ts';
import type { Buddy, Pair } from '../../../../spec/index.ts';

const WORD = 4;

/** What may have changed since the last look: the one block that was granted, freed or handed over, nothing, or anything. */
export type Touched = Block | 'nothing' | 'all';

/** Bytes as words of four, where they lie so that they can be read like that; the bytes that are left over are not in it. */
export function wordsOver(bytes: ArrayLike<number>): Int32Array | undefined {
  if (!(bytes instanceof Int8Array) || bytes.byteOffset % WORD !== 0) return undefined;
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
}

/** Maps as one array, where they lie one behind the other and are as long as expected. */
export function joined(maps: readonly ArrayLike<number>[], expected: readonly Int32Array[]): Int32Array | undefined {
  const [first = new Int32Array(0)] = maps;
  if (!(first instanceof Int32Array)) return undefined;
  let length = 0;
  for (const [at, map] of maps.entries()) {
    const follows = map instanceof Int32Array && map.byteOffset === first.byteOffset + WORD * length;
    if (!follows || map.buffer !== first.buffer || map.length !== expected[at]?.length) return undefined;
    length += map.length;
  }
  return new Int32Array(first.buffer, first.byteOffset, length);
}

function setBit(words: Int32Array, n: number, { lower, upper }: Pair): void {
  const word = words[n >> 5] ?? 0;
  words[n >> 5] = lower === upper ? word & ~(1 << n) : word | (1 << n);
}

/**
 * What a state of the specification means in the words of a zone: a map's bit for each pair, an owner for each frame of the
 * arena. Brought up to date where a block was granted or freed, or worked out anew as a whole.
 */
export class Expected {
  /** By order, the top order's too, which no zone has. Another array for another arena. */
  maps: readonly Int32Array[] = [];
  /** All of them, one behind the other. */
  mapWords: Int32Array = new Int32Array(0);
  owners: Int8Array = new Int8Array(0);
  ownerWords: Int32Array = new Int32Array(0);
  #state: Buddy | undefined;

  follow(state: Buddy, touched: Touched): void {
    const last = this.#state;
    if (last === undefined || touched === 'all' || (touched === 'nothing' && state !== last)) this.#workOut(state);
    else if (touched !== 'nothing') this.#update(state, last, touched);
    this.#state = state;
  }

  #workOut(state: Buddy): void {
    const { arena, origin, owners } = state;
    if (state.arena !== this.#state?.arena) this.#makeRoom(state);
    const before = arena.base - origin;
    for (let n = 0; n < arena.pages; n++) this.owners[n] = entryOf(owners, n + before) ?? 0;
    for (let at = 0; at < this.maps.length; at++) {
      const row = buddy.pairsOf(state, at);
      const words = this.maps[at];
      if (words === undefined) return;
      for (let n = 0; n < row.length; n++) {
        const pair = entryOf(row, n);
        if (pair !== undefined) setBit(words, n, pair);
      }
    }
  }

  #makeRoom({ arena, pairs }: Buddy): void {
    this.owners = new Int8Array(new ArrayBuffer(WORD * Math.ceil(arena.pages / WORD)), 0, arena.pages);
    this.ownerWords = wordsOver(this.owners) ?? this.ownerWords;
    const lengths = pairs.map((row) => Math.ceil(row.length / 32));
    const words = new Int32Array(lengths.reduce((sum, length) => sum + length, 0));
    let end = 0;
    this.maps = lengths.map((length) => words.subarray(end, (end += length)));
    this.mapWords = words;
  }

  #update({ arena, origin, owners, pairs }: Buddy, last: Buddy, { head, order }: Block): void {
    this.owners[head - arena.base] = entryOf(owners, head - origin) ?? 0;
    for (let at = 0; at < pairs.length; at++) {
      const row = pairs[at];
      const words = this.maps[at];
      if (row === undefined || row === last.pairs[at] || words === undefined) return;
      const first = (head - origin) >> (at + 1);
      const behind = at < order ? first + (1 << (order - at - 1)) : first + 1;
      for (let n = first; n < behind; n++) {
        const pair = entryOf(row, n);
        if (pair !== undefined) setBit(words, n, pair);
      }
    }
  }
}
