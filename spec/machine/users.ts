import { CLAUSE_OF, freeMisuse } from '../buddy/misuse.ts';
import { placement } from '../buddy/placement.ts';
import { ownerOf } from '../buddy/state.ts';
import { withZone, zoneAt } from './node.ts';
import type { Block, Clause, Pfn, PageMisuse, PageOutcome } from '../../protocol/index.ts';
import type { MachineState } from './node.ts';

/** The clause that each misuse of a machine breaks. */
export const PAGE_CLAUSE_OF: Readonly<Record<PageMisuse, Clause>> = {
  'out-of-range': CLAUSE_OF['out-of-range'],
  'wrong-order': CLAUSE_OF['wrong-order'],
  misaligned: CLAUSE_OF.misaligned,
  'inner-page': CLAUSE_OF['inner-page'],
  'double-free': CLAUSE_OF['double-free'],
  'never-allocated': CLAUSE_OF['never-allocated'],
  'no-such-order': CLAUSE_OF['no-such-order'],
  'no-such-flags': 'GFP-2',
  'no-such-node': 'NODE-1',
  'no-such-page': 'PAGE-4',
  'no-address': 'PAGE-6',
};

export const rejectedPage = (misuse: PageMisuse): PageOutcome => ({
  kind: 'rejected',
  misuse,
  clause: PAGE_CLAUSE_OF[misuse],
});

/** How many users the block has that a frame heads; 0 where it heads none. @clause PAGE-1 @clause PAGE-3 */
export function usersOf(state: MachineState, head: Pfn): number {
  const zone = state.zones[zoneAt(state, head)];
  if (zone === undefined || ownerOf(zone.placed.state, head) < 0) return 0;
  return state.shared.get(head) ?? 1;
}

/** The state in which the block at `head` has so many users. */
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

/** One more user of an outstanding block. @clause PAGE-4 */
export function getPage(state: MachineState, head: Pfn): Answered {
  const users = usersOf(state, head);
  if (users === 0) return { outcome: rejectedPage('no-such-page'), next: state };
  return { outcome: { kind: 'done' }, next: withUsers(state, head, users + 1) };
}

/** What freeing a block would do wrong; the zone that its head lies in says it. */
export function pageFreeMisuse(state: MachineState, block: Block): PageMisuse | undefined {
  const zone = state.zones[zoneAt(state, block.head)];
  return zone === undefined ? 'out-of-range' : freeMisuse(zone.placed.state, block);
}

/** Whether a free of a block that is outstanding would be its last user's. @clause PAGE-2 */
export const isLastUser = (state: MachineState, { head }: Block): boolean => usersOf(state, head) === 1;

/** The state after the last user of an outstanding block has freed it. @clause GIVE-2 @clause ZONE-2 */
export function liberatePages(state: MachineState, { head, order }: Block): MachineState {
  const at = zoneAt(state, head);
  const zone = state.zones[at];
  if (zone === undefined) return state;
  return withZone(state, at, { ...zone, placed: placement(zone.placed, { kind: 'free', head, order }).next });
}

/** One user less; the last one frees the block. @clause PAGE-2 @clause MISUSE-7 */
export function freePages(state: MachineState, block: Block): Answered {
  const misuse = pageFreeMisuse(state, block);
  if (misuse !== undefined) return { outcome: rejectedPage(misuse), next: state };
  const users = usersOf(state, block.head);
  const next = users === 1 ? liberatePages(state, block) : withUsers(state, block.head, users - 1);
  return { outcome: { kind: 'done' }, next };
}
