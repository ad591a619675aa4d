/** The result of one part: claim, method, size, time, and what is not covered. */
export interface Result {
  readonly outcome: 'shown' | 'skipped' | 'refuted';
  readonly claim: string;
  readonly how: string;
  /** If shown, the size in numbers; if refuted, the reason; if skipped, the missing tool. */
  readonly size: string;
  readonly seconds: number;
  readonly limits: string;
}

/** One part of the proofs. */
export interface Part {
  readonly claim: string;
  readonly how: string;
  readonly limits: string;
  /** Set if the part takes long: it runs only with `--full`. */
  readonly long?: true;
  /** Returns the size in numbers. Throws `Skipped` if a tool is missing; any other error refutes the claim. */
  readonly run: () => Promise<string> | string;
}

/** Thrown by a part that this machine cannot run. */
export class Skipped extends Error {}

const secondsSince = (from: number): number => (performance.now() - from) / 1000;

/** Returns the result of a part that began at a time and was ended by an error. */
export function failed({ claim, how, limits }: Part, error: unknown, from: number): Result {
  const size = error instanceof Error ? error.message : String(error);
  const outcome = error instanceof Skipped ? 'skipped' : 'refuted';
  return { outcome, claim, how, size, seconds: secondsSince(from), limits };
}

/** Runs a part and returns its result. */
export async function resultOf(part: Part): Promise<Result> {
  const from = performance.now();
  const { claim, how, limits, run } = part;
  try {
    return { outcome: 'shown', claim, how, size: await run(), seconds: secondsSince(from), limits };
  } catch (error) {
    return failed(part, error, from);
  }
}

/** Returns a number with its thousands separated. */
export const grouped = (n: number | bigint): string => n.toLocaleString('en-US');

/** Throws unless a condition of the claim holds. */
export function must(is: boolean, what: string): void {
  if (!is) throw new Error(what);
}

const cells = (row: readonly string[]): string => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** Returns all results as a table in Markdown. */
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
