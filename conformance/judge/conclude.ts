/** Concludes a run: shrinks what was found, sees it once more, and gives the verdict. */
import { Coverage } from './coverage.ts';
import { VERDICT_OF } from './verdict.ts';
import { anyKind } from './kind.ts';
import { shrink } from './shrink.ts';
import { standsFor } from './finding.ts';
import type { AnyKind, Sweep } from './kind.ts';
import type { Budget } from './budget.ts';
import type { Failure } from './subject.ts';
import type { Finding } from './finding.ts';
import type { Found } from './search.ts';
import type { KindJudgement, Options } from './judgement.ts';
import type { Runner } from './runner.ts';

/** Reports whether a finding's case, saved and read again, shows the same once more. */
async function replaysAgain<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  finding: Finding<F>,
  budget: Budget,
): Promise<boolean> {
  const { kind } = runner;
  const [of, ...before] = [finding.case, ...finding.before].map((one) => {
    const read = kind.parse(JSON.parse(JSON.stringify(kind.save(one))));
    return read === undefined || 'why' in read ? undefined : read;
  });
  if (of === undefined || before.includes(undefined)) return false;
  const known = before.filter((one) => one !== undefined);
  const again = await runner.again(of, known, 1, budget);
  return again !== undefined && standsFor(again, finding) && standsFor(finding, again);
}

/** Seconds that are kept for seeing once more what was shrunk. */
const LAST_LOOK = 3;

/** How a run is concluded. */
export interface Conclusion {
  readonly options: Options;
  /** How long the search took. */
  readonly seconds: number;
  /** Bounds all that comes after the search. */
  readonly after: Budget;
  readonly shrinks: boolean;
  readonly sweep: Sweep;
}

/** Returns what a finding is worth: as short as it can be made, and whether it replays. */
async function settle<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  { finding, reproduced }: Found<F>,
  { after, shrinks, sweep }: Conclusion,
): Promise<Pick<KindJudgement<F>, 'finding' | 'shortened' | 'replays'>> {
  if (finding === undefined || !reproduced || after.wasStopped()) {
    return { finding, shortened: 'no', replays: finding === undefined || after.wasStopped() ? undefined : false };
  }
  const time = after.share(Math.max(0, after.left - LAST_LOOK));
  const short = shrinks ? await shrink(runner, finding, sweep, time) : { finding, shortened: 'no' as const };
  const replays = after.wasStopped() ? undefined : await replaysAgain(runner, short.finding, after);
  return { ...short, replays };
}

/** Shrinks what was found, closes the subject and gives the verdict. */
export async function conclude<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  found: Found<F>,
  conclusion: Conclusion,
): Promise<KindJudgement<F>> {
  const { claims, coverage, kind } = runner;
  const { cases, flaky, interrupted, reproduced } = found;
  const { options, seconds } = conclusion;
  if (found.finding !== undefined) options.progress(kind.name, cases, coverage, true);
  const settled = await settle(runner, found, conclusion);
  const failure = await runner.close();
  const rest = { kind: anyKind(kind), claims, cases, coverage, seconds, missing: [], interrupted, ...settled };
  if (settled.finding !== undefined) {
    const { what } = settled.finding;
    const unsure = what.kind === 'crash' ? 'flaky-crash' : 'nondeterministic';
    const verdict = reproduced || interrupted ? VERDICT_OF[what.kind] : unsure;
    return { ...rest, verdict, failure: undefined };
  }
  if (flaky > 0) return { ...rest, verdict: 'flaky-crash', failure: undefined };
  if (failure !== undefined && !interrupted) return { ...rest, verdict: VERDICT_OF[failure.kind], failure };
  const none = coverage.ready === 0 && coverage.unsupported > 0;
  return { ...rest, verdict: none ? 'not-applicable' : 'conforms', failure: undefined };
}

/** Returns the judgement of a subject that does not get as far as to be judged. */
export const unusable = <F extends object>(kind: AnyKind, failure: Failure): KindJudgement<F> => ({
  kind,
  verdict: VERDICT_OF[failure.kind],
  claims: new Set(),
  cases: 0,
  coverage: new Coverage(kind.sights),
  seconds: 0,
  finding: undefined,
  failure,
  missing: [],
  shortened: 'no',
  replays: undefined,
  interrupted: false,
});
