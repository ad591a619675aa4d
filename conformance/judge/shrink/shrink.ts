/** Makes the case of a finding as short as it can. */
import { Coverage } from '../coverage.ts';
import { ddmin } from './ddmin.ts';
import { isSilence, standsFor } from '../finding.ts';
import type { Budget } from '../budget.ts';
import type { Elsewhere, Pass, Sweep } from '../kind.ts';
import type { Finding } from '../finding.ts';
import type { Runner } from '../runner.ts';

/** The time that shrinking may take, the shapes that it is confined to, and how often a candidate is tried if chance decides too. */
interface Within {
  readonly budget: Budget;
  readonly sweep: Sweep;
  readonly tries: number;
}

/** How sure it must be that a shorter case goes wrong: it has so many times fewer tries than a replay, and is to be seen twice. */
export type Sureness = 4 | 32;

/** The smallest finding so far, and how a candidate becomes it. */
class Shrinking<P extends object, C extends object, F extends C> {
  best: Finding<F>;
  readonly passes: readonly Pass<F>[];
  readonly #runner: Runner<P, C, F>;
  readonly #budget: Budget;
  readonly #tries: number;
  /** Each candidate gets a subject that has seen nothing: slower, and surer. */
  readonly #fresh: boolean;

  constructor(runner: Runner<P, C, F>, finding: Finding<F>, { budget, sweep, tries }: Within, fresh: boolean) {
    this.best = finding;
    this.passes = runner.kind.simpler(sweep);
    this.#runner = runner;
    this.#budget = budget;
    this.#tries = tries;
    this.#fresh = fresh;
  }

  get kind(): Runner<P, C, F>['kind'] {
    return this.#runner.kind;
  }

  get timeIsUp(): boolean {
    return this.#budget.isSpent;
  }

  /** Tries a candidate; if it shows the same, it is the best from now on. */
  async try(candidate: F, before: readonly F[] = this.best.before): Promise<boolean> {
    const found = await this.#carryOut(candidate, before);
    if (found === undefined) return false;
    // If chance decides too, a case that went wrong once might hardly ever do so again.
    if (this.#runner.tries > 1 && (await this.#carryOut(candidate, before)) === undefined) return false;
    this.best = found;
    return true;
  }

  /** Returns what a candidate shows, if it is the same as what the best does. */
  async #carryOut(candidate: F, before: readonly F[]): Promise<Finding<F> | undefined> {
    if (await this.#budget.look()) return undefined;
    const coverage = new Coverage(this.kind.sights);
    const found =
      this.#fresh || before.length > 0
        ? await this.#runner.again(candidate, before, 1, this.#budget, coverage, undefined, this.#tries)
        : await this.#runner.run(candidate, { coverage, grain: 1, budget: this.#budget }, this.#tries);
    if (this.#budget.wasStopped() || found === undefined || !standsFor(found, this.best)) return undefined;
    return found;
  }
}

/** Leaves out chunks of operations, half of them first. */
const dropChunks = <P extends object, C extends object, F extends C>(
  shrinking: Shrinking<P, C, F>,
): Promise<boolean> => {
  const { kind } = shrinking;
  const length = (): number => kind.length(shrinking.best.case);
  return ddmin(Math.ceil(length() / 2), length, (from, end) =>
    shrinking.try(kind.without(shrinking.best.case, from, end)),
  );
};

/** Leaves out any two operations. */
async function dropPairs<P extends object, C extends object, F extends C>(
  shrinking: Shrinking<P, C, F>,
): Promise<boolean> {
  const { kind } = shrinking;
  for (let a = 0; a < kind.length(shrinking.best.case); a++) {
    for (let b = a + 1; b < kind.length(shrinking.best.case); b++) {
      const rest = kind.without(kind.without(shrinking.best.case, b, b + 1), a, a + 1);
      if (await shrinking.try(rest)) return true;
      if (shrinking.timeIsUp) return false;
    }
  }
  return false;
}

/** Tries candidates up to the first that shows the same; returns whether one did. */
async function tryOneOf<P extends object, C extends object, F extends C>(
  shrinking: Shrinking<P, C, F>,
  candidates: Iterable<F>,
): Promise<boolean> {
  for (const candidate of candidates) {
    if (await shrinking.try(candidate)) return true;
    if (shrinking.timeIsUp) return false;
  }
  return false;
}

/** Tries what each pass makes of the best case; after a success the pass begins anew with what was found. */
async function simplify<P extends object, C extends object, F extends C>(shrinking: Shrinking<P, C, F>): Promise<void> {
  for (const pass of shrinking.passes) {
    while (!shrinking.timeIsUp && (await tryOneOf(shrinking, pass(shrinking.best.case)))) continue;
  }
}

/** Leaves out earlier cases, and operations of those that are left. */
async function dropBefore<P extends object, C extends object, F extends C>(
  shrinking: Shrinking<P, C, F>,
): Promise<void> {
  const { kind } = shrinking;
  const before = (): readonly F[] => shrinking.best.before;
  for (let n = before().length - 1; n >= 0; n--) {
    await shrinking.try(
      shrinking.best.case,
      before().filter((_, at) => at !== n),
    );
  }
  for (let n = 0; n < before().length; n++) {
    const length = (): number => before().flatMap((one, at) => (at === n ? [kind.length(one)] : []))[0] ?? 0;
    await ddmin(length(), length, (from, end) => {
      const shorter = before().map((one, at) => (at === n ? kind.without(one, from, end) : one));
      return shrinking.try(shrinking.best.case, shorter);
    });
  }
}

/** Operations up to which any two of them are tried to be left out together. */
const FEW = 40;

async function shrinkAll<P extends object, C extends object, F extends C>(
  shrinking: Shrinking<P, C, F>,
): Promise<Finding<F>> {
  const size = (): number => {
    const { before, case: of } = shrinking.best;
    return JSON.stringify([shrinking.kind.save(of), before.map((one) => shrinking.kind.save(one))]).length;
  };
  for (let again = true; again && !shrinking.timeIsUp;) {
    const was = size();
    await dropChunks(shrinking);
    await dropBefore(shrinking);
    await simplify(shrinking);
    if (shrinking.kind.length(shrinking.best.case) <= FEW) await dropPairs(shrinking);
    again = size() < was;
  }
  return shrinking.best;
}

/** How long one way of making other cases may look for one that shows the same. */
const SEARCH_SECONDS = 7.5;

/**
 * Looks through other cases for one that is as good, and shrinks that. Returns the better of both. Where no answer came, each
 * operation is asked by itself, so that an answer that is wrong before that is seen.
 */
async function lookElsewhere<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  best: Finding<F>,
  candidates: Elsewhere<C>,
  within: Within,
  isAsGood: (found: Finding<F>, best: Finding<F>) => boolean = standsFor,
): Promise<Finding<F>> {
  const { budget } = within;
  const grain = isSilence(best) ? 1 : runner.hello.maxBatch;
  for (let next = candidates.next('supported'); next.done !== true;) {
    if (await budget.look()) return best;
    const coverage = new Coverage(runner.kind.sights);
    const found = await runner.run(next.value, { coverage, grain, budget });
    if (found !== undefined && isAsGood(found, best)) {
      const shrunk = await shrinkAll(new Shrinking(runner, found, within, false));
      const again = await runner.again(shrunk.case, [], 1, budget);
      if (again === undefined || !isAsGood(again, best)) return best;
      return isRefuted(again, best) || runner.kind.length(again.case) <= runner.kind.length(best.case) ? again : best;
    }
    next = candidates.next(coverage.unsupported > 0 ? 'unsupported' : 'supported');
  }
  return best;
}

/** Reports whether something is refuted where no answer came: worth more, however long. */
const isRefuted = (found: Finding<unknown>, best: Finding<unknown>): boolean =>
  isSilence(best) && found.what.kind === 'refuted';

/** Looks through the tiniest other cases for one in which something is refuted, before a crash or a hang is shortened itself. */
async function refutedElsewhere<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  finding: Finding<F>,
  { budget, sweep, tries }: Within,
): Promise<Finding<F> | undefined> {
  const [candidates] = runner.kind.elsewhere(finding, sweep);
  if (candidates === undefined) return undefined;
  const within = { sweep, budget: budget.share(SEARCH_SECONDS), tries };
  const other = await lookElsewhere(runner, finding, candidates, within, isRefuted);
  return other === finding ? undefined : other;
}

/** How much of the time goes to a case itself before others are looked for; what is left then goes to it, too. */
const FIRST = 0.4;

/**
 * Returns a short case that goes wrong in the same way: nothing more can be left out, lowered or cut, and none of the other cases
 * that the kind knows of was shorter; or the time is up. One subject serves all candidates, unless the fault needs earlier
 * cases; what comes out is seen once more in a fresh one.
 */
async function shortest<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  finding: Finding<F>,
  within: Within,
): Promise<Finding<F>> {
  const { budget, sweep, tries } = within;
  if (finding.before.length > 0) return shrinkAll(new Shrinking(runner, finding, within, true));

  const refuted = isSilence(finding) ? await refutedElsewhere(runner, finding, within) : undefined;
  if (refuted !== undefined) return refuted;
  const first = budget.share(FIRST * budget.left);
  const best = await shrinkAll(new Shrinking(runner, finding, { sweep, budget: first, tries }, false));
  const wasCut = first.isSpent;
  const again = await runner.again(best.case, [], 1, budget);
  if (again === undefined || !standsFor(again, best)) {
    return shrinkAll(new Shrinking(runner, finding, within, true));
  }
  if (again.what.kind !== 'refuted' && !isSilence(again)) return again;

  let smallest = again;
  for (const candidates of runner.kind.elsewhere(again, sweep)) {
    smallest = await lookElsewhere(runner, smallest, candidates, {
      sweep,
      budget: budget.share(SEARCH_SECONDS),
      tries,
    });
  }
  return wasCut ? shrinkAll(new Shrinking(runner, smallest, within, false)) : smallest;
}

/** How far a case was shortened: as far as it goes, as far as the time allowed, or not at all. */
export type Shortened = 'fully' | 'partly' | 'no';

/** Shortens a finding's case within a budget. If chance decides too, the surer it must be, the oftener what comes out goes wrong. */
export async function shrink<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  finding: Finding<F>,
  sweep: Sweep,
  budget: Budget,
  sureness: Sureness = 4,
): Promise<{ readonly finding: Finding<F>; readonly shortened: Shortened }> {
  const short = await shortest(runner, finding, { budget, sweep, tries: Math.ceil(runner.tries / sureness) });
  return { finding: short, shortened: budget.isSpent ? 'partly' : 'fully' };
}
