import { allBut, leaveOutChunks } from '../../judge/ddmin.ts';
import { isLike } from '../../judge/finding.ts';
import { linked, unlinked } from './by-allocation.ts';
import { Sightings } from './coverage.ts';
import { onSmallerArena, shortest } from './enumerate.ts';
import { order, pfn } from '../../unit.ts';
import type { FixedCase } from './case.ts';
import type { Finding } from '../../judge/finding.ts';
import type { Linked } from './by-allocation.ts';
import type { Runner } from '../../judge/runner.ts';
import type { Operation, Shape } from '../../judge/subject.ts';
import type { Budget } from '../../judge/budget.ts';

/** What a smaller case must still show: the same clause refuted, or the same kind of silence. */
export function isSame(a: Finding, b: Finding): boolean {
  if (a.what.kind !== 'refuted' || b.what.kind !== 'refuted') return isLike(a, b);
  return a.what.counterexample.clause === b.what.counterexample.clause;
}

/** The smallest finding so far, and how a candidate becomes it. */
class Shrinking {
  best: Finding;
  readonly #runner: Runner;
  readonly #budget: Budget;
  /** Whether each candidate gets a subject that has seen nothing: slower, and surer. */
  readonly #fresh: boolean;

  constructor(runner: Runner, finding: Finding, budget: Budget, fresh: boolean) {
    this.best = finding;
    this.#runner = runner;
    this.#budget = budget;
    this.#fresh = fresh;
  }

  get timeIsUp(): boolean {
    return this.#budget.isSpent;
  }

  /** Whether a candidate goes wrong in the same way; if so it is the best from now on. */
  async try(candidate: FixedCase): Promise<boolean> {
    if (await this.#budget.look()) return false;
    const found = this.#fresh
      ? await this.#runner.again(candidate, candidate.before, 1)
      : await this.#runner.run(candidate, 1, new Sightings());
    if (found === undefined || !isSame(found, this.best)) return false;
    this.best = found;
    return true;
  }
}

/** Candidates with a chunk of the script left out. */
const dropChunks = (shrinking: Shrinking): Promise<boolean> =>
  leaveOutChunks(
    Math.ceil(shrinking.best.case.script.length / 2),
    () => shrinking.best.case.script.length,
    (from, behind) => {
      const rest = allBut(linked(shrinking.best.case.script), from, behind);
      return shrinking.try({ ...shrinking.best.case, script: unlinked(rest) });
    },
  );

/** Candidates with any two operations left out. */
async function dropPairs(shrinking: Shrinking): Promise<boolean> {
  for (let a = 0; a < shrinking.best.case.script.length; a++) {
    for (let b = a + 1; b < shrinking.best.case.script.length; b++) {
      const rest = linked(shrinking.best.case.script).filter((_, n) => n !== a && n !== b);
      if (await shrinking.try({ ...shrinking.best.case, script: unlinked(rest) })) return true;
      if (shrinking.timeIsUp) return false;
    }
  }
  return false;
}

const lowered = (operation: Linked, to: number): Linked =>
  operation.kind === 'free' ? operation : { ...operation, order: order(to) };

/** Candidates in which an operation has a lower order. */
async function lowerOrders(shrinking: Shrinking): Promise<boolean> {
  let smaller = false;
  for (let n = 0; n < shrinking.best.case.script.length; n++) {
    const operation = linked(shrinking.best.case.script)[n];
    if (operation === undefined || operation.kind === 'free') continue;
    for (let to = 0; to < operation.order; to++) {
      const script = unlinked(linked(shrinking.best.case.script).map((one, at) => (at === n ? lowered(one, to) : one)));
      if (!(await shrinking.try({ ...shrinking.best.case, script }))) continue;
      smaller = true;
      break;
    }
  }
  return smaller;
}

/** The same frames, counted from another base. */
function rebased(of: FixedCase, base: number): FixedCase {
  const by = base - of.shape.base;
  return {
    ...of,
    shape: {
      ...of.shape,
      base: pfn(base),
      reserved: of.shape.reserved.map(([first, count]) => [pfn(first + by), count]),
    },
    script: of.script.map((one) =>
      one.kind === 'free-frame' ? { ...one, head: pfn(Math.max(0, one.head + by)) } : one,
    ),
  };
}

/** Arenas smaller than a shape, smallest first. */
function smallerPages({ pages }: Shape): readonly number[] {
  const few = Array.from({ length: Math.min(pages - 1, 16) }, (_, n) => n + 1);
  const halves: number[] = [];
  for (let n = Math.ceil(pages / 2); n > 16; n = Math.ceil(n / 2)) halves.unshift(n);
  return [...few, ...halves, ...(pages > 17 ? [pages - 1] : [])];
}

const cut = ({ base, reserved, ...rest }: Shape, pages: number): Shape => ({
  ...rest,
  base,
  pages,
  reserved: reserved.flatMap(([first, count]) => {
    const inside = Math.min(count, base + pages - first);
    return inside > 0 ? [[first, inside] as const] : [];
  }),
});

async function shrinkArena(shrinking: Shrinking): Promise<boolean> {
  const start = shrinking.best.case;
  const attempts = function* (): Generator<() => FixedCase> {
    const now = (): FixedCase => shrinking.best.case;
    yield () => rebased(now(), 0);
    yield () => ({ ...now(), shape: { ...now().shape, reserved: [] } });
    for (let n = start.shape.reserved.length - 1; n >= 0; n--) {
      yield () => ({ ...now(), shape: { ...now().shape, reserved: now().shape.reserved.filter((_, at) => at !== n) } });
    }
  };
  let smaller = false;
  for (const attempt of attempts()) {
    const candidate = attempt();
    if (JSON.stringify(candidate) !== JSON.stringify(shrinking.best.case) && (await shrinking.try(candidate)))
      smaller = true;
  }
  for (const pages of smallerPages(shrinking.best.case.shape)) {
    const now = shrinking.best.case;
    if (!(await shrinking.try({ ...now, shape: cut(now.shape, pages) }))) continue;
    smaller = true;
    break;
  }
  for (let orders = 1; orders < shrinking.best.case.shape.orders; orders++) {
    const now = shrinking.best.case;
    if (!(await shrinking.try({ ...now, shape: { ...now.shape, orders } }))) continue;
    smaller = true;
    break;
  }
  return smaller;
}

/** Candidates with fewer, and shorter, cases before. */
async function dropBefore(shrinking: Shrinking): Promise<boolean> {
  let smaller = false;
  for (let n = shrinking.best.case.before.length - 1; n >= 0; n--) {
    const { before } = shrinking.best.case;
    if (await shrinking.try({ ...shrinking.best.case, before: before.filter((_, at) => at !== n) })) smaller = true;
  }
  for (let n = 0; n < shrinking.best.case.before.length; n++) {
    const script = (): readonly Operation[] => shrinking.best.case.before[n]?.script ?? [];
    const shorter = await leaveOutChunks(
      script().length,
      () => script().length,
      (from, behind) => {
        const rest = unlinked(allBut(linked(script()), from, behind));
        const before = shrinking.best.case.before.map((one, at) => (at === n ? { ...one, script: rest } : one));
        return shrinking.try({ ...shrinking.best.case, before });
      },
    );
    smaller ||= shorter;
  }
  return smaller;
}

async function shrinkAll(shrinking: Shrinking): Promise<Finding> {
  for (let again = true; again && !shrinking.timeIsUp;) {
    const size = JSON.stringify(shrinking.best.case).length;
    await dropChunks(shrinking);
    await dropBefore(shrinking);
    await shrinkArena(shrinking);
    await lowerOrders(shrinking);
    if (shrinking.best.case.script.length <= 40) await dropPairs(shrinking);
    again = JSON.stringify(shrinking.best.case).length < size;
  }
  return shrinking.best;
}

/** So much of the time for shrinking may go into each way of looking for a shorter case among others than the one found. */
const SEARCH_SECONDS = 7.5;

/** Whether a shorter case can be looked for elsewhere: a refuted clause, and nothing before it. */
const isSearchable = ({ what, case: { before, drain } }: Finding): boolean =>
  what.kind === 'refuted' && before.length === 0 && !drain;

/** Looks for the same fault in random cases on smaller arenas, and shrinks what it finds; the shorter of both. */
async function smaller(runner: Runner, best: Finding, budget: Budget): Promise<Finding> {
  const found = await onSmallerArena(runner, best, (one) => isSame(one, best), budget);
  if (found === undefined) return best;
  const shrunk = await shrinkAll(new Shrinking(runner, found, budget, false));
  const again = await runner.again(shrunk.case, [], 1);
  if (again === undefined || !isSame(again, best)) return best;
  return again.case.script.length <= best.case.script.length ? again : best;
}

/**
 * A short case that goes wrong in the same way: nothing more can be left out, lowered or cut, no random case on a smaller
 * arena was shorter, and no shorter script does so on a tiny one; or the time is up. One subject serves all candidates, where
 * the fault needs no earlier case; what comes out is seen once more in a fresh one.
 */
export async function shrink(runner: Runner, finding: Finding, budget: Budget): Promise<Finding> {
  if (finding.case.before.length > 0) return shrinkAll(new Shrinking(runner, finding, budget, true));

  const best = await shrinkAll(new Shrinking(runner, finding, budget, false));
  const again = await runner.again(best.case, [], 1);
  if (again === undefined || !isSame(again, best)) return shrinkAll(new Shrinking(runner, finding, budget, true));
  if (!isSearchable(again)) return again;

  const small = await smaller(runner, again, budget.share(SEARCH_SECONDS));
  const shorter = await shortest(runner, small, (found) => isSame(found, small), budget.share(SEARCH_SECONDS));
  return shorter !== undefined && isSame(shorter, small) ? shorter : small;
}
