/** One search by several: alone for a moment, then shared. What comes out is what one alone would say, up to the time it takes. */
import { partOf } from './lanes.ts';
import { reproduce } from './reproduce.ts';
import { search } from './search.ts';
import { soughtIn } from './sought.ts';
import type { Bounds, Found } from './search.ts';
import type { Carried, Crew, Hand, Sighting, Told } from './crew.ts';
import type { Coverage } from '../coverage.ts';
import type { Failure } from '../subject.ts';
import type { Finding } from '../finding.ts';
import type { Runner } from '../runner.ts';
import type { Share } from './lanes.ts';
import type { Sought } from './sought.ts';
import type { Source } from '../kind.ts';

/** Seconds after which one that should have ended is ended. */
const GRACE = 30;

/** Gathers what the hands tell: counts what was carried out up to the first case that went wrong, and nothing behind it. */
class Muster {
  /** Cases that count. */
  cases = 0;
  flaky = 0;
  /** What went wrong in the first of all cases in which something did. */
  found: Sighting | undefined;
  failure: Failure | undefined;
  readonly hands: Hand[] = [];
  readonly #coverage: Coverage;
  /** By hand, the last case that it told of; infinite if it is over. */
  readonly #last: number[];
  /** What cannot be counted yet: in an earlier case something may still go wrong. */
  #waiting: Carried[] = [];

  constructor(coverage: Coverage, hands: number) {
    this.#coverage = coverage;
    this.#last = new Array<number>(hands).fill(-1);
  }

  get isOver(): boolean {
    return this.#last.every((last) => last === Infinity);
  }

  take(hand: number, told: Told): void {
    switch (told.kind) {
      case 'carried':
        this.#waiting.push(...told.cases);
        this.#last[hand] = Math.max(this.#last[hand] ?? -1, told.cases.at(-1)?.n ?? -1);
        break;
      case 'found':
        if (told.found.at < (this.found?.at ?? Infinity)) this.found = told.found;
        for (const one of this.hands) one.until(this.found?.at ?? Infinity);
        break;
      case 'over':
        this.flaky += told.flaky;
        this.failure ??= told.failure;
        this.#last[hand] = Infinity;
        if (told.failure !== undefined) for (const one of this.hands) one.end();
    }
    this.#count();
  }

  #count(): void {
    const known = Math.min(...this.#last, this.found?.at ?? Infinity);
    for (const one of this.#waiting.filter(({ n }) => n <= known)) {
      this.#coverage.add(one);
      this.cases++;
    }
    this.#waiting = this.#waiting.filter(({ n }) => n > known);
  }
}

/** What a shared search needs beside what one alone does. */
export interface Shared {
  readonly crew: Crew;
  readonly share: Share;
  readonly options: Sought;
}

/** Has the hands carry out what is left of a search. */
async function share(
  runner: { readonly coverage: Coverage; readonly kind: { readonly name: string } },
  { budget, lanes, progress }: Bounds,
  { crew, options, share: all }: Shared,
  unsupported: readonly number[],
): Promise<Muster> {
  const count = Math.min(crew.hands, all.length);
  const muster = new Muster(runner.coverage, count);
  const from = lanes.end;
  await new Promise<void>((resolve) => {
    const watch = setInterval(() => {
      if (budget.wasStopped() || budget.left < -GRACE) for (const one of muster.hands) one.end();
    }, 200);
    for (let n = 0; n < count; n++) {
      const task = {
        kind: runner.kind.name,
        options: soughtIn(options),
        share: partOf(all, n, count),
        from,
        unsupported,
      };
      const tell = (told: Told): void => {
        muster.take(n, told);
        progress(lanes.dealt + muster.cases, runner.coverage);
        if (!muster.isOver) return;
        clearInterval(watch);
        resolve();
      };
      muster.hands.push(crew.hire({ ...task, seconds: budget.left }, tell));
    }
  });
  return muster;
}

/** Searches alone for a moment, and with others if nothing was found by then. */
export async function searchTogether<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  source: Source<C>,
  bounds: Bounds,
  shared: Shared,
): Promise<Found<F>> {
  const unsupported: number[] = [];
  const carried = (n: number, coverage: Coverage): void => {
    if (coverage.unsupported > 0) unsupported.push(n);
  };
  // The last case alone is carried out to its end, so that the others know what came of it.
  const end = performance.now() + 1000 * shared.crew.after;
  const until = (): number => (performance.now() < end ? Infinity : -1);
  const alone = await search(runner, source, { ...bounds, until, carried });
  const isDone = alone.finding !== undefined || alone.interrupted || bounds.lanes.isOver || bounds.budget.isSpent;
  if (isDone) return alone;
  const muster = await share(runner, bounds, shared, unsupported);
  const { failure, found } = muster;
  const cases = alone.cases + muster.cases;
  const so = { ...alone, cases, flaky: alone.flaky + muster.flaky, interrupted: bounds.budget.wasStopped() };
  if (found === undefined) return failure === undefined ? so : { ...so, failure };
  // The hand carried out a case of the same kind: what it sent is what its search found.
  const finding = { ...(found.finding as Finding<F>), moment: undefined };
  const from = performance.now();
  const budget = bounds.reproduction(alone.spent);
  const again = found.reproduced
    ? await reproduce(runner, finding, () => [], runner.hello.maxBatch, budget)
    : undefined;
  const spent = alone.spent + (performance.now() - from) / 1000;
  return { ...so, at: found.at, finding: again ?? finding, reproduced: again !== undefined, spent };
}
