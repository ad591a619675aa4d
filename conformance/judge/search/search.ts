/** Runs case after case until one goes wrong and does so again, or the budget is used up. */
import { Coverage } from '../coverage.ts';
import { nameOf } from '../finding.ts';
import { reproduce } from './reproduce.ts';
import type { Budget } from '../budget.ts';
import type { Earlier } from './reproduce.ts';
import type { Failure } from '../subject.ts';
import type { Finding } from '../finding.ts';
import type { Lanes } from './lanes.ts';
import type { Runner } from '../runner.ts';
import type { Source } from '../kind.ts';

/** How much is tried, and who is told how far it is. */
export interface Bounds {
  /** The cases, in their sequence; a search goes on after those that were dealt out before. */
  readonly lanes: Lanes;
  /** Bounds the search. */
  readonly budget: Budget;
  /** Bounds the reproduction of what was found, after so many seconds that were spent on that before. */
  readonly reproduction: (spent: number) => Budget;
  readonly progress: (cases: number, coverage: Coverage) => void;
  /** The last case that is wanted, by now. */
  readonly until?: () => number;
  /** Takes what each case showed, when it is over. */
  readonly carried?: (n: number, coverage: Coverage) => void;
}

/** What a search came to, before it is concluded. */
export interface Found<F> {
  /** Cases that were carried out by then. */
  readonly cases: number;
  /** The number of the case that went wrong; undefined if none did. */
  readonly at: number | undefined;
  /** Crashes that did not come back. */
  readonly flaky: number;
  readonly finding: Finding<F> | undefined;
  readonly reproduced: boolean;
  readonly interrupted: boolean;
  /** What was not judged. */
  readonly without: ReadonlySet<string>;
  /** Seconds that reproducing took. */
  readonly spent: number;
  /** Why it could not be carried out to its end. */
  readonly failure?: Failure;
}

/** Returns what was found, by name. */
export const namesOf = (founds: readonly Found<object>[]): readonly string[] =>
  founds.flatMap(({ finding }) => (finding === undefined ? [] : [nameOf(finding)]));

/** How a search ended. */
type Ending<F> = Pick<Found<F>, 'at' | 'finding' | 'reproduced' | 'interrupted'>;

const NOTHING = { at: undefined, finding: undefined, reproduced: true, interrupted: false } as const;

const MOST_CRASHES = 25;

/** Earlier cases that a finding may need: more of them are not tried, and not kept. */
const MOST_EARLIER = 2 ** 16;

/** Every eighth case is looked at closely: a request, and a look at what is shown, every few operations. */
const grainOf = (n: number, maxBatch: number): number => Math.min(maxBatch, n % 8 === 5 ? 20 : 500);

/** One search: what it has come to so far. */
class Search<P extends object, C extends object, F extends C> {
  flaky = 0;
  spent = 0;
  readonly #runner: Runner<P, C, F>;
  readonly #source: Source<C>;
  readonly #bounds: Bounds;
  /** The cases that the subject which is alive has seen. */
  #seen: number[] = [];

  constructor(runner: Runner<P, C, F>, source: Source<C>, bounds: Bounds) {
    this.#runner = runner;
    this.#source = source;
    this.#bounds = bounds;
  }

  /** Carries out case after case up to one that goes wrong, or to the end. */
  async run(): Promise<Ending<F>> {
    const { budget, lanes, progress, until = () => Infinity } = this.#bounds;
    const { coverage, isLive } = this.#runner;
    for (;;) {
      if (await budget.look()) return { ...NOTHING, interrupted: budget.wasStopped() };
      if (lanes.dealt % 16 === 0 || !isLive) progress(lanes.dealt, coverage);
      const n = lanes.next(until() + 1);
      const of = n === undefined ? undefined : this.#source.draw(n);
      if (n !== undefined && of === undefined) lanes.close();
      if (n === undefined || of === undefined) return NOTHING;
      const earlier = this.#earlier(this.#seen);
      const grain = grainOf(n, this.#runner.hello.maxBatch);
      const found = await this.#carryOut(of, n, grain);
      if (found === undefined) continue;
      if (budget.wasStopped()) return { ...NOTHING, interrupted: true };
      const ending = await this.#confirm(found, earlier, grain);
      if (ending !== undefined) return { ...ending, at: n };
    }
  }

  /** Returns the last of some cases, as many as are wanted, without those that are forgotten. */
  #earlier(seen: readonly number[]): Earlier<C> {
    const until = seen.length;
    return (count) =>
      seen.slice(Math.max(0, until - count), until).flatMap((n): C | readonly C[] => this.#source.at(n) ?? []);
  }

  /** Carries out the n-th case; what went wrong in it. */
  async #carryOut(of: C, n: number, grain: number): Promise<Finding<F> | undefined> {
    const { budget, carried, lanes } = this.#bounds;
    const coverage = new Coverage(this.#runner.kind.sights);
    const found = await this.#runner.run(of, { coverage, grain, budget });
    const isSupported = coverage.unsupported === 0;
    this.#source.learn(n, isSupported);
    lanes.tell(n, isSupported);
    this.#runner.coverage.add(coverage);
    carried?.(n, coverage);
    if (!this.#runner.isOpen) this.#seen = [];
    else if (this.#seen.push(n) > 2 * MOST_EARLIER) this.#seen = this.#seen.slice(-MOST_EARLIER);
    return found;
  }

  /** Sees a finding once more; undefined if it is a crash that does not come back, of which there may be some. */
  async #confirm(found: Finding<F>, earlier: Earlier<C>, grain: number): Promise<Omit<Ending<F>, 'at'> | undefined> {
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
  const { flaky, spent } = searching;
  return { ...ending, cases: bounds.lanes.dealt, flaky, spent, without };
}
