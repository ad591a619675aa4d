/** Smaller cases of several threads: fewer operations, fewer threads, lower orders, smaller arenas. */
import { operationsOf, wellFormed } from './case.ts';
import { order } from '../../unit.ts';
import { simplerCases } from '../buddy/smaller/simpler.ts';
import type { Pass, Sweep } from '../../judge/kind.ts';
import type { SmpCase, SmpOperation } from './case.ts';

/** Returns a case with each operation replaced by what `change` makes of it; by nothing if that is undefined. */
const withEach = (
  { rounds, shape }: SmpCase,
  change: (operation: SmpOperation) => SmpOperation | undefined,
): SmpCase => ({
  shape,
  rounds: wellFormed(rounds.map((round) => round.map((script) => script.flatMap((one) => change(one) ?? [])))),
});

/** Returns a case without the operations [from, end); frees of allocations that are gone go too. */
export function without(of: SmpCase, from: number, end: number): SmpCase {
  const gone = new Set(operationsOf(of).slice(Math.max(0, from), Math.max(0, end)));
  return withEach(of, (operation) => (gone.has(operation) ? undefined : operation));
}

/** With two scripts of a round carried out by one thread, one after the other. */
function* fewerThreads({ rounds, shape }: SmpCase): Generator<SmpCase> {
  for (const [at, round] of rounds.entries()) {
    const last = round.at(-1) ?? [];
    const others = round.slice(0, -1);
    for (const [n, other] of others.entries()) {
      yield { shape, rounds: rounds.with(at, others.with(n, [...other, ...last])) };
    }
  }
}

/** With one request of a lower order. */
function* lowerOrders(of: SmpCase): Generator<SmpCase> {
  for (const operation of operationsOf(of)) {
    if (operation.kind !== 'allocate') continue;
    for (let to = 0; to < operation.order; to++) {
      yield withEach(of, (one) => (one === operation ? { ...operation, order: order(to) } : one));
    }
  }
}

/** Returns the ways to make a case simpler; those to simpler arenas are the buddy system's. */
export const simplerThreads = (sweep: Pick<Sweep, 'pages' | 'orders' | 'bases'>): readonly Pass<SmpCase>[] => [
  fewerThreads,
  ...simplerCases(sweep).map(
    (pass): Pass<SmpCase> =>
      function* ({ rounds, shape }) {
        for (const { shape: simpler } of pass({ shape, script: [], drain: false })) yield { shape: simpler, rounds };
      },
  ),
  lowerOrders,
];
