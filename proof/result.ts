/** What was shown, how, of what size, in which time, and what it does not cover. */
export interface Result {
  readonly outcome: 'shown' | 'skipped' | 'refuted';
  readonly claim: string;
  readonly how: string;
  /** What was gone through, in numbers; of what is refuted, why; of what is skipped, what it needs. */
  readonly size: string;
  readonly seconds: number;
  readonly limits: string;
}

/** What is said of a part before it is run. */
export interface Part {
  readonly claim: string;
  readonly how: string;
  readonly limits: string;
  /** Only where everything is asked for: it takes longer. */
  readonly long?: true;
  /** What it came to, in numbers; a `Skipped` where the machine lacks a tool, any other error refutes it. */
  readonly run: () => Promise<string> | string;
}

/** Thrown by a part that this machine cannot run. */
export class Skipped extends Error {}

export async function resultOf({ claim, how, limits, run }: Part): Promise<Result> {
  const from = performance.now();
  const result = (outcome: Result['outcome'], size: string): Result => ({
    outcome,
    claim,
    how,
    size,
    seconds: (performance.now() - from) / 1000,
    limits,
  });
  try {
    return result('shown', await run());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return result(error instanceof Skipped ? 'skipped' : 'refuted', why);
  }
}

/** A number with its thousands apart. */
export const grouped = (n: number | bigint): string => n.toLocaleString('en-US');

/** What must be so for a claim to be shown. */
export function must(is: boolean, what: string): void {
  if (!is) throw new Error(what);
}

const cells = (row: readonly string[]): string => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** All results as a table in Markdown. */
export function tableOf(results: readonly Result[]): string {
  const head = ['', 'claim', 'how', 'what was gone through', 'time', 'not covered'];
  const rows = results.map(({ outcome, claim, how, size, seconds, limits }) => [
    outcome,
    claim,
    how,
    size,
    `${seconds.toFixed(1)} s`,
    limits,
  ]);
  return [cells(head), cells(head.map(() => '---')), ...rows.map(cells)].join('\n');
}
