/**
 * The time that a harness is given for one thing.
 *
 * A limit is of the harness's own time, because on a busy machine it may get a tenth of a processor. From one eighth of the
 * limit on, the clock looks at the harness every eighth: time in which it waited for a processor (or for a disk) does not
 * count, time in which it ran or slept does. So one that sleeps or spins for ever on a quiet machine has its limit, one that
 * spins on a busy machine has its limit of processor time, and nobody has more than ten times the limit. Nor does time count
 * in which this process did not get to reading: what it waits for may be there, unread.
 */

import type { Meter } from './meter.ts';

/** How many times a limit may pass, whatever does not count of it. */
const MOST = 10;
/** In how many parts a limit is looked at; the least of one, in ms; and the least of the last. */
const PARTS = 8;
const LEAST = 50;
const LAST = 10;
/** A timer that is later than this, in ms, says that this process was busy. */
const LATE = 100;

/** A wait that is under way, in ms. */
interface Wait {
  readonly limit: number;
  readonly expire: () => void;
  /** What was to pass, and how much of what passed counts. */
  spent: number;
  counted: number;
}

/** Waits for one thing at a time, and calls out if it did not come in time. */
export class Clock {
  readonly #meter: Meter;
  #timer: NodeJS.Timeout | undefined;

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  /** Starts over; `expire` is called once when `limit` ms count, unless stopped or started over before. */
  start(limit: number, expire: () => void): void {
    this.#await({ limit, expire, spent: 0, counted: 0 });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #await(wait: Wait): void {
    this.stop();
    const { counted, limit } = wait;
    const part = Math.min(Math.max(LEAST, limit / PARTS), Math.max(LAST, limit - counted), limit);
    const begun = performance.now();
    const timer = setTimeout(() => {
      // Timers come before what can be read; what has arrived by now is not late.
      setImmediate(() => {
        if (this.#timer === timer) this.#look(wait, part, performance.now() - begun);
      });
    }, part);
    this.#timer = timer;
  }

  #look(wait: Wait, part: number, passed: number): void {
    const first = wait.spent === 0;
    if (first) this.#meter.begin();
    const counted = first ? passed : this.#meter.counted(passed);
    wait.spent += part;
    if (passed - part <= LATE) wait.counted += counted;
    if (wait.limit - wait.counted >= 1 && wait.spent < MOST * wait.limit) return this.#await(wait);
    this.stop();
    wait.expire();
  }
}
