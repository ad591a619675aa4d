/** Judges the events of a trace, one after the other: what cannot have happened, and how much could be judged. */
import { ALLOC, FREE, IN, OUT } from './event.ts';
import { BUDDY, IDLE, LIVE, Pages, UNKNOWN } from './pages.ts';
import { Faults } from './fault.ts';
import { around, momentOf } from './moment.ts';
import type { Clause } from '../../protocol/index.ts';
import type { Fault } from './fault.ts';
import type { Listener, TraceEvent } from './event.ts';
import type { Recent } from './recent.ts';

/** A range of page frames, the end not included. */
export interface Span {
  readonly first: number;
  readonly end: number;
}

/** How the events of a trace are judged. */
export interface JudgeOptions {
  /** The number of orders: larger orders do not exist. */
  readonly orders: number;
  /** The zones; if there are none, no frame is outside of them. */
  readonly zones: readonly Span[];
  /** Whether blocks lie at multiples of their size, as those of Linux do. */
  readonly aligned: boolean;
}

/** How much of a trace could be judged. */
export interface Seen {
  allocs: number;
  /** Of these, over pages of which all was known. */
  allocsKnown: number;
  frees: number;
  /** Frees of a block as it was granted; of a part of one; of pages never seen before; of pages not known to be held. */
  exact: number;
  part: number;
  unknown: number;
  notLive: number;
  outs: number;
  ins: number;
  /** Marks of loss, and how often everything was forgotten for one. */
  losses: number;
  forgotten: number;
}

/** Events of two processors closer than this, in microseconds, have no order, unless the clock is a counter. */
const UNORDERED = 10;

/** The faults that are shown. */
export const SHOWN = 10;

/** A block that is held: since which line, and its order. */
interface Held {
  readonly since: number;
  readonly order: number;
}

const hex = (pfn: number): string => `0x${pfn.toString(16)}`;

/** Judges events. */
export class TraceJudge implements Listener {
  readonly faults: Faults = new Faults();
  readonly pages: Pages = new Pages();
  readonly seen: Seen = {
    allocs: 0,
    allocsKnown: 0,
    frees: 0,
    exact: 0,
    part: 0,
    unknown: 0,
    notLive: 0,
    outs: 0,
    ins: 0,
    losses: 0,
    forgotten: 0,
  };
  readonly #options: JudgeOptions;
  /** The line of each processor's last event. */
  readonly #lastLines: number[] = [];
  /** The last events, if faults are to be told with what went before them. */
  readonly #recent: Recent | undefined;
  #overwritten = false;

  constructor(options: JudgeOptions, recent?: Recent) {
    this.#options = options;
    this.#recent = recent;
  }

  event(event: TraceEvent): void {
    if (event.cpu < 65536) this.#lastLines[event.cpu] = event.line;
    if (!this.#isBlock(event)) return;
    this.#judge(event);
    this.#recent?.note(event);
  }

  #judge(event: TraceEvent): void {
    switch (event.kind) {
      case ALLOC:
        return this.#alloc(event);
      case FREE:
        return this.#free(event);
      case OUT:
        this.seen.outs++;
        return this.#move(event, IDLE, 'left the buddy system');
      case IN:
        this.seen.ins++;
        return this.#move(event, BUDDY, 'entered the buddy system');
    }
  }

  lost(cpu: number): void {
    this.seen.losses++;
    this.faults.after(this.#lastLines[cpu] ?? 0);
    this.#forget();
  }

  /** The buffer of a processor was written over up to here: what it did before is not in the trace. */
  started(): void {
    if (!this.#overwritten) return;
    this.seen.losses++;
    this.faults.after(0);
    this.#forget();
  }

  entries(there: number, written: number): void {
    this.#overwritten = there < written;
  }

  #forget(): void {
    this.seen.forgotten++;
    this.pages.forget();
    this.#recent?.forget();
  }

  #fault(event: TraceEvent, clause: Clause, because: readonly [string, string], held?: Held): void {
    const { cpu, line, order, pfn, time } = event;
    const fault = {
      clause,
      line,
      cpu,
      time,
      pfn,
      order,
      because,
      ...(held === undefined ? {} : { since: held.since }),
    };
    this.faults.add({ ...fault, ...this.#shown(event, held) });
  }

  /** Returns what a fault is shown with: the first ones that are kept are. */
  #shown(event: TraceEvent, held: Held | undefined): Pick<Fault, 'moment' | 'story'> {
    const where = this.faults.count < SHOWN ? around(event.pfn, event.order, held?.order) : undefined;
    if (where === undefined) return {};
    const story = this.#recent === undefined ? {} : { story: { before: this.#recent.on(where), last: { ...event } } };
    return { moment: momentOf(this.pages, where), ...story };
  }

  /** Reports whether an event tells of a block that there can be; if not, it is a fault. */
  #isBlock(event: TraceEvent): boolean {
    const { aligned, orders, zones } = this.#options;
    const { order, pfn } = event;
    if (order >= orders) {
      this.#fault(event, 'TAKE-5', [
        `the block at ${hex(pfn)} has order ${order}`,
        `the largest order is ${orders - 1}`,
      ]);
      return false;
    }
    const size = 2 ** order;
    if (aligned && pfn % size !== 0) {
      this.#fault(event, 'TAKE-2', [
        `the block at ${hex(pfn)} has order ${order}`,
        `${hex(pfn)} is no multiple of ${size}`,
      ]);
      return false;
    }
    if (zones.length > 0 && !zones.some(({ end, first }) => pfn >= first && pfn + size <= end)) {
      this.#fault(event, 'TAKE-1', [
        `the block of order ${order} at ${hex(pfn)} is used`,
        'it lies in none of the zones that were given',
      ]);
      return false;
    }
    return true;
  }

  #alloc(event: TraceEvent): void {
    const { line, order, pfn } = event;
    const { pages, seen } = this;
    const size = 2 ** order;
    seen.allocs++;
    let known = true;
    for (let at = pfn; at < pfn + size; at++) {
      const state = pages.stateOf(at);
      if (state >= LIVE) {
        this.#overlap(event, at, state - LIVE);
        break;
      }
      if (state === UNKNOWN) known = false;
    }
    if (known) seen.allocsKnown++;
    for (let at = pfn; at < pfn + size; at++) pages.note(at, LIVE + order, line);
  }

  #overlap(event: TraceEvent, at: number, order: number): void {
    const since = this.pages.lineOf(at);
    const because = [
      `line ${event.line} grants order ${event.order} at ${hex(event.pfn)}`,
      `page ${hex(at)} is held since line ${since}, where order ${order} was granted, and was not freed`,
    ] as const;
    this.#fault(event, 'TAKE-4', because, { since, order });
  }

  #free(event: TraceEvent): void {
    const { cpu, counter, line, order, pfn, time } = event;
    const { pages, seen } = this;
    const size = 2 ** order;
    seen.frees++;
    if (!counter) this.faults.unordered(pfn, cpu, time, UNORDERED);
    let live = 0;
    let unknown = 0;
    const since = pages.lineOf(pfn);
    let whole = true;
    for (let at = pfn; at < pfn + size; at++) {
      const state = pages.stateOf(at);
      if (state >= LIVE) live++;
      else if (state === UNKNOWN) unknown++;
      if (state !== LIVE + order || pages.lineOf(at) !== since) whole = false;
    }
    if (whole) seen.exact++;
    else if (live > 0) seen.part++;
    else if (unknown > 0) seen.unknown++;
    else seen.notLive++;
    for (let at = pfn; at < pfn + size; at++) pages.note(at, IDLE, line);
  }

  /** A block moves into the buddy system or out of it: nobody may hold any of its pages. */
  #move(event: TraceEvent, state: number, did: string): void {
    const { line, order, pfn } = event;
    const { pages } = this;
    const end = pfn + 2 ** order;
    for (let at = pfn; at < end; at++) {
      if (pages.stateOf(at) < LIVE) continue;
      const since = pages.lineOf(at);
      const because = [
        `line ${line}: the block of order ${order} at ${hex(pfn)} ${did}`,
        `page ${hex(at)} is held since line ${since}, and was not freed`,
      ] as const;
      this.#fault(event, 'STATE-1', because, { since, order: pages.stateOf(at) - LIVE });
      break;
    }
    for (let at = pfn; at < end; at++) pages.note(at, state, line);
  }
}
