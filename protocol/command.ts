import type { Order, Pfn } from './unit.ts';

/** What a caller asks of an allocator; nothing in it is known to be in bounds. */
export type Command =
  | { readonly kind: 'allocate'; readonly order: Order }
  | { readonly kind: 'free'; readonly head: Pfn; readonly order: Order }
  | { readonly kind: 'hand-over'; readonly frame: Pfn };
