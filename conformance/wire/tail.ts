/** The last bytes of a stream. */

/** Bytes that are kept. */
const KEPT = 65536;

/** Keeps the last 64 KiB, however many pieces they came in, in 128 KiB. */
export class Tail {
  readonly #bytes: Buffer = Buffer.alloc(2 * KEPT);
  #length = 0;

  push(bytes: Buffer): void {
    const piece = bytes.subarray(-KEPT);
    if (this.#length + piece.length > this.#bytes.length) {
      this.#bytes.copyWithin(0, this.#length - KEPT, this.#length);
      this.#length = KEPT;
    }
    piece.copy(this.#bytes, this.#length);
    this.#length += piece.length;
  }

  /** Returns what is kept, read as UTF-8. */
  text(): string {
    return this.#bytes.subarray(Math.max(0, this.#length - KEPT), this.#length).toString();
  }
}
