/** Which clause each misuse of a machine of 2.6.24 breaks, and when a command is misuse. */
import { CLAUSE_OF, freeMisuse } from '../buddy/misuse.ts';
import { areSettings, zoneAt26 } from './state.ts';
import { isGfp26 } from './gfp.ts';
import { isWhole } from '../arithmetic.ts';
import type { Block, Clause, Command26, Misuse26, Outcome26 } from '../../protocol/index.ts';
import type { MachineState26 } from './state.ts';

/** The clause that each misuse breaks. */
export const CLAUSE_OF_26: Readonly<Record<Misuse26, Clause>> = {
  'out-of-range': CLAUSE_OF['out-of-range'],
  'wrong-order': CLAUSE_OF['wrong-order'],
  misaligned: CLAUSE_OF.misaligned,
  'inner-page': CLAUSE_OF['inner-page'],
  'double-free': CLAUSE_OF['double-free'],
  'never-allocated': CLAUSE_OF['never-allocated'],
  'no-such-order': CLAUSE_OF['no-such-order'],
  'no-such-flags': 'GATE-8',
  'no-such-settings': 'GATE-13',
};

/** Returns the answer that rejects a misuse. */
export const rejected26 = (misuse: Misuse26): Outcome26 => ({ kind: 'rejected', misuse, clause: CLAUSE_OF_26[misuse] });

/** Returns how freeing a block is misuse, as the zone of its head sees it; undefined if it is legal. */
export function freeMisuse26(state: MachineState26, block: Block): Misuse26 | undefined {
  const zone = state.zones[zoneAt26(state, block.head)];
  return zone === undefined ? 'out-of-range' : freeMisuse(zone.placed.state, block);
}

/** Returns how a command is misuse; undefined if it is legal. @clause TAKE-5 @clause GATE-8 @clause GATE-13 */
export function misuseOf26(state: MachineState26, command: Command26): Misuse26 | undefined {
  switch (command.kind) {
    case 'allocate':
      if (!isWhole(command.order)) return 'no-such-order';
      return isGfp26(command.gfp) ? undefined : 'no-such-flags';
    case 'free':
      return freeMisuse26(state, command);
    case 'set':
      return areSettings(command.settings) ? undefined : 'no-such-settings';
  }
}
