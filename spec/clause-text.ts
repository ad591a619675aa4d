/** What is said of one clause: a short name for reports, the rule in one sentence, and where the rule comes from. */
export interface ClauseText {
  readonly property: string;
  readonly sentence: string;
  /** One or more, parted by `; `. */
  readonly source: string;
}

export const OURS = 'this project';

export const clause = (property: string, sentence: string, ...sources: readonly string[]): ClauseText => ({
  property,
  sentence,
  source: sources.join('; '),
});
