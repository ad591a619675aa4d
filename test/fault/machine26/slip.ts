/** The form of a slip in a machine of 2.6.24. */
import { LowMemory26 } from '../../unit/machine26/low-memory.ts';
import type { Clause } from '../../../protocol/index.ts';
import type { Edit } from '../sources.ts';
import type { Make26 } from '../../lockstep/machine26/lockstep.ts';

/** A machine broken on purpose: the real sources with one edit. */
export interface Slip26 extends Edit {
  readonly name: string;
  /** What goes wrong in the case below. */
  readonly why: string;
  /** A case worked out by hand, and the clause that it refutes. */
  readonly shortest: (make: Make26) => void;
  readonly refutes: Clause;
}

/** The machine of `low-memory.ts` with so many free pages, the lowest of each zone. */
export const left = (
  make: Make26,
  { DMA = 0, HighMem = 0, Normal = 0 }: Partial<Record<'DMA' | 'Normal' | 'HighMem', number>>,
): LowMemory26 => new LowMemory26(make).empty().free([0, DMA], [32, Normal], [160, HighMem]);
