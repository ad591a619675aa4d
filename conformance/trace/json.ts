/** A line of a history in JSON, such as `{"op":"alloc","order":0,"pfn":12}`, as an event. */
import { ALLOC, FREE } from './event.ts';
import type { TraceEvent } from './event.ts';

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** Reads any text of JSON into an event; whether it is one. */
export function parsed(text: string, event: TraceEvent): boolean {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return false;
  }
  if (typeof value !== 'object' || value === null) return false;
  const { cpu, op, order, pfn, time } = value as Readonly<Record<string, unknown>>;
  if ((op !== 'alloc' && op !== 'free') || !isCount(order)) return false;
  if (!isCount(pfn) && !(op === 'alloc' && pfn === null)) return false;
  event.kind = op === 'alloc' ? ALLOC : FREE;
  event.failed = pfn === null;
  event.pfn = pfn ?? 0;
  event.order = order;
  event.cpu = isCount(cpu) ? cpu : 0;
  event.time = isCount(time) ? time : 0;
  return true;
}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const CLOSE = 125;
const ZERO = 48;

/** The most digits of a number that every double holds exactly. */
const MOST_DIGITS = 15;

const wordOf = (text: string): Uint8Array => Buffer.from(text, 'latin1');

const OP = wordOf('"op"');
const ALLOC_WORD = wordOf('"alloc"');
const FREE_WORD = wordOf('"free"');
const ORDER = wordOf('"order"');
const PFN = wordOf('"pfn"');
const CPU = wordOf('"cpu"');
const TIME = wordOf('"time"');
const NULL = wordOf('null');

/** What has no number. */
const ABSENT = -1;

/** Reads lines into one event: byte by byte if they are plain, and as any JSON if not. */
export class JsonReader {
  readonly #event: TraceEvent;
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #end = 0;

  constructor(event: TraceEvent) {
    this.#event = event;
  }

  /** Reads a line between two positions, which begins with a brace; returns whether it is an event. */
  read(bytes: Buffer, start: number, end: number): boolean {
    const event = this.#event;
    event.counter = true;
    event.refill = -1;
    this.#bytes = bytes;
    this.#at = start + 1;
    this.#end = end;
    return this.#plain() || parsed(bytes.toString('utf8', start, end), event);
  }

  /** Reads a line that has the keys of a history alone, and numbers without a sign, a point or an exponent. */
  #plain(): boolean {
    const event = this.#event;
    event.kind = 0;
    event.failed = false;
    event.pfn = event.order = ABSENT;
    event.cpu = event.time = 0;
    do if (!this.#member()) return false;
    while (this.#isNext(COMMA));
    if (!this.#isNext(CLOSE)) return false;
    this.#blanks();
    return this.#at === this.#end && this.#isWhole();
  }

  /** Reports whether all is there that an event needs. */
  #isWhole(): boolean {
    const { failed, kind, order, pfn } = this.#event;
    if (kind === 0 || order === ABSENT) return false;
    return failed ? kind === ALLOC : pfn !== ABSENT;
  }

  #member(): boolean {
    const event = this.#event;
    this.#blanks();
    if (this.#bytes[this.#at] !== QUOTE) return false;
    if (this.#isWord(OP)) return this.#isNext(COLON) && this.#op();
    if (this.#isWord(ORDER)) return this.#isNext(COLON) && (event.order = this.#number()) !== ABSENT;
    if (this.#isWord(PFN)) return this.#isNext(COLON) && this.#pfn();
    if (this.#isWord(CPU)) return this.#isNext(COLON) && (event.cpu = this.#number()) !== ABSENT;
    return this.#isWord(TIME) && this.#isNext(COLON) && (event.time = this.#number()) !== ABSENT;
  }

  #op(): boolean {
    this.#blanks();
    this.#event.kind = this.#isWord(ALLOC_WORD) ? ALLOC : this.#isWord(FREE_WORD) ? FREE : 0;
    return this.#event.kind !== 0;
  }

  #pfn(): boolean {
    this.#blanks();
    const event = this.#event;
    event.failed = this.#isWord(NULL);
    event.pfn = event.failed ? 0 : this.#number();
    return event.pfn !== ABSENT;
  }

  #blanks(): void {
    for (let byte = this.#bytes[this.#at]; byte === 32 || byte === 9 || byte === 13; byte = this.#bytes[++this.#at]);
  }

  /** Passes blanks and then this byte, if it is there. */
  #isNext(byte: number): boolean {
    this.#blanks();
    if (this.#bytes[this.#at] !== byte) return false;
    this.#at++;
    return true;
  }

  /** Passes this word, if it is there. */
  #isWord(word: Uint8Array): boolean {
    for (let n = 0; n < word.length; n++) if (this.#bytes[this.#at + n] !== word[n]) return false;
    this.#at += word.length;
    return true;
  }

  /** Reads a number of some digits, the first of several no zero. */
  #number(): number {
    this.#blanks();
    const from = this.#at;
    let value = 0;
    for (let byte = this.#bytes[this.#at] ?? 0; byte >= ZERO && byte <= 57; byte = this.#bytes[++this.#at] ?? 0) {
      value = value * 10 + byte - ZERO;
    }
    const digits = this.#at - from;
    if (digits === 0 || digits > MOST_DIGITS || (digits > 1 && this.#bytes[from] === ZERO)) return ABSENT;
    return value;
  }
}
