/** What a trace tells of each page frame: who holds it since which line, in some seven bytes a frame, for frames that were seen. */

/** Frames side by side that are noted together. */
const CHUNK = 8;

/** The chunks of one part of the memory that holds them. */
const PART = 2 ** 13;

/** The most chunks: 2^28 frames, 1 TiB of pages of 4 kB. */
const MOST_CHUNKS = 2 ** 25;

/** Nothing is known of the frame. */
export const UNKNOWN = 0;
/** Nobody holds the frame. */
export const IDLE = 1;
/** The frame lies in the buddy system. */
export const BUDDY = 2;
/** The frame was granted; the order is added to this. */
export const LIVE = 8;

interface Part {
  /** The line of the last event that said something of the frame, modulo 2^32. */
  readonly lines: Uint32Array;
  readonly states: Uint8Array;
}

/** A place of the index that holds no chunk. */
const NONE = -1;

/** Where the chunks of a trace are, by their number: open addressing, at most three quarters full. */
class Index {
  #keys = new Float64Array(2 ** 10).fill(NONE);
  #values = new Int32Array(2 ** 10);
  count = 0;

  #placeOf(key: number): number {
    const last = this.#keys.length - 1;
    const mixed = Math.imul((key % 2 ** 32) ^ Math.floor(key / 2 ** 32), 0x9e3779b1);
    let place = (mixed ^ (mixed >>> 15)) & last;
    for (let at = this.#keys[place]; at !== key && at !== NONE; at = this.#keys[place]) place = (place + 1) & last;
    return place;
  }

  /** Returns the chunk of that number, or -1. */
  get(key: number): number {
    const place = this.#placeOf(key);
    return this.#keys[place] === key ? (this.#values[place] ?? NONE) : NONE;
  }

  /** Adds a chunk that is not there, and returns it: they are counted from 0. */
  add(key: number): number {
    if (4 * (this.count + 1) > 3 * this.#keys.length) this.#grow();
    const place = this.#placeOf(key);
    this.#keys[place] = key;
    this.#values[place] = this.count;
    return this.count++;
  }

  #grow(): void {
    const keys = this.#keys;
    const values = this.#values;
    this.#keys = new Float64Array(2 * keys.length).fill(NONE);
    this.#values = new Int32Array(2 * keys.length);
    for (const [at, key] of keys.entries()) {
      if (key === NONE) continue;
      const place = this.#placeOf(key);
      this.#keys[place] = key;
      this.#values[place] = values[at] ?? NONE;
    }
  }
}

/** A table of frames. */
export class Pages {
  readonly #index = new Index();
  readonly #parts: Part[] = [];
  /** The chunk that was asked for last, where it is, and its part. */
  #lastKey = NONE;
  #last = NONE;
  #part: Part | undefined;
  /** Frames beyond the most that the table holds. */
  beyond = 0;

  /** Finds the part of a frame, and the frame's place in it; -1 if nothing is noted of it. */
  #find(pfn: number): number {
    const key = Math.floor(pfn / CHUNK);
    if (key !== this.#lastKey) {
      this.#lastKey = key;
      this.#last = this.#index.get(key);
      this.#part = this.#parts[Math.floor(this.#last / PART)];
    }
    return this.#last === NONE ? NONE : (this.#last % PART) * CHUNK + (pfn % CHUNK);
  }

  /** Returns what is known of a frame. */
  stateOf(pfn: number): number {
    const at = this.#find(pfn);
    return at === NONE ? UNKNOWN : (this.#part?.states[at] ?? UNKNOWN);
  }

  /** Returns the line of the event that said it. */
  lineOf(pfn: number): number {
    const at = this.#find(pfn);
    return at === NONE ? 0 : (this.#part?.lines[at] ?? 0);
  }

  /** Notes what an event says of a frame. */
  note(pfn: number, state: number, line: number): void {
    if (this.#find(pfn) === NONE) this.#add();
    const part = this.#part;
    if (part === undefined) return;
    const at = this.#find(pfn);
    part.states[at] = state;
    part.lines[at] = line;
  }

  /** Makes room for the chunk that was asked for. */
  #add(): void {
    if (this.#index.count >= MOST_CHUNKS) {
      this.beyond++;
      return;
    }
    this.#last = this.#index.add(this.#lastKey);
    const part = Math.floor(this.#last / PART);
    const size = PART * CHUNK;
    this.#part = this.#parts[part] ??= { lines: new Uint32Array(size), states: new Uint8Array(size) };
  }

  /** Forgets what is known of all frames. */
  forget(): void {
    for (const { states } of this.#parts) states.fill(UNKNOWN);
  }
}
