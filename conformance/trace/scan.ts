/** The bytes of a trace as events: lines of kernels, lines of JSON, marks of loss; bounded in what it holds. */
import { ECHO, noEvent } from './event.ts';
import { JsonReader } from './json.ts';
import { LineReader } from './line.ts';
import type { Listener } from './event.ts';

const NEWLINE = 10;
const HASH = 35;
const C = 67;
const P = 80;
const BRACE = 123;

/** The longest line that is read, in bytes; what is longer is no event. */
const MOST_LINE = 2 ** 16;

/** The most of a comment that is looked at, in bytes. */
const LONGEST_MARK = 400;

/** What was read. */
export interface Counts {
  lines: number;
  events: number;
  /** Events that repeat others: free_batched, extfrag. */
  echoes: number;
  /** Requests that got no page. */
  failed: number;
  /** Lines that begin as JSON and are no history, and events whose numbers cannot be read. */
  malformed: number;
}

const LOST = /^CPU:?\s*(\d{1,5})\s+\[(?:LOST\s+\d+\s+EVENTS?|EVENTS DROPPED)\]/u;
const STARTED = /^#{2,}\s*CPU\s+(\d+)\s+buffer started/u;
const ENTRIES = /entries-in-buffer\/entries-written:\s*(\d+)\/(\d+)/u;

/** Cuts bytes into lines and tells a listener what each says. */
export class Scanner {
  readonly counts: Counts = { lines: 0, events: 0, echoes: 0, failed: 0, malformed: 0 };
  readonly #event = noEvent();
  readonly #reader = new LineReader(this.#event);
  readonly #json = new JsonReader(this.#event);
  readonly #listener: Listener;
  #held: Buffer = Buffer.alloc(0);
  #skips = false;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  /** Takes the next bytes. */
  push(chunk: Buffer): void {
    let from = 0;
    if (this.#held.length > 0 || this.#skips) {
      const end = chunk.indexOf(NEWLINE);
      const rest = end < 0 ? chunk : chunk.subarray(0, end);
      this.#hold(rest);
      if (end < 0) return;
      this.#finish();
      from = end + 1;
    }
    for (let end = chunk.indexOf(NEWLINE, from); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      this.#line(chunk, from, end);
      from = end + 1;
    }
    if (from < chunk.length) this.#hold(chunk.subarray(from));
  }

  /** Ends the trace. */
  end(): void {
    if (this.#held.length > 0 || this.#skips) this.#finish();
  }

  #hold(bytes: Buffer): void {
    if (this.#skips) return;
    if (this.#held.length + bytes.length > MOST_LINE) {
      this.#skips = true;
      this.#held = Buffer.alloc(0);
    } else this.#held = Buffer.concat([this.#held, bytes]);
  }

  #finish(): void {
    if (this.#skips) this.counts.lines++;
    else this.#line(this.#held, 0, this.#held.length);
    this.#skips = false;
    this.#held = Buffer.alloc(0);
  }

  #line(bytes: Buffer, start: number, end: number): void {
    this.counts.lines++;
    if (start >= end || end - start > MOST_LINE) return;
    const first = bytes[start];
    if (first === HASH || (first === C && bytes[start + 1] === P)) {
      if (this.#mark(bytes.toString('latin1', start, Math.min(end, start + LONGEST_MARK)))) return;
    }
    if (first === BRACE) {
      if (this.#json.read(bytes, start, end)) this.#tell();
      else this.counts.malformed++;
      return;
    }
    if (this.#reader.read(bytes, start, end)) this.#tell();
  }

  /** Reads a comment, or a mark of lost events; false if it is neither: a task's name may begin so. */
  #mark(line: string): boolean {
    const lost = LOST.exec(line);
    const entries = ENTRIES.exec(line);
    if (lost !== null) this.#listener.lost(Number(lost[1]), this.counts.lines);
    else if (STARTED.test(line)) this.#listener.started(this.counts.lines);
    else if (entries !== null) this.#listener.entries(Number(entries[1]), Number(entries[2]));
    return lost !== null || line.startsWith('#');
  }

  #tell(): void {
    const event = this.#event;
    const { counts } = this;
    counts.events++;
    event.line = counts.lines;
    if (event.kind === ECHO) counts.echoes++;
    else if (event.failed) counts.failed++;
    else if (!Number.isSafeInteger(event.pfn) || !(event.order >= 0)) counts.malformed++;
    else this.#listener.event(event);
  }
}
