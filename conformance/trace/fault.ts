/** What is wrong with a trace: two facts that cannot both hold, and where each stands. */
import type { Clause } from '../../protocol/index.ts';
import type { Moment } from './moment.ts';
import type { TraceEvent } from './event.ts';

/** A fault of the allocator whose trace it is. */
export interface Fault {
  readonly clause: Clause;
  readonly line: number;
  readonly cpu: number;
  readonly time: number;
  readonly pfn: number;
  readonly order: number;
  /** The line of the earlier fact, if there is one. */
  readonly since?: number;
  readonly because: readonly [string, string];
  /** What was known of the frames around it; the first faults that are kept have it, if their frames are not too many. */
  readonly moment?: Moment;
  readonly story?: Story;
}

/** The events on the frames of a fault, and the fault itself. */
export interface Story {
  readonly before: readonly TraceEvent[];
  readonly last: TraceEvent;
}

/** The most faults that are kept. */
const MOST = 1000;

/** Faults that stand, unless it is learned later that events before them were lost. */
export class Faults {
  #kept: Fault[] = [];
  /** Faults beyond the most that are kept. */
  #more = 0;
  #firstMore = Infinity;
  /** Faults that were withdrawn. */
  withdrawn = 0;

  add(fault: Fault): void {
    if (this.#kept.length < MOST) this.#kept.push(fault);
    else {
      this.#more++;
      this.#firstMore = Math.min(this.#firstMore, fault.line);
    }
  }

  get kept(): readonly Fault[] {
    return this.#kept;
  }

  get count(): number {
    return this.#kept.length + this.#more;
  }

  #withdraw(isWithdrawn: (fault: Fault) => boolean): void {
    const before = this.#kept.length;
    this.#kept = this.#kept.filter((fault) => !isWithdrawn(fault));
    this.withdrawn += before - this.#kept.length;
  }

  /** Withdraws all faults after a line that rest on an earlier event: events may have been lost in between. */
  after(line: number): void {
    this.#withdraw((fault) => fault.line > line && fault.since !== undefined);
    if (this.#firstMore > line) {
      this.withdrawn += this.#more;
      this.#more = 0;
      this.#firstMore = Infinity;
    }
  }

  /** Withdraws a fault at a page whose free came so soon after, on another processor, that their order is not known. */
  unordered(pfn: number, cpu: number, time: number, within: number): void {
    if (this.#kept.length === 0) return;
    this.#withdraw(
      (fault) =>
        fault.since !== undefined &&
        fault.cpu !== cpu &&
        Math.abs(time - fault.time) <= within &&
        pfn >= fault.pfn &&
        pfn < fault.pfn + 2 ** fault.order,
    );
  }
}
