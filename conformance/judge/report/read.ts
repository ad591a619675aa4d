/** Records of a judgement, read again: what `--json` printed, by somebody whom nobody vouches for. */
import { isClause } from '../../../spec/index.ts';
import { readSaved } from '../file.ts';
import { VERDICTS } from '../verdict.ts';
import { z } from 'zod';
import type { AnyKind } from '../kind.ts';
import type { Seen } from '../coverage.ts';
import type { Claim, Clause } from '../../../protocol/index.ts';
import type { Finding, Wrong } from '../finding.ts';
import type { Failure } from '../subject.ts';
import type { VerdictName } from '../verdict.ts';

const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const word = z.string().max(200);
const words = z.array(word).max(200);
const because = z.array(z.string().max(4000)).min(1).max(2);
const stderr = z.string().max(100_000).optional();

/** Who was judged. */
export interface HelloRecord {
  readonly name: string | null;
  readonly revision: string | null;
  readonly language: string | null;
  readonly claims: readonly string[];
  readonly features: readonly string[];
}

const hello: z.ZodType<HelloRecord> = z.object({
  record: z.literal('hello'),
  name: word.nullable(),
  revision: word.nullable(),
  language: word.nullable(),
  claims: words,
  features: words,
});

/** What went wrong: two facts and the clause that is refuted, or how it failed. */
interface WrongRecord {
  readonly because: readonly string[];
  readonly clause?: string | undefined;
  readonly place?: string | undefined;
  readonly stderr?: string | undefined;
}

/** Something that was found, the case as it is saved. */
export interface FoundRecord extends WrongRecord {
  readonly at: number;
  readonly case: object;
  readonly operation?: string | undefined;
  readonly hint?: string | undefined;
  readonly shortened: 'fully' | 'partly' | 'no';
  readonly replays: boolean;
  readonly without?: readonly string[] | undefined;
  readonly recurs?: readonly [wrong: number, tried: number] | undefined;
}

const found: z.ZodType<FoundRecord> = z.object({
  at: count,
  case: z.looseObject({}),
  because,
  clause: word.refine(isClause).optional(),
  place: z.string().max(400).optional(),
  operation: z.string().max(400).optional(),
  hint: z.string().max(1000).optional(),
  stderr,
  shortened: z.enum(['fully', 'partly', 'no']),
  replays: z.boolean(),
  without: words.optional(),
  recurs: z.tuple([count, count]).optional(),
});

/** What a part came to on one kind. */
export interface KindRecord {
  readonly kind: string;
  readonly verdict: VerdictName;
  readonly claims: readonly string[];
  readonly cases: number;
  readonly ops: number;
  readonly seconds: number;
  readonly ready: number;
  readonly refusals: number;
  readonly unsupported: number;
  readonly sometimes: Readonly<Record<string, number>>;
  readonly case?: unknown;
  readonly exhausted?: unknown;
  readonly because?: readonly string[] | undefined;
  readonly stderr?: string | undefined;
}

const kind: z.ZodType<KindRecord> = z.looseObject({
  record: z.literal('kind'),
  kind: word,
  verdict: z.enum(VERDICTS),
  claims: words,
  cases: count,
  ops: count,
  seconds: z.number().nonnegative(),
  ready: count,
  refusals: count,
  unsupported: count,
  sometimes: z.record(word, count),
  case: z.unknown().optional(),
  exhausted: z.unknown().optional(),
  because: because.optional(),
  stderr,
});

/** What a search was asked for: what its cases follow from, and what else its kinds' sources read. */
export interface AskedRecord extends Readonly<Record<string, unknown>> {
  readonly operations?: number | undefined;
  readonly pages?: readonly number[] | undefined;
  readonly orders?: readonly number[] | undefined;
  readonly bases?: readonly number[] | undefined;
}

const numbers = z.array(count).max(10_000).optional();
const asked: z.ZodType<AskedRecord> = z.looseObject({
  operations: count.optional(),
  pages: numbers,
  orders: numbers,
  bases: numbers,
});

/** Which part it is, and of which search. */
export interface SummaryRecord {
  readonly complete: boolean;
  readonly seed: number;
  readonly part: { readonly nth: number; readonly count: number; readonly asked: AskedRecord };
}

const summary: z.ZodType<SummaryRecord> = z.object({
  record: z.literal('summary'),
  complete: z.boolean(),
  seed: count,
  part: z.object({ nth: count, count, asked }),
});

/** One judgement as it was printed. */
export interface Printed {
  readonly hello: HelloRecord;
  readonly kinds: readonly KindRecord[];
  readonly summary: SummaryRecord;
}

/** The most lines of a judgement: a hello, some kinds, a summary. */
const MOST_LINES = 20;

/** Says which field of a record is wrong first, and how. */
function complaint({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'is none'}`;
}

/** Reads what `--json` printed of a part of a search; or says why it is none. */
export function readPrinted(text: string): Printed | string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > MOST_LINES) return `it has ${lines.length} lines: it must be what check --json printed`;
  const values: unknown[] = [];
  for (const [at, line] of lines.entries()) {
    try {
      values.push(JSON.parse(line));
    } catch {
      return `line ${at + 1} is not JSON`;
    }
  }
  const [first, last] = [hello.safeParse(values[0]), summary.safeParse(values.at(-1))];
  if (!first.success) return 'its first line must be the record of a hello';
  if (!last.success)
    return `its last line must be the summary of a part, but ${complaint(last.error)}: check --shard I/N --json prints one`;
  const kinds = values.slice(1, -1).map((value) => kind.safeParse(value));
  const bad = kinds.findIndex(({ success }) => !success);
  if (bad >= 0) return `line ${bad + 2} must be the record of a kind`;
  return { hello: first.data, kinds: kinds.flatMap(({ data }) => data ?? []), summary: last.data };
}

/** Returns what a part saw of a kind. */
export const seenIn = ({ ops, ready, refusals, sometimes, unsupported }: KindRecord): Seen => ({
  counts: sometimes,
  operations: ops,
  ready,
  refusals,
  unsupported,
  whyUnsupported: '',
  leftOut: [],
});

/** What went wrong, by verdict, where no clause is refuted. A record does not say which kind of silence did not come back. */
const FAILED: Readonly<Partial<Record<VerdictName, Failure['kind']>>> = {
  crash: 'crash',
  'flaky-crash': 'crash',
  hang: 'hang',
  nondeterministic: 'hang',
  'protocol-error': 'protocol-error',
};

function wrongOf({ because, clause, place = '', stderr = '' }: WrongRecord, verdict: VerdictName): Wrong | undefined {
  const [first = '', second] = because;
  if (clause !== undefined && second !== undefined) {
    return { kind: 'refuted', counterexample: { clause: clause as Clause, place, facts: [first, second] } };
  }
  const failed = FAILED[verdict];
  return failed === undefined ? undefined : { kind: failed, how: first, stderr };
}

/** Returns why a part judged nothing of a kind, if that is so. */
export function failureIn(record: KindRecord): Failure | undefined {
  if (record.case !== undefined || record.because === undefined) return undefined;
  const what = wrongOf({ ...record, because: record.because }, record.verdict);
  return what?.kind === 'refuted' ? undefined : what;
}

/** Returns what a part found, if it found something; a text says why it cannot be read. */
export function findingIn(
  of: AnyKind,
  record: KindRecord,
): { readonly record: FoundRecord; readonly finding: Finding<object> } | string | undefined {
  if (record.case === undefined) return undefined;
  const read = found.safeParse(record);
  const what = read.success ? wrongOf(read.data, record.verdict) : undefined;
  if (!read.success || what === undefined) return `what was found as ${of.name} cannot be read`;
  const saved = readSaved([of], read.data.case);
  if ('why' in saved) return `the case that was found as ${of.name} cannot be read: ${saved.why}`;
  const { hint, operation } = read.data;
  const drawn = { draw: () => [], ...(hint === undefined ? {} : { hint }) };
  const moment = operation === undefined ? undefined : { asked: operation, ...drawn };
  return { record: read.data, finding: { what, case: saved.case, before: saved.before, moment } };
}

/** Returns the claims of a record; what is no claim of the kind is left out. */
export const claimsIn = (of: AnyKind, record: Pick<KindRecord, 'claims'>): ReadonlySet<Claim> =>
  new Set(of.claims.filter((claim) => record.claims.includes(claim)));
