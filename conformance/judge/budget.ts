/** How long something may go on. */
import { setImmediate } from 'node:timers/promises';

/** Between two breaths, in ms. */
const EVERY = 50;

/**
 * Time until a moment of `performance.now`, unless it is stopped before. Looking at it gives signals and timers their turn now and
 * then: what runs in this process would keep them waiting.
 */
export class Budget {
  readonly #end: number;
  readonly #stop: AbortSignal | undefined;
  #breath = performance.now();

  constructor(seconds: number, stop: AbortSignal | undefined) {
    this.#end = performance.now() + 1000 * seconds;
    this.#stop = stop;
  }

  /** Reports whether it was stopped, by now. */
  wasStopped(): boolean {
    return this.#stop?.aborted === true;
  }

  get isSpent(): boolean {
    return this.wasStopped() || performance.now() > this.#end;
  }

  /** Seconds that are left; 0 or less if it is spent. */
  get left(): number {
    return (this.#end - performance.now()) / 1000;
  }

  /** Reports whether it is spent, after a breath. */
  async look(): Promise<boolean> {
    if (performance.now() - this.#breath >= EVERY) {
      await setImmediate();
      this.#breath = performance.now();
    }
    return this.isSpent;
  }

  /** Returns a part of what is left. */
  share(seconds: number): Budget {
    return new Budget(Math.min(seconds, this.left), this.#stop);
  }
}

/** Time without an end. */
export const UNBOUNDED: Budget = new Budget(Infinity, undefined);
