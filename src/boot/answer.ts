// The outcomes of boot memory, and the clause that each misuse is against.
import type { BootMisuse, BootOutcome, BootRejection, Clause, Pfn } from '../../protocol/index.ts';

const CLAUSES: Readonly<Record<BootMisuse, Clause>> = {
  'no-such-node': 'BOOT-7',
  retired: 'RETIRE-4',
  'no-such-size': 'BOOT-7',
  'no-such-alignment': 'BOOT-7',
  'no-such-address': 'BOOT-7',
  'out-of-range': 'BOOT-6',
  'free-page': 'BOOT-4',
  'map-not-reserved': 'RETIRE-3',
  'no-zone': 'RETIRE-5',
};

export const exhausted: BootOutcome = { kind: 'exhausted' };
export const done: BootOutcome = { kind: 'done' };

/** Returns the outcome of a reservation of which `pages` were reserved before. @clause BOOT-5 */
export const warned = (pages: readonly Pfn[]): BootOutcome => ({ kind: 'warned', pages });

/** Returns the outcome of a command that was rejected, with the clause that the misuse is against. @clause BOOT-14 */
export function rejected(misuse: BootMisuse): BootRejection {
  return { kind: 'rejected', misuse, clause: CLAUSES[misuse] };
}
