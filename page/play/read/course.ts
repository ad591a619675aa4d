/** A course's script of sizes: `alloc 5`, `A = malloc 100K`, `free A`, `C ends`, plain numbers, or `a 0 512` and `f 0`. */
import { MOST_ORDERS, MOST_PAGES, MOST_WORDS, arenaOf } from '../script.ts';
import { PAGE_SIZE } from '../../../src/index.ts';
import { parseRep, parseStatement } from './statement.ts';
import { quoted, readAs, unread } from './reading.ts';
import type { Reading } from './reading.ts';
import type { Size, Statement } from './statement.ts';
import type { Word } from '../script.ts';

const INSTEAD =
  'write an operation a line, such as "alloc 5" (pages), "malloc 100K" (bytes) or "free A"; or a trace such as "a0 a1 f0"; or paste a saved case, or /proc/buddyinfo';

/** One part of a line that may ask for something. */
interface Part {
  readonly line: number;
  readonly text: string;
}

/** What keeps a line from being read as a whole: comments, and the number that it has in a list. */
const AROUND = /\/\*.{0,500}?\*\/|\/\/.*$|(?:^|\s)#(?!\d).*$|^\s*(?:[-*•]\s+|\(?\d{1,3}[.)]\s+)/gu;

/** Of a longer text the beginning is read. */
const MOST_PARTS = 5000;

/** Splits a text into parts: lines, and what a line has between semicolons, or commas outside parentheses. */
function partsOf(text: string): readonly Part[] {
  return text.split('\n').flatMap((whole, at) => {
    const line = whole.replaceAll(AROUND, ' ').trim();
    // Plain numbers: one request each.
    const isPlain = /^\d[\d.]*(?:[kmg]i?b?|[bp])?(?:[\s,]+\d[\d.]*(?:[kmg]i?b?|[bp])?)+$/iu.test(line);
    const parts = isPlain ? line.split(/[\s,]+/u) : line.split(/;|,\s+(?![^(]{0,200}\))/u);
    return parts.map((one) => ({ line: at + 1, text: one.trim() })).filter((one) => one.text !== '');
  });
}

/** Returns the order of the smallest block that holds a size. */
function orderFor({ amount, unit }: Size): number {
  if (unit === 'order') return Math.min(amount, 99);
  const pages = Math.ceil(unit === 'bytes' ? amount / PAGE_SIZE : amount);
  return Math.min(99, Math.ceil(Math.log2(pages)));
}

/** One allocation of a script. */
interface Asked {
  readonly order: number;
  readonly size: Size;
  held: boolean;
}

/** What a script asks for, while it is read. */
class Course {
  readonly run: Word[] = [];
  readonly notes: string[] = [];
  readonly #asked: Asked[] = [];
  readonly #names = new Map<string, number>();
  /** What the first allocation is called by number: 0 or 1. */
  readonly #first: number;
  #held = 0;
  /** The largest number of frames that were in use at once, and the memory that the script says there is. */
  peak = 0;
  memory: number | undefined;

  constructor(first: number) {
    this.#first = first;
  }

  get sizes(): readonly Size[] {
    return this.#asked.map(({ size }) => size);
  }

  #allocate(name: string | undefined, size: Size): void {
    const order = orderFor(size);
    if (name !== undefined) this.#names.set(name, this.#asked.length);
    this.#asked.push({ order, size, held: true });
    this.#held += 2 ** order;
    this.peak = Math.max(this.peak, this.#held);
    this.run.push({ kind: 'allocate', order });
  }

  #free(slot: number): void {
    const asked = this.#asked[slot];
    if (asked?.held === true) this.#held -= 2 ** asked.order;
    if (asked !== undefined) asked.held = false;
    this.run.push({ kind: 'free', slot });
  }

  /** Returns which allocation is meant: by its name, its size, its number, or its letter. */
  #slotOf(target: string, size: Size | undefined): number | undefined {
    const named = this.#names.get(target);
    if (named !== undefined) return named;
    const alike = size && this.#asked.findIndex((one) => one.held && orderFor(one.size) === orderFor(size));
    const slot = /^\d+$/u.test(target)
      ? Number(target) - this.#first
      : /^[a-z]$/u.test(target)
        ? target.charCodeAt(0) - 'a'.charCodeAt(0)
        : -1;
    const found = alike ?? slot;
    return found >= 0 && found < this.#asked.length ? found : undefined;
  }

  /** Carries a statement out; returns why it cannot be, if it cannot. */
  take(statement: Statement): string | undefined {
    switch (statement.kind) {
      case 'left-out':
        return statement.why;
      case 'memory':
        this.memory = 2 ** orderFor(statement.size);
        return undefined;
      case 'allocate':
        this.#allocate(statement.name, statement.size);
        return undefined;
      case 'free-all':
        for (const [slot, { held }] of this.#asked.entries()) if (held) this.#free(slot);
        return undefined;
      case 'free':
      case 'resize': {
        const target = statement.kind === 'free' ? statement.target : statement.name;
        const slot = this.#slotOf(target, statement.kind === 'free' ? statement.size : undefined);
        if (statement.kind === 'resize') this.#allocate(target, statement.size);
        if (slot === undefined) return `nothing is called ${target} at that point`;
        this.#free(slot);
        return undefined;
      }
    }
  }
}

/** What a line is read by, for a whole text. */
const reader = (parts: readonly Part[]): ((text: string) => Statement) => {
  const isRep =
    parts.some(({ text }) => /^a\s+\d+\s+\d+$/u.test(text)) &&
    parts.every(({ text }) => /^(?:[afr]\s+)?\d+(?:\s+\d+)?$/u.test(text));
  if (!isRep) return parseStatement;
  return (text) => parseRep(text) ?? { kind: 'left-out', why: 'it is of the head of the trace' };
};

/** Returns what the first allocation is called where allocations are called by number. */
function firstNumber(statements: readonly Statement[]): number {
  const targets = statements.flatMap((one) => (one.kind === 'free' && one.size === undefined ? [one.target] : []));
  const asked = statements.filter(({ kind }) => kind === 'allocate').length;
  return !targets.includes('0') && targets.includes(String(asked)) ? 1 : 0;
}

/** Says in what sizes were counted, and what follows from the arena. */
function sayArena(course: Course, pages: number): readonly string[] {
  const units = new Set(course.sizes.map(({ unit }) => unit));
  const most = Math.max(...course.run.map((word) => (word.kind === 'allocate' ? word.order : 0)));
  return [
    ...(units.has('bytes')
      ? [`bytes are counted in pages of ${PAGE_SIZE.toLocaleString('en-US')}, rounded up to a power of two`]
      : []),
    ...(units.has('pages') ? ['a number without a unit is a number of pages, rounded up to a power of two'] : []),
    ...(2 ** most > pages ? [`an arena here has at most ${MOST_PAGES} frames: what is larger is refused`] : []),
    ...(course.memory !== undefined && course.memory > MOST_PAGES
      ? [`the arena is smaller than the memory that it names`]
      : []),
  ];
}

/** Reads a script of sizes. */
export function readCourse(text: string): Reading {
  const all = partsOf(text);
  const parts = all.slice(0, MOST_PARTS);
  const parse = reader(parts);
  const statements = parts.map((part) => ({ ...part, statement: parse(part.text) }));
  const course = new Course(firstNumber(statements.map(({ statement }) => statement)));
  const left = statements.flatMap(({ line, statement, text: said }) => {
    const why = course.take(statement);
    return why === undefined ? [] : [`line ${line}, ${quoted(said)}, is left out: ${why}`];
  });
  if (course.sizes.length === 0) return unread(`${left[0] ?? 'there is nothing in it'}; ${INSTEAD}`);
  const wanted = course.memory ?? 2 ** Math.ceil(Math.log2(Math.max(16, course.peak)));
  const pages = Math.min(MOST_PAGES, wanted);
  const orders = Math.min(MOST_ORDERS, Math.log2(pages) + 1);
  const run = course.run.slice(0, MOST_WORDS);
  const more = course.run.length - run.length + all.length - parts.length;
  const count = `${run.length} ${run.length === 1 ? 'operation' : 'operations'}`;
  return readAs(`a script of sizes: ${count}, in an arena of ${pages} frames`, arenaOf(pages, orders, run), [
    ...sayArena(course, pages),
    ...(more === 0 ? [] : [`the first ${MOST_WORDS} operations are shown, and ${more} after them left out`]),
    ...left,
  ]);
}
