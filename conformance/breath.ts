import { setImmediate } from 'node:timers/promises';

/** Between two breaths, in ms. */
const EVERY = 50;

/** Lets signals and timers have their turn now and then: what runs in this process would keep them waiting. */
export class Breath {
  #last = performance.now();

  async draw(): Promise<void> {
    const now = performance.now();
    if (now - this.#last < EVERY) return;
    await setImmediate();
    this.#last = performance.now();
  }
}
