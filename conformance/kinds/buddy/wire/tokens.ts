/** Operations and results of the buddy system as words. */

import { FREE_MISUSES, rejected } from '../misuse.ts';
import { MOST_AT_ONCE } from '../case.ts';
import { order, pfn } from '../../../unit.ts';
import { counted, show } from '../../../show.ts';
import { malformed } from '../../../wire/fields.ts';
import type { Malformed, Parsed } from '../../../judge/subject.ts';
import type { Operation, Range, Result } from '../case.ts';

/** A word of a script that is no operation. */
export interface BadToken {
  readonly kind: 'bad-token';
  readonly token: string;
  /** Which word of the script it is, from 0. */
  readonly at: number;
  readonly expected: string;
}

const SPACE = 32;
const DASH = 45;
const DOT = 46;
const ZERO = 48;
const BANG = 33;

/** Returns the number that text[from, to) writes in decimal, without sign or leading zero and at most 2^53 - 1; else -1. */
function decimal(text: string, from: number, to: number): number {
  if (to <= from || to - from > 16 || (to - from > 1 && text.charCodeAt(from) === ZERO)) return -1;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = 10 * value + digit;
  }
  return value <= Number.MAX_SAFE_INTEGER ? value : -1;
}

const rangeToken = (of: number, { low, end }: Range): string => `r${of}:${low}:${end}`;

function tokenOf(operation: Operation): string {
  switch (operation.kind) {
    case 'allocate':
      return operation.within === undefined ? `a${operation.order}` : rangeToken(operation.order, operation.within);
    case 'free-slot':
      return `f${operation.slot}`;
    case 'free-frame':
      return `F${operation.head}:${operation.order}`;
    case 'resize':
      return `z${operation.pages}`;
    case 'allocate-frames':
      return `A${operation.frames}:${operation.align}`;
    case 'free-slots':
      return `b${operation.slots.join(':')}`;
  }
}

/** Writes a script as it goes over the wire and into saved cases: words with one space between. */
export function encodeScript(operations: readonly Operation[]): string {
  let script = '';
  for (const operation of operations) script += script === '' ? tokenOf(operation) : ` ${tokenOf(operation)}`;
  return script;
}

/** Returns a request for a number of frames: 1 or more, at a multiple of a power of two. */
function sizedOf(frames: number, align: number): Operation | undefined {
  const isPower = align > 0 && Number.isInteger(Math.log2(align));
  return frames > 0 && isPower ? { kind: 'allocate-frames', frames, align } : undefined;
}

const numbersOf = (token: string): readonly number[] =>
  token
    .slice(1)
    .split(':')
    .map((part) => decimal(part, 0, part.length));

/** Returns a bulk free: of a few slots, no two of them the same. */
function bulkOf(slots: readonly number[]): Operation | undefined {
  const isBulk = slots.length <= MOST_AT_ONCE && new Set(slots).size === slots.length && !slots.includes(-1);
  return isBulk ? { kind: 'free-slots', slots } : undefined;
}

function operationOf(token: string): Operation | undefined {
  if (token.startsWith('F') || token.startsWith('A')) {
    const colon = token.indexOf(':');
    const head = decimal(token, 1, colon);
    const at = decimal(token, colon + 1, token.length);
    if (token.startsWith('A')) return sizedOf(head, at);
    return head < 0 || at < 0 ? undefined : { kind: 'free-frame', head: pfn(head), order: order(at) };
  }
  if (token.startsWith('b')) return bulkOf(numbersOf(token));
  if (token.startsWith('r')) {
    const [of = -1, low = -1, end = -1, ...more] = numbersOf(token);
    if (of < 0 || low < 0 || end < 0 || more.length > 0) return undefined;
    return { kind: 'allocate', order: order(of), within: { low: pfn(low), end: pfn(end) } };
  }
  const number = decimal(token, 1, token.length);
  if (number < 0) return undefined;
  if (token.startsWith('a')) return { kind: 'allocate', order: order(number) };
  if (token.startsWith('z')) return number === 0 ? undefined : { kind: 'resize', pages: number };
  return token.startsWith('f') ? { kind: 'free-slot', slot: number } : undefined;
}

/** Reads a script that nobody vouches for. An empty one has no operations; numbers are at most 2^53 - 1. */
export function parseScript(script: string): readonly Operation[] | BadToken {
  if (script === '') return [];
  const operations: Operation[] = [];
  for (const [at, token] of script.split(' ').entries()) {
    const operation = operationOf(token);
    if (operation === undefined) {
      const expected =
        'a<order>, f<slot>, F<frame>:<order>, r<order>:<low>:<end>, z<pages>, A<frames>:<align> or b<slot>:<slot>, in decimal, with one space between';
      return { kind: 'bad-token', token, at, expected };
    }
    operations.push(operation);
  }
  return operations;
}

const EXHAUSTED: Result = { kind: 'exhausted' };
const DONE: Result = { kind: 'done' };
const REJECTED: ReadonlyMap<string, Result> = new Map(FREE_MISUSES.map((misuse) => [`!${misuse}`, rejected(misuse)]));

function wordOf(token: string, detail: string): Result {
  switch (token) {
    case '!payload':
      return { kind: 'error', error: 'payload', detail };
    case '!internal':
      return { kind: 'error', error: 'internal', detail };
    case '!no-frame':
      return { kind: 'error', error: 'no-frame', detail };
    default:
      return REJECTED.get(token) ?? { kind: 'nonsense', token };
  }
}

/** What a reply says of its errors, by their position in the batch. */
export type Details = Readonly<Record<string, unknown>>;

/** Says what is wrong with a text that has another number of results: one of them is empty, or how many there are. */
function miscounted(text: string, count: number): Malformed {
  let [from, came] = [0, 1];
  for (let space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', from)) {
    if (space === from) break;
    from = space + 1;
    came++;
  }
  if (from === text.length || text.charCodeAt(from) === SPACE) return malformed(`result ${came - 1} is empty`);
  return malformed(`${counted(came, 'result')} for ${counted(count, 'operation')}`);
}

/**
 * Reads the results of a run, as many as it had operations. What is in the place of a result but is none is kept as
 * nonsense; a wrong number of results, or more than one space between them, makes all of it malformed.
 */
export function parseResults(text: string, count: number, details: Details): Parsed<readonly Result[]> {
  const results: Result[] = [];
  let from = 0;
  while (from <= text.length && results.length < count) {
    let to = from;
    while (to < text.length && text.charCodeAt(to) !== SPACE) to++;
    if (to === from) return malformed(`result ${results.length} is empty`);
    results.push(resultOf(text, from, to, results.length, details));
    from = to + 1;
  }
  if (results.length === count && from > text.length) return { kind: 'parsed', value: results };
  return miscounted(text, count);
}

/** Returns what is said of the result at a position; nothing of it is believed, and it is made fit to be shown. */
function detailAt(details: Details, at: number): string {
  const detail = Object.hasOwn(details, String(at)) ? details[String(at)] : '';
  return typeof detail === 'string' ? show(detail) : '';
}

function resultOf(text: string, from: number, to: number, at: number, details: Details): Result {
  const first = text.charCodeAt(from);
  if (to - from === 1 && first === DASH) return EXHAUSTED;
  if (to - from === 1 && first === DOT) return DONE;
  const head = first === BANG ? -1 : decimal(text, from, to);
  if (head >= 0) return { kind: 'granted', head: pfn(head) };
  return wordOf(text.slice(from, to), detailAt(details, at));
}
