/** Runs case after case until one goes wrong and does so again, or the budget is used up. */
import { reproduce } from './reproduce.ts';
import type { Budget } from './budget.ts';
import type { Coverage } from './coverage.ts';
import type { Finding } from './finding.ts';
import type { Runner } from './runner.ts';
import type { Source } from './kind.ts';

/** How much is tried, and who is told how far it is. */
export interface Bounds {
  readonly cases: number;
  /** Bounds the search. */
  readonly budget: Budget;
  /** Bounds the reproduction of what was found. */
  readonly reproduction: () => Budget;
  readonly progress: (cases: number, coverage: Coverage) => void;
}

/** What a search came to, before it is concluded. */
export interface Found<F> {
  readonly cases: number;
  /** Crashes that did not come back. */
  readonly flaky: number;
  readonly finding: Finding<F> | undefined;
  readonly reproduced: boolean;
  readonly interrupted: boolean;
}

const MOST_CRASHES = 25;
/** For each case that counts, at most so many are drawn. */
const MOST_FOR_ONE = 10;

/** Every eighth case is looked at closely: a request, and a look at what is shown, every few operations. */
const grainOf = (n: number, maxBatch: number): number => Math.min(maxBatch, n % 8 === 5 ? 20 : 500);

/** Returns the cases before the n-th, as many as are wanted, without those that are forgotten. */
const earlierThan =
  <C>(source: Source<C>, n: number, from: number) =>
  (count: number): readonly C[] =>
    Array.from({ length: Math.min(count, n - from) }, (_, at) => source.at(n - Math.min(count, n - from) + at)).filter(
      (one) => one !== undefined,
    );

/** Searches the cases of a source for one that goes wrong. Everything but the time is fixed by the source. */
export async function search<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  source: Source<C>,
  { budget, cases, progress, reproduction }: Bounds,
): Promise<Found<F>> {
  const { coverage, hello } = runner;
  const nothing = { finding: undefined, reproduced: true } as const;
  let flaky = 0;
  /** The first case that the subject which is alive has seen. */
  let from = 0;
  /** Cases whose arena is unsupported do not count, but they do not make a search endless either. */
  let uncounted = 0;
  const goesOn = (n: number): boolean => n - uncounted < cases && n < MOST_FOR_ONE * cases + MOST_FOR_ONE;
  for (let n = 0; goesOn(n); n++) {
    if (await budget.look()) return { cases: n, flaky, ...nothing, interrupted: budget.wasStopped() };
    if (n % 16 === 0 || !runner.isLive) progress(n, coverage);
    const of = source.next();
    if (of === undefined) return { cases: n, flaky, ...nothing, interrupted: false };
    const grain = grainOf(n, hello.maxBatch);
    const { unsupported } = coverage;
    const found = await runner.run(of, { coverage, grain, budget });
    source.learn(coverage.unsupported === unsupported);
    uncounted += coverage.unsupported - unsupported;
    if (found === undefined) continue;
    if (budget.wasStopped()) return { cases: n, flaky, ...nothing, interrupted: true };

    const so = { cases: n + 1, interrupted: false } as const;
    const confirmed = await reproduce(runner, found, earlierThan(source, n, from), grain, reproduction());
    if (confirmed !== undefined) return { ...so, flaky, finding: confirmed, reproduced: true };
    if (budget.wasStopped()) return { ...so, flaky, finding: found, reproduced: false, interrupted: true };
    if (found.what.kind !== 'crash') return { ...so, flaky, finding: found, reproduced: false };
    flaky++;
    if (flaky >= MOST_CRASHES) return { ...so, flaky, finding: found, reproduced: false };
    from = n + 1;
  }
  return { cases: cases + uncounted, flaky, ...nothing, interrupted: false };
}
