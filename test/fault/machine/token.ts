/** Answers of a machine in this process as words of the protocol. */
import type { MachineResult } from '../../../conformance/kinds/machine/operation.ts';

function bareOf(outcome: MachineResult['outcome']): string {
  switch (outcome.kind) {
    case 'granted':
      return String(outcome.head);
    case 'exhausted':
      return '-';
    case 'stalled':
      return '~';
    case 'done':
      return '.';
    case 'rejected':
      return `!${outcome.misuse}`;
    case 'nonsense':
      return outcome.token;
  }
}

/** Returns a result as a word. */
export const tokenOf = ({ outcome, reclaims, woken }: MachineResult): string =>
  `${bareOf(outcome)}${reclaims > 0 ? `/${reclaims}` : ''}${woken ? 'w' : ''}`;
