/** Which zones may give a request a block without going below the watermarks. */
import { anyWhollyFree } from '../buddy/state.ts';
import { freePages } from './zone.ts';
import { isExempt, mayWait } from './gfp.ts';
import { sizeOf } from '../arithmetic.ts';
import type { Gfp, Watermarks } from '../../protocol/index.ts';
import type { MachineState } from './state.ts';
import type { Request } from './request.ts';
import type { Zonelist } from './zonelist.ts';
import type { ZoneState } from './zone.ts';

/** A watermark that a request must not go below; `none` ignores all of them. */
export type Mark = 'low' | 'min' | 'none';

/** The part of a zone's watermark that counts for a request: one that may not wait is held to a quarter of pages_min. @clause WATER-3 */
const counted = ({ watermarks }: ZoneState, mark: keyof Watermarks, gfp: Gfp): number =>
  mark === 'min' && !mayWait(gfp) ? watermarks.min >> 2 : watermarks[mark];

/**
 * Returns the places in a zonelist whose zones may give a block: the free pages of the zone exceed the pages of the block
 * plus the watermarks of all zones in the list up to this one. With `none`, every zone may. @clause WATER-2
 */
export function placesAbove(
  { zones }: MachineState,
  zonelist: Zonelist,
  { gfp, order }: Request,
  mark: Mark,
): readonly number[] {
  if (mark === 'none') return zonelist;
  return zonelist.filter((place, n) => {
    const needed = zonelist.slice(0, n + 1).reduce((sum, upTo) => {
      const zone = zones[upTo];
      return zone === undefined ? sum : sum + counted(zone, mark, gfp);
    }, sizeOf(order));
    const zone = zones[place];
    return zone !== undefined && freePages(zone) > needed;
  });
}

/** Returns the mark that a request is held to in the end. @clause WATER-4 */
export const lastMark = ({ task }: Request): Mark => (isExempt(task) ? 'none' : 'min');

/** Returns the first place in a zonelist whose zone may give a block and has one of the order; undefined if there is none. */
export const giverAbove = (state: MachineState, zonelist: Zonelist, request: Request, mark: Mark): number | undefined =>
  placesAbove(state, zonelist, request, mark).find((place) => {
    const zone = state.zones[place];
    return zone !== undefined && anyWhollyFree(zone.placed.state, request.order);
  });
