import type { Block } from './machine.ts';
import type { Clause } from './clause.ts';
import type { FreeMisuse } from './outcome.ts';
import type { Gfp, NodeId, Order, Pfn, TaskFlags } from './unit.ts';

/** What a caller asks of a machine's memory; nothing in it is known to be in bounds. */
export type PageCommand =
  | {
      /** Begins at `node`, where the caller's processor is. */
      readonly kind: 'allocate-pages';
      readonly gfp: Gfp;
      readonly order: Order;
      readonly task: TaskFlags;
      readonly node: NodeId;
    }
  | {
      /** Tries `node` alone. */
      readonly kind: 'allocate-on-node';
      readonly gfp: Gfp;
      readonly order: Order;
      readonly task: TaskFlags;
      readonly node: NodeId;
    }
  | { readonly kind: 'free-pages'; readonly head: Pfn; readonly order: Order }
  /** One more user of the block at `head`. */
  | { readonly kind: 'get-page'; readonly head: Pfn }
  /** One turn of kswapd. */
  | { readonly kind: 'kswapd' };

/** What one reclaim freed, in this order, and whether it reported that it had freed enough. */
export interface Round {
  readonly freed: readonly Block[];
  readonly success: boolean;
}

/** What a command to a machine can do wrong. */
export type PageMisuse =
  FreeMisuse | 'no-such-order' | 'no-such-flags' | 'no-such-node' | 'no-such-page' | 'no-address';

/**
 * What a machine's memory answers. `stalled`: the kernel would now try for ever, until somebody else frees memory; the
 * caller may do that, and ask again.
 */
export type PageOutcome =
  | { readonly kind: 'granted'; readonly head: Pfn }
  | { readonly kind: 'exhausted' }
  | { readonly kind: 'stalled' }
  | { readonly kind: 'done' }
  | { readonly kind: 'rejected'; readonly misuse: PageMisuse; readonly clause: Clause };
