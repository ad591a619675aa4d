/** The users of outstanding blocks: only the last one frees a block. */
import { ownerOf } from '../buddy/state.ts';
import { pageFreeMisuse, rejectedPage } from './misuse.ts';
import { placement } from '../buddy/placement.ts';
import { withZone, zoneAt } from './state.ts';
import type { Block, PageOutcome, Pfn } from '../../protocol/index.ts';
import type { MachineState } from './state.ts';

/** Returns the number of users of the block that a frame heads; 0 if it heads none. @clause PAGE-1 @clause PAGE-3 */
export function usersOf(state: MachineState, head: Pfn): number {
  const zone = state.zones[zoneAt(state, head)];
  if (zone === undefined || ownerOf(zone.placed.state, head) < 0) return 0;
  return state.shared.get(head) ?? 1;
}

/** The state in which the block at `head` has that many users. */
function withUsers(state: MachineState, head: Pfn, users: number): MachineState {
  const shared = new Map(state.shared);
  shared.delete(head);
  if (users > 1) shared.set(head, users);
  return { ...state, shared };
}

/** An answer, and the state after it. */
export interface Answered {
  readonly outcome: PageOutcome;
  readonly next: MachineState;
}

/** Adds a user to an outstanding block. Anything else is rejected. @clause PAGE-4 */
export function getPage(state: MachineState, head: Pfn): Answered {
  const users = usersOf(state, head);
  if (users === 0) return { outcome: rejectedPage('no-such-page'), next: state };
  return { outcome: { kind: 'done' }, next: withUsers(state, head, users + 1) };
}

/** Reports whether a free of an outstanding block would be its last user's. @clause PAGE-2 */
export const isLastUser = (state: MachineState, { head }: Block): boolean => usersOf(state, head) === 1;

/** Returns the state after the last user of an outstanding block has freed it. @clause GIVE-2 @clause ZONE-2 */
export function liberatePages(state: MachineState, { head, order }: Block): MachineState {
  const place = zoneAt(state, head);
  const zone = state.zones[place];
  if (zone === undefined) return state;
  return withZone(state, place, { ...zone, placed: placement(zone.placed, { kind: 'free', head, order }).next });
}

/** Takes one user from a block; the last one frees it. Misuse is rejected. @clause PAGE-2 @clause MISUSE-7 */
export function freePages(state: MachineState, block: Block): Answered {
  const misuse = pageFreeMisuse(state, block);
  if (misuse !== undefined) return { outcome: rejectedPage(misuse), next: state };
  const users = usersOf(state, block.head);
  const next = users === 1 ? liberatePages(state, block) : withUsers(state, block.head, users - 1);
  return { outcome: { kind: 'done' }, next };
}
