/** Bytes as lines of text; of a line that is too long the beginning is kept. */

/** The longest line that is kept, in UTF-16 code units. */
const MOST = 64 * 2 ** 10;

/** Cuts bytes into lines, and hands each to whoever takes them. Bytes that are no UTF-8 become replacement characters. */
export class TextLines {
  readonly #decoder = new TextDecoder();
  readonly #take: (line: string) => void;
  #held = '';

  constructor(take: (line: string) => void) {
    this.#take = take;
  }

  /** Takes the next bytes. */
  push(bytes: Uint8Array): void {
    this.#cut(this.#decoder.decode(bytes, { stream: true }));
  }

  /** Ends the text: what came after the last end of a line is a line too. */
  end(): void {
    this.#cut(this.#decoder.decode());
    if (this.#held !== '') this.#take(this.#held);
    this.#held = '';
  }

  #cut(text: string): void {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#hold(text, from, end);
      this.#take(this.#held);
      this.#held = '';
      from = end + 1;
    }
    this.#hold(text, from, text.length);
  }

  #hold(text: string, from: number, to: number): void {
    const room = MOST - this.#held.length;
    if (room > 0 && to > from) this.#held += text.slice(from, Math.min(to, from + room));
  }
}
