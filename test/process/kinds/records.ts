import { run, summaryOf } from '../command.ts';
import type { Ran } from '../command.ts';

export type Kind = 'buddy' | 'boot' | 'machine';

/** A saved case of any kind. */
export interface AnyCase {
  readonly init: {
    readonly pages?: number;
    readonly base?: number;
    readonly orders?: number;
    readonly boot?: readonly unknown[];
    readonly machine?: SavedMachine;
  };
  readonly run: string;
}

/** A machine as it is saved. */
export interface SavedMachine {
  readonly orders: number;
  readonly policy: string;
  readonly balance: readonly unknown[];
  readonly nodes: readonly (readonly Zone[])[];
}

/** A zone of a saved machine. */
export type Zone = readonly [name: string, base: number, pages: number, holes: readonly unknown[]];

/** What a run says of one kind. */
export interface KindRecord {
  readonly record: 'kind';
  readonly kind: Kind;
  readonly verdict: string;
  readonly cases: number;
  readonly operations: number;
  readonly missing?: readonly string[];
  readonly sometimes: Readonly<Record<string, number>>;
}

/** The last record of a run, over every kind. */
export interface Verdict {
  readonly record: 'summary';
  readonly complete: boolean;
  readonly verdict: string;
  readonly kind?: Kind;
  readonly clause?: string;
  readonly property?: string;
  readonly because?: readonly string[];
  readonly case?: AnyCase;
}

/** A run that printed records. */
export interface Judged {
  readonly ran: Ran;
  readonly status: number | null;
  /** By line, the name of the record. */
  readonly records: readonly string[];
  readonly kinds: readonly KindRecord[];
  readonly summary: Verdict;
}

/** Few cases, and enough to see all that must be seen. */
export const FEW = ['--cases', '40', '--ops', '150'] as const;

/** Runs `check` or `replay` with `--json`, and reads what it prints. */
export async function judged(command: 'check' | 'replay', args: readonly string[], input = ''): Promise<Judged> {
  const ran = await run([command, '--json', ...args], input);
  if (ran.stdout === '') throw new Error(`status ${String(ran.status)}: ${ran.stderr}`);
  const all = ran.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as KindRecord | { readonly record: 'hello' | 'summary' });
  return {
    ran,
    status: ran.status,
    records: all.map(({ record }) => record),
    kinds: all.filter((one) => one.record === 'kind'),
    summary: summaryOf(ran),
  };
}

/** What a run says of one kind; throws if that is nothing. */
export function ofKind({ kinds, ran }: Judged, wanted: Kind): KindRecord {
  const found = kinds.find(({ kind }) => kind === wanted);
  if (found === undefined) throw new Error(`there is no record of the kind ${wanted}: ${ran.stdout}${ran.stderr}`);
  return found;
}

/** Each kind that a run has a record of, with its verdict. */
export const verdictsOf = ({ kinds }: Judged): Readonly<Record<string, string>> =>
  Object.fromEntries(kinds.map(({ kind, verdict }) => [kind, verdict]));

/** The number of words of a case. */
export const lengthOf = (of: AnyCase | undefined): number => of?.run.split(' ').length ?? NaN;
