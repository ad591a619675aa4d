/** One judgement of those of all parts of a search. */
import { Coverage } from '../coverage.ts';
import { NOTHING, weigh } from '../conclude.ts';
import { claimsIn, failureIn, findingIn, seenIn } from './read.ts';
import { isDeepStrictEqual } from 'node:util';
import { together } from '../judge.ts';
import { sweepOf } from '../terms.ts';
import { worstOf } from '../verdict.ts';
import type { AnyKind, Source, Sweep } from '../kind.ts';
import type { Feature, Hello } from '../subject.ts';
import type { Judgement, KindJudgement, Settled } from '../judgement.ts';
import type { KindRecord, Printed } from './read.ts';

/** What a part printed, and where that stands. */
export interface PartFile {
  readonly file: string;
  readonly printed: Printed;
}

const namesOf = (numbers: readonly number[], count: number): string => numbers.map((n) => `${n}/${count}`).join(', ');

/** Returns why these are not all parts of one search; undefined if they are. */
function refuse(parts: readonly PartFile[]): string | undefined {
  const [first] = parts;
  if (first === undefined) return 'there is nothing to merge';
  const { count, asked } = first.printed.summary.part;
  for (const { file, printed } of parts) {
    const { hello, summary } = printed;
    if (!summary.complete) return `${file}: it was interrupted before its end`;
    const pairs = [
      ['number of parts', first.printed.summary.part.count, summary.part.count],
      ['seed', first.printed.summary.seed, summary.seed],
      ['name', first.printed.hello.name, hello.name],
      ['revision', first.printed.hello.revision, hello.revision],
      ['claims', first.printed.hello.claims, hello.claims],
      ['features', first.printed.hello.features, hello.features],
      ['search', asked, summary.part.asked],
    ] as const;
    for (const [what, one, other] of pairs) {
      if (isDeepStrictEqual(one, other)) continue;
      return `${file}: its ${what} is ${JSON.stringify(other)}, that of ${first.file} is ${JSON.stringify(one)}`;
    }
  }
  const given = parts.map(({ printed }) => printed.summary.part.nth);
  const twice = given.filter((nth, at) => given.indexOf(nth) !== at);
  if (twice.length > 0) return `given twice: ${namesOf(twice, count)}`;
  const missing = Array.from({ length: count }, (_, n) => n + 1).filter((nth) => !given.includes(nth));
  return missing.length === 0 ? undefined : `missing: ${namesOf(missing, count)}`;
}

/** Returns what all parts found, the lowest case first; or why it cannot be read. */
function settledIn(
  kind: AnyKind,
  records: readonly KindRecord[],
): readonly (Settled & Pick<KindRecord, 'verdict'>)[] | string {
  const all: (Settled & Pick<KindRecord, 'verdict'>)[] = [];
  for (const record of records) {
    const found = findingIn(kind, record);
    if (typeof found === 'string') return found;
    if (found === undefined) continue;
    const { at, recurs, replays, shortened, without = [] } = found.record;
    const again = recurs === undefined ? undefined : { wrong: recurs[0], tried: recurs[1] };
    all.push({ at, finding: found.finding, shortened, replays, recurs: again, without, verdict: record.verdict });
  }
  return all.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
}

/** Merges what the parts saw of one kind: of what they found, the worst, and of those that of the lowest case. */
function mergeKind(
  kind: AnyKind,
  records: readonly KindRecord[],
  hello: Hello,
  { asked, sourceOf }: Origin,
): KindJudgement | string {
  const coverage = new Coverage(kind.sights);
  for (const record of records) coverage.add(seenIn(record));
  const claims = claimsIn(kind, records[0] ?? { claims: [] });
  const settled = settledIn(kind, records);
  if (typeof settled === 'string') return settled;
  const sum = (of: (record: KindRecord) => number): number => records.reduce((all, record) => all + of(record), 0);
  const worst = worstOf(settled.map(({ verdict }) => verdict));
  const first = settled.find(({ verdict }) => verdict === worst);
  // Whether enough was seen is asked of all parts together.
  const silent = records.map(({ verdict }) => (verdict === 'inconclusive' ? 'conforms' : verdict));
  const judged: KindJudgement = {
    kind,
    claims,
    coverage,
    verdict: worstOf(silent),
    cases: sum(({ cases }) => cases),
    seconds: sum(({ seconds }) => seconds),
    missing: [],
    failure: first === undefined ? records.flatMap((record) => failureIn(record) ?? [])[0] : undefined,
    interrupted: false,
    ...(first ?? NOTHING),
    others: [],
  };
  const source = sourceOf(kind, sweepOf(hello, claims, asked));
  const refused = source.absorb?.(records.map(({ exhausted }) => exhausted));
  if (refused !== undefined) return refused;
  return { ...weigh(judged, source), ...(source.summary === undefined ? {} : { summary: source.summary() }) };
}

/** What of a search its cases follow from. */
type Asked = Parameters<typeof sweepOf>[2];

/** Where the cases of a search came from: the kind's own source, unless it was asked for another. */
export type SourceOf = (kind: AnyKind, sweep: Sweep) => Source<object>;

interface Origin {
  readonly asked: Asked;
  readonly sourceOf: SourceOf;
}

/** Merges all parts of one search; a text says why they cannot be merged. */
export function merge(
  kinds: readonly AnyKind[],
  parts: readonly PartFile[],
  originOf: (asked: Readonly<Record<string, unknown>>) => SourceOf | string,
): Judgement | string {
  const refused = refuse(parts);
  if (refused !== undefined) return refused;
  const [first] = parts;
  if (first === undefined) return 'there is nothing to merge';
  const { hello: said, summary } = first.printed;
  const { operations = 0, pages = [], orders = [], bases = [] } = summary.part.asked;
  const asked: Asked = { seed: summary.seed, operations, pages, orders, bases };
  const sourceOf = originOf(summary.part.asked);
  if (typeof sourceOf === 'string') return sourceOf;
  const hello: Hello = {
    name: said.name ?? '',
    revision: said.revision ?? '',
    language: said.language ?? '',
    claims: new Set(),
    features: new Set(said.features as Feature[]),
    unknown: [],
    maxBatch: 1,
    maxLine: 1,
  };
  const merged: KindJudgement[] = [];
  for (const kind of kinds) {
    const records = parts.flatMap(({ printed }) => printed.kinds.filter((one) => one.kind === kind.name));
    if (records.length === 0) continue;
    if (records.length !== parts.length) return `not every part has a record of the kind ${kind.name}`;
    const one = mergeKind(kind, records, hello, { asked, sourceOf });
    if (typeof one === 'string') return one;
    merged.push(one);
  }
  return together(hello, summary.seed, merged);
}
