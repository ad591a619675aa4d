/** Several processors that use one zone or machine at once: what each asked, what it was answered, and when. */
import type { Command, Outcome } from './buddy.ts';
import type { PageCommand, PageOutcome } from './machine.ts';

/**
 * One call of one processor. `invoked` and `returned` are stamps of a clock that all processors share: the call was made after the
 * one and answered before the other. A processor makes one call at a time.
 */
export interface CallOf<Asked, Answer> {
  readonly processor: number;
  readonly command: Asked;
  readonly outcome: Answer;
  readonly invoked: number;
  readonly returned: number;
}

/** A call of a zone. */
export type Call = CallOf<Command, Outcome>;

/** A call of a machine. */
export type PageCall = CallOf<PageCommand, PageOutcome>;

/** The calls of all processors, in any sequence. No two stamps are equal. */
export type History = readonly Call[];

/** A line of a schedule: what a caller does, as a step if it has a number. */
export interface ScheduleLine {
  readonly caller: 0 | 1;
  readonly step?: number;
  readonly text: string;
}

/** A schedule of two callers of one zone, in words. */
export interface ScheduleText {
  readonly callers: readonly [string, string];
  readonly lines: readonly ScheduleLine[];
  /** What is wrong after the last line; absent if nothing is. */
  readonly wrong?: string;
}

/** A schedule with what is said of it, a line each. */
export interface Chapter {
  readonly title: string;
  readonly words: readonly string[];
  readonly schedule: ScheduleText;
}

/** Chapters that tell one story, as text or as a page; `end`: what is said after the last of them. */
export interface Story {
  readonly title: string;
  readonly words: readonly string[];
  readonly chapters: readonly Chapter[];
  readonly end: readonly string[];
}

/** What writes a story as a page that needs nothing else. */
export interface Stories {
  readonly page: (story: Story) => string;
}
