/** A judgement as NDJSON records, for programs. */
import { becauseOf, foundBy, hidden, propertyOf, savedFinding } from './report.ts';
import { tellUnseen } from '../coverage.ts';
import type { AnyKind } from '../kind.ts';
import type { Held } from './expected/held.ts';
import type { Hello } from '../subject.ts';
import type { Judgement, KindJudgement, Settled } from '../judgement.ts';

/** Returns what was found first on one kind, or kept it from being judged. */
function outcomeOf(judged: KindJudgement): object {
  const { failure, kind } = judged;
  const [first] = foundBy(judged);
  if (first !== undefined) return findingOf(kind, first);
  return failure === undefined ? {} : { because: [failure.how], stderr: failure.stderr };
}

/** Returns something that was found. */
function findingOf(kind: AnyKind, { at, finding, recurs, replays, shortened, without }: Settled): object {
  const { moment, what } = finding;
  const refuted = what.kind === 'refuted' ? what.counterexample : undefined;
  return {
    kind: kind.name,
    ...(refuted === undefined
      ? {}
      : { property: propertyOf(refuted.clause), clause: refuted.clause, place: refuted.place }),
    case: savedFinding(kind, finding),
    because: becauseOf(finding),
    ...(moment === undefined ? {} : { operation: moment.asked }),
    ...(moment?.hint === undefined ? {} : { hint: moment.hint }),
    ...(what.kind === 'refuted' ? {} : { stderr: what.stderr }),
    ...(at === undefined ? {} : { at }),
    shortened,
    replays: replays === true,
    ...(recurs === undefined ? {} : { recurs: [recurs.wrong, recurs.tried] }),
    ...(without.length === 0 ? {} : { without }),
  };
}

function countsOf({ coverage, missing, seconds }: KindJudgement): object {
  return {
    ops: coverage.operations,
    opsPerSecond: seconds > 0 ? Math.round(coverage.judged / seconds) : 0,
    seconds: Number(seconds.toFixed(3)),
    ready: coverage.ready,
    refusals: coverage.refusals,
    unsupported: coverage.unsupported,
    ...(missing.length === 0 ? {} : { missing: missing.map(tellUnseen) }),
    sometimes: coverage.counts,
  };
}

/** Returns the record of one kind. */
const kindRecord = (judged: KindJudgement, hello: Hello | undefined): object => ({
  record: 'kind',
  kind: judged.kind.name,
  verdict: judged.verdict,
  claims: judged.kind.claims.filter((claim) => judged.claims.has(claim)),
  notObservable: hidden(judged, hello),
  cases: judged.cases,
  operations: judged.coverage.operations,
  ...countsOf(judged),
  ...outcomeOf(judged),
  ...(judged.others.length === 0 ? {} : { found: foundBy(judged).map((one) => findingOf(judged.kind, one)) }),
  ...(judged.summary === undefined ? {} : { exhausted: judged.summary.record }),
});

/** Returns the record of a hello. */
const helloRecord = ({ hello, kinds }: Judgement): object => ({
  record: 'hello',
  name: hello?.name ?? null,
  revision: hello?.revision ?? null,
  language: hello?.language ?? null,
  claims: [...new Set(kinds.flatMap(({ claims }) => [...claims]))],
  features: [...(hello?.features ?? [])],
});

const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0);

/** Adds up what the kinds saw: what has the same name is one thing. */
function sometimesOf(kinds: readonly KindJudgement[]): Readonly<Record<string, number>> {
  const all: Record<string, number> = {};
  for (const { coverage } of kinds) {
    for (const [sight, count] of Object.entries(coverage.counts)) all[sight] = (all[sight] ?? 0) + count;
  }
  return all;
}

/** Returns the last record of `--json`: what the run came to over all kinds, and the first thing that was found. */
export function summary(judgement: Judgement): Record<string, unknown> {
  const { failure, held, kinds, part, seed, verdict } = judgement;
  const found = kinds.find(({ finding }) => finding !== undefined) ?? kinds.find((one) => one.failure !== undefined);
  const missing = kinds.flatMap((one) => one.missing.map(tellUnseen));
  const seconds = sum(kinds.map((one) => one.seconds));
  const judged = sum(kinds.map(({ coverage }) => coverage.judged));
  const exhausted = kinds.find((one) => one.summary !== undefined)?.summary?.record;
  return {
    record: 'summary',
    complete: kinds.every(({ interrupted }) => !interrupted),
    verdict,
    seed,
    ...(part === undefined ? {} : { part }),
    ...(held === undefined ? {} : { expected: held.map(heldRecord) }),
    cases: sum(kinds.map(({ cases }) => cases)),
    ops: sum(kinds.map(({ coverage }) => coverage.operations)),
    opsPerSecond: seconds > 0 ? Math.round(judged / seconds) : 0,
    ...(found === undefined
      ? failure === undefined
        ? {}
        : { because: [failure.how], stderr: failure.stderr }
      : outcomeOf(found)),
    ...(missing.length === 0 ? {} : { missing }),
    sometimes: sometimesOf(kinds),
    ...(exhausted === undefined ? {} : { exhausted }),
  };
}

/** Returns what became of an entry of a list, or of what is not listed. */
const heldRecord = (held: Held): object => ({
  how: held.how,
  ...('known' in held ? held.known : held.observed),
  ...(held.how === 'changed' ? { now: held.observed.message } : {}),
  ...(held.how === 'not applicable' ? { why: held.why } : {}),
});

/** Returns all records of a judgement: the hello, each kind, advice, the summary. */
export const records = (judgement: Judgement): readonly object[] => [
  helloRecord(judgement),
  ...judgement.kinds.map((judged) => kindRecord(judged, judgement.hello)),
  ...(judgement.advice === undefined ? [] : [{ record: 'advice', ...judgement.advice.record }]),
  summary(judgement),
];
