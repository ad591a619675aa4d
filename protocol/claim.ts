import type { FreeMisuse } from './outcome.ts';

/** What an allocator says of itself beyond what every allocator must do. A claim that is made is judged. */
export type Claim =
  | 'complete'
  | 'best-fit'
  | 'placement:linux-2.4'
  | 'placement:linux-2.6'
  | 'capacity'
  | `misuse:${FreeMisuse | 'payload' | 'internal'}`;

/** The claims of one allocator, or of one run. */
export type Claims = ReadonlySet<Claim>;
