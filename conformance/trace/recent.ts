/** The last events of a trace, so that a fault can be shown with what went before it. */
import { noEvent } from './event.ts';
import type { Around } from './moment.ts';
import type { TraceEvent } from './event.ts';

/** The events that are held. */
const HELD = 2 ** 16;

/** The last events, in some thirty bytes each. */
export class Recent {
  readonly #small = new Uint8Array(2 * HELD);
  readonly #cpus = new Uint32Array(HELD);
  readonly #large = new Float64Array(3 * HELD);
  #counter = false;
  #next = 0;
  #count = 0;

  note({ counter, cpu, kind, line, order, pfn, time }: TraceEvent): void {
    const at = this.#next;
    this.#small[2 * at] = kind;
    this.#small[2 * at + 1] = order;
    this.#cpus[at] = cpu;
    this.#large[3 * at] = pfn;
    this.#large[3 * at + 1] = time;
    this.#large[3 * at + 2] = line;
    this.#counter = counter;
    this.#next = (at + 1) % HELD;
    this.#count = Math.min(this.#count + 1, HELD);
  }

  /** Forgets all events: after a loss they say nothing of what came later. */
  forget(): void {
    this.#count = 0;
  }

  #at(place: number): TraceEvent {
    const [kind = 0, order = 0] = this.#small.subarray(2 * place);
    const [pfn = 0, time = 0, line = 0] = this.#large.subarray(3 * place);
    return { ...noEvent(), kind, order, pfn, time, line, cpu: this.#cpus[place] ?? 0, counter: this.#counter };
  }

  /** Returns the events of some frames, the earliest first. */
  on({ count, first }: Around): readonly TraceEvent[] {
    const events: TraceEvent[] = [];
    for (let n = this.#count; n > 0; n--) {
      const place = (this.#next - n + HELD) % HELD;
      const pfn = this.#large[3 * place] ?? 0;
      const size = 2 ** (this.#small[2 * place + 1] ?? 0);
      if (pfn < first + count && pfn + size > first) events.push(this.#at(place));
    }
    return events;
  }
}
