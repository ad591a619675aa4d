/** A judgement as plain results, one for each kind: what every format for other programs is made from. */
import { CLAUSES } from '../../../spec/index.ts';
import { becauseOf, propertyOf, replayLine } from './report.ts';
import { show } from '../../show.ts';
import { tellUnseen } from '../coverage.ts';
import type { Clause } from '../../../protocol/index.ts';
import type { Judgement, KindJudgement } from '../judgement.ts';
import type { VerdictName } from '../verdict.ts';

/** How a result counts: `failed` is the allocator's fault, `broken` keeps it from being judged, `open` is no pass and no fault. */
export type Standing = 'passed' | 'failed' | 'broken' | 'open' | 'skipped';

/** A clause that was refuted, and where. */
export interface Refuted {
  readonly clause: Clause;
  readonly property: string;
  readonly sentence: string;
  readonly place: string;
}

/** What a run came to on one kind. Nothing in it has a control character. */
export interface Result {
  readonly kind: string;
  readonly title: string;
  readonly verdict: VerdictName;
  readonly standing: Standing;
  readonly seconds: number;
  readonly cases: number;
  readonly operations: number;
  readonly claims: readonly string[];
  readonly refuted: Refuted | undefined;
  /** Why it is no pass: two facts, or what happened. Empty if it passed. */
  readonly because: readonly string[];
  /** The case in words, and what replays it; empty if nothing was found. */
  readonly description: readonly string[];
  readonly replay: string;
}

/** A run as results. */
export interface Results {
  readonly subject: string;
  readonly verdict: VerdictName;
  readonly seed: number;
  readonly results: readonly Result[];
}

/** Returns how a verdict counts. */
export function standingOf(verdict: VerdictName): Standing {
  switch (verdict) {
    case 'conforms':
      return 'passed';
    case 'diverges':
    case 'crash':
    case 'flaky-crash':
    case 'hang':
    case 'nondeterministic':
    case 'unexpected-conform':
      return 'failed';
    case 'protocol-error':
      return 'broken';
    case 'inconclusive':
      return 'open';
    case 'expected-divergence':
    case 'not-applicable':
      return 'skipped';
  }
}

/** Returns why a kind did not pass. */
function reasonsOf({ coverage, failure, finding, interrupted, missing, verdict }: KindJudgement): readonly string[] {
  if (finding !== undefined) return becauseOf(finding).map(show);
  if (failure !== undefined) return [show(failure.how)];
  if (interrupted) return ['interrupted, with nothing found'];
  if (missing.length > 0) return [`not exercised: ${missing.map(tellUnseen).join(', ')}`];
  return verdict === 'not-applicable' ? [`every case was unsupported: ${show(coverage.whyUnsupported)}`] : [];
}

function resultOf(judged: KindJudgement, target: readonly string[]): Result {
  const { cases, claims, coverage, finding, interrupted, kind, seconds, verdict } = judged;
  const refuted = finding?.what.kind === 'refuted' ? finding.what.counterexample : undefined;
  const { clause, place } = refuted ?? {};
  return {
    kind: kind.name,
    title: kind.title,
    verdict,
    standing: interrupted && finding === undefined ? 'open' : standingOf(verdict),
    seconds,
    cases,
    operations: coverage.operations,
    claims: kind.claims.filter((claim) => claims.has(claim)),
    refuted:
      clause === undefined || place === undefined
        ? undefined
        : { clause, property: propertyOf(clause), sentence: CLAUSES[clause].sentence, place: show(place) },
    because: reasonsOf(judged),
    description: finding === undefined ? [] : kind.describe(finding.case),
    replay: finding === undefined ? '' : replayLine(kind, finding, target),
  };
}

/** Returns a judgement as results. `target`: what a replay line has to repeat; `name` if the subject did not say its own. */
export function resultsOf(judgement: Judgement, target: readonly string[], name: string): Results {
  const { failure, hello, kinds, seed, verdict } = judgement;
  const none: Result = {
    kind: 'start',
    title: 'start',
    verdict,
    standing: standingOf(verdict),
    seconds: 0,
    cases: 0,
    operations: 0,
    claims: [],
    refuted: undefined,
    because: failure === undefined ? [] : [show(failure.how)],
    description: [],
    replay: '',
  };
  return {
    subject: show(hello === undefined ? name : `${hello.name} ${hello.revision}`.trimEnd()),
    verdict,
    seed,
    results: kinds.length === 0 ? [none] : kinds.map((one) => resultOf(one, target)),
  };
}

/** Returns a result in one line. */
export function headOf({ refuted, title, verdict }: Result): string {
  return refuted === undefined
    ? `${title}: ${verdict}`
    : `${refuted.clause} (${refuted.property}) refuted at ${refuted.place}`;
}

/** Returns all that is worth reading of a result that is no pass, as lines of text. */
export const bodyOf = ({ because, description, refuted, replay }: Result): readonly string[] => [
  because.join(refuted === undefined ? '; ' : ', but '),
  ...(refuted === undefined ? [] : [refuted.sentence]),
  ...(description.length === 0 ? [] : ['', 'the case', ...description]),
  ...(replay === '' ? [] : ['', 'replay it', replay]),
];
