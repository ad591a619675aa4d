/** The form in which a clause is written down, and the sources that clauses come from. */

/** A clause: a short name for reports, the rule in one sentence, and the source of the rule. */
export interface ClauseText {
  readonly property: string;
  readonly sentence: string;
  /** One or more sources, separated by `; `. */
  readonly source: string;
}

/** Puts a clause together. */
export const clause = (property: string, sentence: string, ...sources: readonly string[]): ClauseText => ({
  property,
  sentence,
  source: sources.join('; '),
});

/** A section of Gorman's book, as `6.3 Allocating Pages`. */
export const gorman = (section: string): string => `Gorman, Understanding the Linux Virtual Memory Manager, ${section}`;

/** A function, macro or structure of Linux, as `mm/page_alloc.c expand`. */
export const linux24 = (place: string): string => `linux 2.4.22 ${place}`;
export const linux26 = (place: string): string => `linux 2.6.24 ${place}`;

/** The other sources. */
export const KNOWLTON = 'Knowlton 1965';
export const HERLIHY_WING = 'Herlihy and Wing 1990';
export const KNUTH = 'Knuth, TAOCP 1, 2.5';
export const WIRE = 'wire protocol';
export const OURS = 'this project';
