/** Which zones may give a request a block without going below the watermarks. */
import { anyWhollyFree } from '../buddy/state.ts';
import { freePages } from './zone.ts';
import { isExempt, mayWait } from './gfp.ts';
import { sizeOf } from '../arithmetic.ts';
import type { Gfp, Watermarks } from '../../protocol/index.ts';
import type { MachineState } from './state.ts';
import type { Request } from './request.ts';
import type { ZoneState } from './zone.ts';
import type { Zonelist } from './zonelist.ts';

/** A watermark that a request must not go below; `none` ignores all of them. */
export type Mark = 'low' | 'min' | 'none';

/** The part of a zone's watermark that counts for a request: one that may not wait is held to a quarter of pages_min. @clause WATER-3 */
const counted = (watermarks: Watermarks, mark: keyof Watermarks, gfp: Gfp): number =>
  mark === 'min' && !mayWait(gfp) ? Math.floor(watermarks.min / 4) : watermarks[mark];

/**
 * Returns what the free pages of each zone in a zonelist must exceed: the pages of the block plus the watermarks of all zones in
 * the list up to this one. `watermarks` are those of the list's zones, in its order. @clause WATER-2
 */
export const neededAlong = (
  watermarks: readonly Watermarks[],
  { gfp, order }: Pick<Request, 'gfp' | 'order'>,
  mark: keyof Watermarks,
): readonly number[] =>
  watermarks.map((_, n) =>
    watermarks.slice(0, n + 1).reduce((sum, upTo) => sum + counted(upTo, mark, gfp), sizeOf(order)),
  );

/** Returns the places in a zonelist whose zones may give a block. With `none`, every zone may. @clause WATER-2 */
export function placesAbove(
  { zones }: MachineState,
  zonelist: Zonelist,
  request: Request,
  mark: Mark,
): readonly number[] {
  if (mark === 'none') return zonelist;
  const listed = zonelist.flatMap((place) => zones[place] ?? []);
  const needed = neededAlong(
    listed.map(({ watermarks }) => watermarks),
    request,
    mark,
  );
  return zonelist.filter((_, n) => {
    const [zone, least] = [listed[n], needed[n]];
    return zone !== undefined && least !== undefined && freePages(zone) > least;
  });
}

/** Returns the mark that a request is held to in the end. @clause WATER-4 */
export const lastMark = ({ task }: Request): Mark => (isExempt(task) ? 'none' : 'min');

/** Returns the first zone of a zonelist that may give a block and has one of the order; undefined if there is none. */
export const giverAbove = (
  state: MachineState,
  zonelist: Zonelist,
  request: Request,
  mark: Mark,
): ZoneState | undefined =>
  placesAbove(state, zonelist, request, mark)
    .flatMap((place) => state.zones[place] ?? [])
    .find(({ placed }) => anyWhollyFree(placed.state, request.order));
