/** What comes of reading a text that was pasted. */
import type { CasePlay } from '../case/script.ts';
import type { Play } from '../script.ts';

/** A text that was read: what it was taken for, what it shows, and what of it is left out. */
export interface Read {
  readonly kind: 'read';
  /** What it was taken for, after "taken for". */
  readonly as: string;
  readonly play: Play | CasePlay;
  readonly notes: readonly string[];
  /** What else it could have shown. */
  readonly others: readonly Other[];
}

/** Another part of a text, which is not shown at first. */
export interface Other {
  readonly name: string;
  readonly read: () => Reading;
}

/** A text that cannot be read: what is wrong, where, and what to write instead. */
export interface Unread {
  readonly kind: 'unread';
  readonly why: string;
}

export type Reading = Read | Unread;

/** Returns a text that was read, of which nothing is left out unless `notes` says so. */
export const readAs = (as: string, play: Read['play'], notes: readonly string[] = []): Read => ({
  kind: 'read',
  as,
  play,
  notes,
  others: [],
});

export const unread = (why: string): Unread => ({ kind: 'unread', why });

/** Returns the beginning of a text that may be long, with quotes around it. */
export const quoted = (text: string): string => `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
