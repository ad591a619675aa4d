/** What an allocator claims of itself. */
import type { FreeMisuse } from './buddy.ts';

/** A property that an allocator claims beyond what every allocator must do. A claim that is made is judged. */
export type Claim =
  | 'complete'
  | 'best-fit'
  | 'placement:linux-2.4'
  | 'placement:linux-2.6'
  | 'capacity'
  /** Every misuse is noticed, whichever kind of error it is reported as. */
  | 'misuse'
  | `misuse:${FreeMisuse | 'payload' | 'internal'}`;

/** The claims of one allocator, or those that one run judges. */
export type Claims = ReadonlySet<Claim>;
