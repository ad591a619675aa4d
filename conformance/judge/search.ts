/** Runs case after case until one goes wrong and does so again, or the budget is used up. */
import { nameOf } from './finding.ts';
import { reproduce } from './reproduce.ts';
import type { Budget } from './budget.ts';
import type { Coverage } from './coverage.ts';
import type { Earlier } from './reproduce.ts';
import type { Finding } from './finding.ts';
import type { Runner } from './runner.ts';
import type { Source } from './kind.ts';

/** How much is tried, and who is told how far it is. */
export interface Bounds {
  readonly cases: number;
  /** Cases of the source that were carried out before: the search goes on after them. */
  readonly begun: number;
  /** Bounds the search. */
  readonly budget: Budget;
  /** Bounds the reproduction of what was found, after so many seconds that were spent on that before. */
  readonly reproduction: (spent: number) => Budget;
  readonly progress: (cases: number, coverage: Coverage) => void;
}

/** What a search came to, before it is concluded. */
export interface Found<F> {
  /** Cases of the source that were carried out by then. */
  readonly cases: number;
  /** Crashes that did not come back. */
  readonly flaky: number;
  readonly finding: Finding<F> | undefined;
  readonly reproduced: boolean;
  readonly interrupted: boolean;
  /** What was not judged. */
  readonly without: ReadonlySet<string>;
  /** Seconds that reproducing took. */
  readonly spent: number;
}

/** Returns what was found, by name. */
export const namesOf = (founds: readonly Found<object>[]): readonly string[] =>
  founds.flatMap(({ finding }) => (finding === undefined ? [] : [nameOf(finding)]));

/** What went on in a search before it ended, and how it ended. */
type Ending<F> = Omit<Found<F>, 'flaky' | 'without' | 'spent'>;

const MOST_CRASHES = 25;
/** For each case that counts, at most so many are drawn. */
const MOST_FOR_ONE = 10;

/** Every eighth case is looked at closely: a request, and a look at what is shown, every few operations. */
const grainOf = (n: number, maxBatch: number): number => Math.min(maxBatch, n % 8 === 5 ? 20 : 500);

/** Returns the cases before the n-th, as many as are wanted, without those that are forgotten. */
const earlierThan =
  <C>(source: Source<C>, n: number, from: number): Earlier<C> =>
  (count) =>
    Array.from({ length: Math.min(count, n - from) }, (_, at) => source.at(n - Math.min(count, n - from) + at)).filter(
      (one) => one !== undefined,
    );

/** One search: what it has come to so far. */
class Search<P extends object, C extends object, F extends C> {
  flaky = 0;
  spent = 0;
  readonly #runner: Runner<P, C, F>;
  readonly #source: Source<C>;
  readonly #bounds: Bounds;
  /** The first case that the subject which is alive has seen. */
  #from: number;

  constructor(runner: Runner<P, C, F>, source: Source<C>, bounds: Bounds) {
    this.#runner = runner;
    this.#source = source;
    this.#bounds = bounds;
    this.#from = bounds.begun;
  }

  /** Carries out case after case up to one that goes wrong, or to the end. */
  async run(): Promise<Ending<F>> {
    const { begun, budget, cases, progress } = this.#bounds;
    const { coverage, isLive } = this.#runner;
    const nothing = { finding: undefined, reproduced: true } as const;
    // Cases whose arena is unsupported do not count, but they do not make a search endless either.
    const goesOn = (n: number): boolean => n - coverage.unsupported < cases && n < MOST_FOR_ONE * (cases + 1);
    let n = begun;
    for (; goesOn(n); n++) {
      if (await budget.look()) return { cases: n, ...nothing, interrupted: budget.wasStopped() };
      if (n % 16 === 0 || !isLive) progress(n, coverage);
      const of = this.#source.next();
      if (of === undefined) return { cases: n, ...nothing, interrupted: false };
      const earlier = earlierThan(this.#source, n, this.#from);
      const grain = grainOf(n, this.#runner.hello.maxBatch);
      const found = await this.#carryOut(of, n, grain);
      if (found === undefined) continue;
      if (budget.wasStopped()) return { cases: n, ...nothing, interrupted: true };
      const ending = await this.#confirm(found, earlier, grain);
      if (ending !== undefined) return { cases: n + 1, ...ending };
    }
    return { cases: n, ...nothing, interrupted: false };
  }

  /** Carries out the n-th case; what went wrong in it. */
  async #carryOut(of: C, n: number, grain: number): Promise<Finding<F> | undefined> {
    const { coverage } = this.#runner;
    const { unsupported } = coverage;
    const found = await this.#runner.run(of, { coverage, grain, budget: this.#bounds.budget });
    this.#source.learn(coverage.unsupported === unsupported);
    if (!this.#runner.isOpen) this.#from = n + 1;
    return found;
  }

  /** Sees a finding once more; undefined if it is a crash that does not come back, of which there may be some. */
  async #confirm(found: Finding<F>, earlier: Earlier<C>, grain: number): Promise<Omit<Ending<F>, 'cases'> | undefined> {
    const { budget, reproduction } = this.#bounds;
    const from = performance.now();
    const confirmed = await reproduce(this.#runner, found, earlier, grain, reproduction(this.spent));
    this.spent += (performance.now() - from) / 1000;
    if (confirmed !== undefined) return { finding: confirmed, reproduced: true, interrupted: false };
    if (budget.wasStopped()) return { finding: found, reproduced: false, interrupted: true };
    if (found.what.kind === 'crash' && ++this.flaky < MOST_CRASHES) return undefined;
    return { finding: found, reproduced: false, interrupted: false };
  }
}

/** Searches the cases of a source for one that goes wrong. Everything but the time is fixed by the source. */
export async function search<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  source: Source<C>,
  bounds: Bounds,
): Promise<Found<F>> {
  const { without } = runner;
  const searching = new Search(runner, source, bounds);
  const ending = await searching.run();
  return { ...ending, flaky: searching.flaky, spent: searching.spent, without };
}
