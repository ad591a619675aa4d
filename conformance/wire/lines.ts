/** Raw bytes, cut into lines. */

const NEWLINE = 10;

/** Cuts raw bytes into lines (their ends left out), and holds at most `limit` bytes of one that has no end yet. */
export class Lines {
  limit: number;
  #held: Buffer = Buffer.alloc(0);
  #length = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Bytes that came after the last end of a line. */
  get pending(): number {
    return this.#length;
  }

  /** Hands each line that the bytes complete to `hear`; false, and nothing more is heard, once a line exceeds the limit. */
  push(bytes: Buffer, hear: (line: Buffer) => void): boolean {
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      const rest = bytes.subarray(from, end);
      if (this.#length + rest.length > this.limit) return false;
      hear(this.#length === 0 ? rest : this.#complete(rest));
      from = end + 1;
    }
    if (this.#length + bytes.length - from > this.limit) return false;
    this.#hold(bytes.subarray(from));
    return true;
  }

  #complete(rest: Buffer): Buffer {
    this.#hold(rest);
    const line = this.#held.subarray(0, this.#length);
    this.#length = 0;
    return line;
  }

  /** Copies, so that a slow writer's bytes do not each keep a chunk of the stream alive. */
  #hold(bytes: Buffer): void {
    const length = this.#length + bytes.length;
    if (length > this.#held.length) {
      const larger = Buffer.alloc(2 * length);
      this.#held.copy(larger, 0, 0, this.#length);
      this.#held = larger;
    }
    bytes.copy(this.#held, this.#length);
    this.#length = length;
  }
}
