/** How long a buddy allocator takes for operations, in this process or behind a pipe. */
import { capacityOf } from '../../../wire/requests.ts';
import { isFailure } from '../../../judge/subject.ts';
import { order } from '../../../unit.ts';
import type { Failure } from '../../../judge/subject.ts';
import type { Pfn } from '../../../../protocol/index.ts';
import type { LiveBuddy, PipedBuddy } from '../port.ts';
import type { Operation, Result, Shape } from '../case.ts';
import type { BuddyOpened } from '../wire/reply.ts';

/** What is timed: requests for single frames, and frees of what they were granted. */
export type Timeable = Extract<Operation, { kind: 'allocate' | 'free-slot' }>;

/** What some operations came to, and the seconds that they took together. */
export interface Timed {
  readonly results: readonly Result[];
  readonly seconds: number;
}

/** An allocator with a clock. What a free of a slot that holds nothing takes is what all but the allocator takes. */
export interface Clock {
  open(shape: Shape): Promise<BuddyOpened | Failure>;
  ask(operations: readonly Timeable[]): Promise<Timed | Failure>;
}

/** Returns a clock of an allocator behind a pipe: a request after the other, each as long as the hello permits. */
export function pipedClock(buddy: PipedBuddy): Clock {
  const { maxBatch, maxLine } = buddy.hello;
  const most = Math.min(maxBatch, capacityOf(maxLine));
  return {
    open: (shape) => buddy.open(shape),
    ask: async (operations) => {
      const results: Result[] = [];
      let seconds = 0;
      for (let at = 0; at < operations.length; at += most) {
        const some = operations.slice(at, at + most);
        const from = performance.now();
        const answer = await buddy.run(some);
        seconds += (performance.now() - from) / 1000;
        if (isFailure(answer)) return answer;
        results.push(...answer);
      }
      return { results, seconds };
    },
  };
}

/** Returns a clock of an allocator in this process. */
export function liveClock(buddy: LiveBuddy): Clock {
  let heads: (Pfn | undefined)[] = [];
  const carryOut = (operation: Timeable): Result => {
    if (operation.kind === 'allocate') {
      const result = buddy.allocate(operation.order);
      heads.push(result.kind === 'granted' ? result.head : undefined);
      return result;
    }
    const head = heads[operation.slot];
    heads[operation.slot] = undefined;
    return head === undefined ? { kind: 'done' } : buddy.free(head, order(0));
  };
  return {
    open: (shape) => {
      heads = [];
      return Promise.resolve(buddy.open(shape));
    },
    ask: (operations) => {
      const from = performance.now();
      const results = operations.map(carryOut);
      return Promise.resolve({ results, seconds: (performance.now() - from) / 1000 });
    },
  };
}
