/** Which blocks a machine's own books have as outstanding: what a caller may still free. */
import type { Block, Observation } from '../../../protocol/index.ts';

/** Reports whether some zone has a block's order as the owner of its head. */
export const isOutstanding = (zones: readonly { readonly buddy: Observation }[], { head, order }: Block): boolean =>
  zones.some(({ buddy: { arena, owners } }) => owners[head - arena.base] === order);
