/** One line of a trace, read byte by byte: `COMM-PID [CPU] FLAGS TIME: EVENT: key=value ...`, as ftrace, trace-cmd and perf print it. */
import { ALLOC, ECHO, FREE, IN, OUT } from './event.ts';
import type { TraceEvent } from './event.ts';

const SPACE = 32;
const TAB = 9;
const OPEN = 91;
const CLOSE = 93;
const COLON = 58;
const DOT = 46;
const DASH = 45;
const SLASH = 47;
const EQUAL = 61;
const PAREN = 40;
const CLOSE_PAREN = 41;
const ZERO = 48;
const X = 120;

/** The longest name of a task. */
const LONGEST_COMM = 16;

/** The longest number of a task, with what stands around it. */
const LONGEST_NUMBER = 12;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= 57;
const isBlank = (byte: number | undefined): boolean => byte === SPACE || byte === TAB;

/** Returns the value of a hexadecimal digit, or -1. */
function hexOf(byte: number): number {
  if (byte >= ZERO && byte <= 57) return byte - ZERO;
  const lower = byte | 0x20;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

function afterBlanks(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(bytes[at])) at++;
  return at;
}

/** Reports whether what stands before `[` is a task's name and number, and the name no longer than names are. */
function isTask(bytes: Uint8Array, first: number, open: number): boolean {
  let at = open - 1;
  while (at > first && isBlank(bytes[at])) at--;
  if (bytes[at] === CLOSE_PAREN) {
    while (at > first && bytes[at] !== PAREN) at--; // the number of the task's group
    at--;
    while (at > first && isBlank(bytes[at])) at--;
  }
  const last = at;
  while (at > first && (isDigit(bytes[at]) || bytes[at] === SLASH)) at--;
  if (at === last || (bytes[at] !== DASH && !isBlank(bytes[at]))) return false;
  while (at > first && isBlank(bytes[at - 1])) at--;
  return at - first <= LONGEST_COMM;
}

/** The names of events by their length: no two have the same. */
function kindOf(bytes: Uint8Array, from: number, length: number): number {
  // m m _ p a g e
  if (bytes[from] !== 109 || bytes[from + 1] !== 109 || bytes[from + 2] !== 95 || bytes[from + 3] !== 112) return 0;
  if (bytes[from + 6] !== 101) return 0;
  switch (length) {
    case 13: // mm_page_alloc
      return bytes[from + 8] === 97 ? ALLOC : 0;
    case 12: // mm_page_free
    case 19: // mm_page_free_direct
      return bytes[from + 8] === 102 ? FREE : 0;
    case 15: // mm_pagevec_free
      return bytes[from + 7] === 118 ? FREE : 0;
    case 25: // mm_page_alloc_zone_locked
      return OUT;
    case 18: // mm_page_pcpu_drain
      return IN;
    case 20: // mm_page_free_batched
    case 21: // mm_page_alloc_extfrag
      return ECHO;
    default:
      return 0;
  }
}

/** Reads lines into one event. */
export class LineReader {
  readonly #event: TraceEvent;
  #at = 0;

  constructor(event: TraceEvent) {
    this.#event = event;
  }

  /** Reads a line between two positions; returns whether it is an event of `kmem`. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    const first = afterBlanks(bytes, start, end);
    let reach = Math.min(end, first + LONGEST_COMM + 40);
    let found = 0;
    let fields = 0;
    for (let open = first; open < reach; open++) {
      if (bytes[open] !== OPEN || !isTask(bytes, first, open)) continue;
      const kind = this.#head(bytes, open + 1, end);
      if (kind < 0) continue;
      found = kind; // the last one that reads as a head is the head: a task's name may look like one
      fields = this.#at;
      reach = Math.min(reach, first + LONGEST_COMM + LONGEST_NUMBER);
    }
    return found > 0 && this.#fields(bytes, fields, end, found);
  }

  /** Reads what follows `[`: the processor, flags, the time and the event's name; -1 if it is none of that. */
  #head(bytes: Uint8Array, from: number, end: number): number {
    let at = from;
    let cpu = 0;
    while (isDigit(bytes[at])) cpu = cpu * 10 + (bytes[at++] ?? 0) - ZERO;
    if (at === from || bytes[at] !== CLOSE) return -1;
    at = afterBlanks(bytes, at + 1, end);
    let timed = this.#time(bytes, at, end);
    if (!timed) {
      while (at < end && !isBlank(bytes[at])) at++; // flags
      timed = this.#time(bytes, afterBlanks(bytes, at, end), end);
    }
    if (!timed) return -1;
    this.#event.cpu = cpu;
    at = afterBlanks(bytes, this.#at, end);
    while (isDigit(bytes[at])) at++; // perf's period
    at = afterBlanks(bytes, at, end);
    if (bytes[at] === 107 && bytes[at + 4] === COLON) at += 5; // perf's kmem:
    const name = at;
    while (at < end && bytes[at] !== COLON && !isBlank(bytes[at])) at++;
    if (bytes[at] !== COLON || at >= end) return -1;
    this.#at = at + 1;
    return kindOf(bytes, name, at - name);
  }

  /** Reads `seconds.microseconds:` or `ticks:`. */
  #time(bytes: Uint8Array, from: number, end: number): boolean {
    let at = from;
    let time = 0;
    while (at < end && isDigit(bytes[at])) time = time * 10 + (bytes[at++] ?? 0) - ZERO;
    if (at === from) return false;
    const counter = bytes[at] !== DOT;
    if (!counter) {
      let places = 0;
      for (at++; at < end && isDigit(bytes[at]); at++) {
        if (places++ < 6) time = time * 10 + (bytes[at] ?? 0) - ZERO;
      }
      while (places++ < 6) time *= 10;
    }
    if (bytes[at] !== COLON) return false;
    this.#event.time = time;
    this.#event.counter = counter;
    this.#at = at + 1;
    return true;
  }

  /** Reads the fields by their keys; returns whether those that are needed are there. */
  #fields(bytes: Uint8Array, from: number, end: number, kind: number): boolean {
    const event = this.#event;
    event.kind = kind;
    event.failed = false;
    event.refill = -1;
    let seen = kind === ECHO ? 3 : 0;
    for (let at = from; at < end && seen !== 7; at++) {
      if (bytes[at] !== EQUAL) continue;
      const key = bytes[at - 1];
      if (key === 110 && bytes[at - 2] === 102 && bytes[at - 3] === 112) {
        event.pfn = this.#number(bytes, at + 1, end); // pfn=
        seen |= 1;
      } else if (key === 114 && bytes[at - 5] === 111 && isBlank(bytes[at - 6])) {
        event.order = this.#number(bytes, at + 1, end); // order=
        seen |= 2;
      } else if (key === 101 && bytes[at - 4] === 112 && bytes[at - 2] === 103) {
        event.failed = this.#isNull(bytes, at + 1, end); // page=
      } else if (key === 108 && bytes[at - 2] === 108) {
        event.refill = (bytes[at + 1] ?? 0) - ZERO; // percpu_refill=
        seen |= 4;
      }
      if (kind !== OUT && seen === 3) break;
    }
    return (seen & 3) === 3;
  }

  /** Reads a number, hexadecimal after 0x; NaN if there is none. */
  #number(bytes: Uint8Array, from: number, end: number): number {
    let at = from;
    let value = 0;
    if (bytes[at] === ZERO && bytes[at + 1] === X) {
      for (at += 2; at < end; at++) {
        const digit = hexOf(bytes[at] ?? 0);
        if (digit < 0) break;
        value = value * 16 + digit;
      }
      return at === from + 2 ? NaN : value;
    }
    for (; at < end && isDigit(bytes[at]); at++) value = value * 10 + (bytes[at] ?? 0) - ZERO;
    return at === from ? NaN : value;
  }

  /** Reports whether a pointer is null: zeros alone, or a word in brackets. */
  #isNull(bytes: Uint8Array, from: number, end: number): boolean {
    let at = afterBlanks(bytes, from, end);
    if (bytes[at] === PAREN) return true;
    if (bytes[at] === ZERO && bytes[at + 1] === X) at += 2;
    const first = at;
    while (bytes[at] === ZERO && at < end) at++;
    return at > first && (at >= end || isBlank(bytes[at]));
  }
}
