/** What a trace tells of each page frame: who holds it since which line, in five bytes a frame, for frames that were seen. */

/** The frames of one part of the table. */
const CHUNK = 4096;

/** The most parts: 2^28 frames, 1 TiB of pages of 4 kB. */
const MOST_CHUNKS = 2 ** 16;

/** Nothing is known of the frame. */
export const UNKNOWN = 0;
/** Nobody holds the frame. */
export const IDLE = 1;
/** The frame lies in the buddy system. */
export const BUDDY = 2;
/** The frame was granted; the order is added to this. */
export const LIVE = 8;

interface Chunk {
  /** The line of the last event that said something of the frame, modulo 2^32. */
  readonly lines: Uint32Array;
  readonly states: Uint8Array;
}

/** A table of frames. */
export class Pages {
  readonly #chunks = new Map<number, Chunk>();
  #last: Chunk | undefined;
  #lastAt = -1;
  /** Frames beyond the most that the table holds. */
  beyond = 0;

  /** Frames that the table has room for: what it holds in memory is five bytes for each. */
  get frames(): number {
    return this.#chunks.size * CHUNK;
  }

  #chunkOf(pfn: number): Chunk | undefined {
    const at = Math.floor(pfn / CHUNK);
    if (at === this.#lastAt) return this.#last;
    let chunk = this.#chunks.get(at);
    if (chunk === undefined) {
      if (this.#chunks.size >= MOST_CHUNKS) {
        this.beyond++;
        return undefined;
      }
      chunk = { lines: new Uint32Array(CHUNK), states: new Uint8Array(CHUNK) };
      this.#chunks.set(at, chunk);
    }
    this.#last = chunk;
    this.#lastAt = at;
    return chunk;
  }

  /** Returns what is known of a frame. */
  stateOf(pfn: number): number {
    return this.#chunkOf(pfn)?.states[pfn % CHUNK] ?? UNKNOWN;
  }

  /** Returns the line of the event that said it. */
  lineOf(pfn: number): number {
    return this.#chunkOf(pfn)?.lines[pfn % CHUNK] ?? 0;
  }

  /** Notes what an event says of a frame. */
  note(pfn: number, state: number, line: number): void {
    const chunk = this.#chunkOf(pfn);
    if (chunk === undefined) return;
    chunk.states[pfn % CHUNK] = state;
    chunk.lines[pfn % CHUNK] = line;
  }

  /** Forgets what is known of all frames. */
  forget(): void {
    for (const { states } of this.#chunks.values()) states.fill(UNKNOWN);
  }
}
