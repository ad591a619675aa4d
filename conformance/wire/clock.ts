/** A timer that is later than this, in ms, says that this process was busy; what it waited for may be there, unread. */
const LATE = 100;

/**
 * Waits for one thing at a time, and calls out when it did not come in time. Time in which this process did not get to
 * reading does not count against the other one: a timer that comes late gives all of its time again.
 */
export class Clock {
  #timer: NodeJS.Timeout | undefined;

  /** Starts over; `expire` is called once after `limit` ms, unless stopped or started over before. */
  start(limit: number, expire: () => void): void {
    this.stop();
    const due = performance.now() + limit;
    const timer = setTimeout(() => {
      // Timers come before what can be read; what has arrived by now is not late.
      setImmediate(() => {
        if (this.#timer !== timer) return;
        if (performance.now() - due > LATE) this.start(limit, expire);
        else expire();
      });
    }, limit);
    this.#timer = timer;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
