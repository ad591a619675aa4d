/** Answers of a machine in this process as words of the protocol. */
import { wordOf } from '../../../conformance/vectors/word.ts';
import type { MachineResult } from '../../../conformance/kinds/machine/operation.ts';

/** Returns a result as a word. */
export const tokenOf = ({ outcome, reclaims, woken }: MachineResult): string =>
  `${outcome.kind === 'nonsense' ? outcome.token : wordOf(outcome)}${reclaims > 0 ? `/${reclaims}` : ''}${woken ? 'w' : ''}`;
