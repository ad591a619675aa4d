/** Histories of several processors: made from an order that explains them, so that each has one. */

import { placement, startPlaced } from '../../spec/index.ts';
import { arenaOf, plainShape } from './arena.ts';
import fc from 'fast-check';
import { order, pfn } from '../../spec/unit.ts';
import type { Arbitrary } from 'fast-check';
import type { Call, Command, History, Kernel, Outcome } from '../../protocol/index.ts';
import type { Placed } from '../../spec/index.ts';

/** A history, the zone before it, and the zone after the order that it was made from. */
export interface Concurrent {
  readonly start: Placed;
  readonly history: History;
  readonly end: Placed;
}

interface Drawn {
  readonly processor: number;
  readonly frame: number;
  readonly of: number;
  readonly frees: boolean;
  /** How much of the time to the processor's call before, and to the one after, the call takes. */
  readonly before: number;
  readonly after: number;
}

const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });

const drawn = (processors: number, pages: number): Arbitrary<Drawn> =>
  fc.record({
    processor: fc.nat({ max: processors - 1 }),
    frame: fc.nat({ max: pages - 1 }),
    of: fc.nat({ max: 2 }),
    frees: fc.boolean(),
    before: share,
    after: share,
  });

const commandOf = ({ frame, of, frees }: Drawn): Command =>
  frees ? { kind: 'free', head: pfn(frame), order: order(of) } : { kind: 'allocate', order: order(of) };

/** Call n takes effect at time n. It takes up to half of the time to its processor's calls around it. */
function madeFrom(kernel: Kernel, pages: number, all: readonly Drawn[]): Concurrent {
  const start = startPlaced(kernel, arenaOf(plainShape(kernel, pages, 4)));
  let end = start;
  const history = all.map((one, n): Call => {
    const command = commandOf(one);
    const { outcome, next } = placement(end, command);
    end = next;
    const isOwn = ({ processor }: Drawn): boolean => processor === one.processor;
    const last = all.slice(0, n).findLastIndex(isOwn);
    const following = all.slice(n + 1).findIndex(isOwn);
    const room = [n - last, following < 0 ? all.length : following + 1] as const;
    const [invoked, returned] = [n - (room[0] * one.before) / 2, n + (room[1] * one.after) / 2];
    return { processor: one.processor, command, outcome, invoked, returned };
  });
  return { start, history, end };
}

/** Histories of up to three processors that have an order. */
export const concurrent: Arbitrary<Concurrent> = fc
  .tuple(fc.constantFrom<Kernel>('2.4', '2.6'), fc.array(drawn(3, 8), { maxLength: 30, size: 'max' }))
  .map(([kernel, all]) => madeFrom(kernel, 8, all));

/** Histories of up to five calls of which one has another answer than it had; they may have an order all the same. */
export const doubtful: Arbitrary<Concurrent> = fc
  .tuple(
    fc.constantFrom<Kernel>('2.4', '2.6'),
    fc.array(drawn(3, 8), { minLength: 1, maxLength: 5 }),
    fc.nat({ max: 4 }),
    fc.constantFrom<Outcome>(
      { kind: 'exhausted' },
      ...[0, 4, 6, 7].map((head): Outcome => ({ kind: 'granted', head: pfn(head) })),
    ),
  )
  .map(([kernel, all, at, outcome]) => {
    const made = madeFrom(kernel, 8, all);
    return { ...made, history: made.history.map((call, n) => (n === at ? { ...call, outcome } : call)) };
  });
