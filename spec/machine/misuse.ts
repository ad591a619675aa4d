/** Which clause each misuse of a machine breaks, and when a free is misuse. */
import { CLAUSE_OF, freeMisuse } from '../buddy/misuse.ts';
import { zoneAt } from './state.ts';
import type { Block, Clause, PageMisuse, PageOutcome } from '../../protocol/index.ts';
import type { MachineState } from './state.ts';

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
  'in-page-cache': 'RECLAIM-5',
};

/** Every misuse of a machine. */
export const PAGE_MISUSES: readonly PageMisuse[] = [
  'out-of-range',
  'wrong-order',
  'misaligned',
  'inner-page',
  'double-free',
  'never-allocated',
  'no-such-order',
  'no-such-flags',
  'no-such-node',
  'no-such-page',
  'no-address',
  'in-page-cache',
];

/** Returns the answer that rejects a misuse. */
export const rejectedPage = (misuse: PageMisuse): PageOutcome => ({
  kind: 'rejected',
  misuse,
  clause: PAGE_CLAUSE_OF[misuse],
});

/** Returns how freeing a block is misuse, as the zone of its head sees it; undefined if it is legal. */
export function pageFreeMisuse(state: MachineState, block: Block): PageMisuse | undefined {
  const zone = state.zones[zoneAt(state, block.head)];
  return zone === undefined ? 'out-of-range' : freeMisuse(zone.placed.state, block);
}
