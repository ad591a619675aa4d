/** What tests use of the prover's own mutation score. */

/** What the proofs came to over the mutants of one file, by verdict. */
export interface Score {
  readonly date: string;
  /** The hash of all code that it depends on, see `sourcesHash`. */
  readonly sources: string;
  readonly refuted: number;
  readonly unread: number;
  readonly same: number;
  readonly alive: number;
  readonly exempt: number;
}
export type Scores = Readonly<Record<string, Score>>;

export const FILES: readonly string[];
export const sourcesHash: (read?: (path: string) => string) => string;
export const recorded: (
  before: Scores,
  results: readonly { readonly file: string; readonly is: string }[],
  about: Pick<Score, 'date' | 'sources'>,
) => Scores;
export const table: (record: Scores, sources: string) => string;
