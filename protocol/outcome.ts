import type { Clause } from './clause.ts';
import type { Pfn } from './unit.ts';

/** What a free can do wrong; where several fit, the first in this order is its name. */
export type FreeMisuse =
  'out-of-range' | 'wrong-order' | 'misaligned' | 'inner-page' | 'double-free' | 'never-allocated';

/** What a hand-over can do wrong. */
export type HandOverMisuse = 'no-such-frame' | 'handed-over-twice';

/** What a command can do wrong. */
export type Misuse = FreeMisuse | HandOverMisuse | 'no-such-order';

/** What an allocator answers. A refusal is not an error, and misuse is data: nothing here is ever thrown. */
export type Outcome =
  | { readonly kind: 'granted'; readonly head: Pfn }
  | { readonly kind: 'exhausted' }
  | { readonly kind: 'done' }
  | { readonly kind: 'rejected'; readonly misuse: Misuse; readonly clause: Clause };
