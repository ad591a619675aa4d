/** What the report is made of: parts, each of some blocks, with what they were made of and whether that is still so. */

/** Whether a part tells of the sources as they are. */
export type State =
  | { readonly is: 'current'; readonly why: string }
  | { readonly is: 'stale'; readonly why: string }
  | { readonly is: 'missing'; readonly why: string };

/** A table; text in its cells may have `code`. */
export interface Table {
  readonly kind: 'table';
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Set if its figures are not amounts. */
  readonly isWords?: true;
}

/** Things with a name of their own, each with a sentence and some facts. */
export interface Entries {
  readonly kind: 'entries';
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
}

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly caption: string; readonly items: readonly string[] }
  /** A picture as SVG, and in words what it shows. */
  | { readonly kind: 'picture'; readonly svg: string; readonly words: string }
  | { readonly kind: 'heading'; readonly text: string }
  | Table
  | Entries;

/** A file or folder that a part was read from, and its hash. */
export interface Read {
  readonly place: string;
  readonly hash: string;
}

export interface Part {
  readonly id: string;
  readonly title: string;
  /** What the part says, and how it is to be read. */
  readonly about: string;
  readonly state: State;
  readonly read: readonly Read[];
  readonly blocks: readonly Block[];
}

/** When and of what the report was made. */
export interface Made {
  readonly date: string;
  readonly machine: string;
  readonly commit: string;
  /** Files that differ from the commit, and are not committed. */
  readonly changed: readonly string[];
}

/** The report: the page and the JSON are both made of this alone. */
export interface Report {
  readonly made: Made;
  readonly parts: readonly Part[];
}

/** The state of what is counted while the report is made. */
export const COUNTED: State = { is: 'current', why: 'counted from the sources while this report was made' };

export const counted = (n: number, one: string, more = `${one}s`): string =>
  `${n.toLocaleString('en-US')} ${n === 1 ? one : more}`;

/** Returns some texts as a sentence has them, the first few and how many more there are. */
export function some(all: readonly string[], most = 6): string {
  const first = all.slice(0, most).join(', ');
  return all.length > most ? `${first} and ${all.length - most} more` : first;
}
