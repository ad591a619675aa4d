/** An audit as a page tells it: all in words, for a viewer. */

/** What became of one invariant: it was refuted, it was held, or nothing was asked of it. */
export interface AuditChapter {
  readonly state: 'refuted' | 'held' | 'idle';
  readonly title: string;
  /** Its sentence, and what broke it or would have. */
  readonly words: readonly string[];
}

/** An audit of an allocator. */
export interface AuditStory {
  readonly title: string;
  readonly verdict: string;
  readonly words: readonly string[];
  readonly chapters: readonly AuditChapter[];
}

/** What writes an audit as a page that needs nothing else. */
export interface Audits {
  readonly page: (story: AuditStory) => string;
}
