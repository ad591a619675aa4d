/** Holds what a run found against the list of divergences that are known. */
import { CLAUSES, isClause } from '../../../../spec/index.ts';
import { becauseOf, foundBy, hidden } from '../report.ts';
import { isAlike } from './list.ts';
import { isStale } from './held.ts';
import { nameOf } from '../../finding.ts';
import { show } from '../../../show.ts';
import type { Claim, Clause } from '../../../../protocol/index.ts';
import type { Finding } from '../../finding.ts';
import type { Judgement, KindJudgement } from '../../judgement.ts';
import type { Held, Observed } from './held.ts';
import type { Known } from './list.ts';
import type { VerdictName } from '../../verdict.ts';

/** Returns the facts of a finding without their numbers: those change with the seed, and the divergence does not. */
const messageOf = (finding: Finding<object>): string =>
  becauseOf(finding)
    .map((fact) => show(fact).replaceAll(/-?\d+/gu, '#'))
    .join(', but ');

/** Returns all that a run found, as a list would have it. */
export const observedIn = ({ kinds }: Judgement): readonly Observed[] =>
  kinds.flatMap((judged) =>
    foundBy(judged).map(({ finding }) => ({
      kind: judged.kind.name,
      found: nameOf(finding),
      message: messageOf(finding),
    })),
  );

/** What a complete run can come to on a kind: no time cut it off, and what was found is there each time. */
const COMPLETE: ReadonlySet<VerdictName> = new Set(['diverges', 'crash', 'hang', 'conforms', 'not-applicable']);

/** Returns why nothing can be said of what was not found; undefined if the run was complete. */
export function incompleteness({ failure, kinds }: Judgement): string | undefined {
  if (failure !== undefined) return show(failure.how);
  if (kinds.some(({ interrupted }) => interrupted)) return 'it was interrupted';
  const open = kinds.find(({ verdict }) => !COMPLETE.has(verdict));
  return open === undefined ? undefined : `${open.kind.title}: ${open.verdict}`;
}

/** Returns why an entry cannot be found by a run; undefined if it can. */
function inapplicable(
  { found, kind }: Known,
  { hello, kinds }: Judgement,
  without: readonly Clause[],
): string | undefined {
  const judged = kinds.find((one) => one.kind.name === kind);
  if (judged === undefined) return `the kind ${kind} was not judged`;
  if (judged.verdict === 'not-applicable') return `every case of the kind ${kind} was unsupported`;
  if (!isClause(found)) return undefined;
  if (without.includes(found)) return '--without leaves it out';
  if (hidden(judged, hello).includes(found)) return 'it is not observable';
  const claim = judged.kind.claims.find((one: Claim) => one === CLAUSES[found].property);
  return claim === undefined || judged.claims.has(claim) ? undefined : `${claim} is not claimed`;
}

function holdEntry(
  known: Known,
  observed: readonly Observed[],
  judgement: Judgement,
  without: readonly Clause[],
): Held {
  const found = observed.find((one) => isAlike(one, known));
  if (found !== undefined) {
    return found.message === known.message ? { how: 'expected', known } : { how: 'changed', known, observed: found };
  }
  const why = inapplicable(known, judgement, without);
  return why === undefined ? { how: 'passed', known } : { how: 'not applicable', known, why };
}

/** Returns what a kind came to, if the list explains it. */
function verdictOn(judged: KindJudgement, held: readonly Held[]): VerdictName {
  const own = held.filter((one) => ('known' in one ? one.known : one.observed).kind === judged.kind.name);
  if (own.some(({ how }) => how === 'unlisted' || how === 'changed')) return judged.verdict;
  if (own.some(({ how }) => how === 'passed' || how === 'not applicable')) return 'unexpected-conform';
  return own.length > 0 ? 'expected-divergence' : judged.verdict;
}

/**
 * Holds a complete run against a list. What is found as it is listed is no fault any more; all else makes the list stale. Returns
 * a reason instead if the run was not complete.
 */
export function hold(judgement: Judgement, list: readonly Known[], without: readonly Clause[]): Judgement | string {
  const incomplete = incompleteness(judgement);
  if (incomplete !== undefined) return incomplete;
  const observed = observedIn(judgement);
  const held: readonly Held[] = [
    ...list.map((known) => holdEntry(known, observed, judgement, without)),
    ...observed
      .filter((one) => !list.some((known) => isAlike(one, known)))
      .map((one): Held => ({ how: 'unlisted', observed: one })),
  ];
  const kinds = judgement.kinds.map((one) => ({ ...one, verdict: verdictOn(one, held) }));
  return { ...judgement, kinds, held, verdict: verdictOver(judgement, held) };
}

function verdictOver({ verdict }: Judgement, held: readonly Held[]): VerdictName {
  if (held.some(({ how }) => how === 'unlisted' || how === 'changed')) return verdict;
  if (isStale(held)) return 'unexpected-conform';
  return held.length > 0 ? 'expected-divergence' : verdict;
}

/** Returns the list that a complete run makes: what was found, with the reasons that were given before. */
export const listed = (judgement: Judgement, before: readonly Known[]): readonly Known[] =>
  observedIn(judgement).map((one) => {
    const { link = '', reason = '' } = before.find((known) => isAlike(one, known)) ?? {};
    return { ...one, reason, link };
  });
