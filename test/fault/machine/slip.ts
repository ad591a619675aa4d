/** The form of a slip in a machine, and the scenes that show one. */

import { LowMemory, plainMachine } from '../../unit/machine/low-memory.ts';
import type { Clause, Machine } from '../../../protocol/index.ts';
import type { Edit } from '../sources.ts';
import type { Make } from '../../lockstep/machine/real.ts';

/** A machine broken on purpose: the real sources with one edit. */
export interface MachineSlip extends Edit {
  readonly name: string;
  /** What goes wrong in the case below. */
  readonly why: string;
  /** A case worked out by hand, and the clause that it refutes. */
  readonly shortest: (make: Make) => void;
  readonly refutes: Clause;
}

export const USER = 0x1d0;
export const ATOMIC = 0x20;
export const MEMALLOC = 0x800;
export const WAITING_EXEMPT: { readonly gfp: number; readonly task: number } = { gfp: USER, task: MEMALLOC };

type Free = Readonly<Partial<Record<'DMA' | 'Normal' | 'HighMem', number>>>;

/** One node with DMA, Normal and HighMem of 128 pages each, marks 20, 40 and 60; frames 0, 128 and 256 are their first. */
export const left = (make: Make, free: Free): LowMemory =>
  new LowMemory(plainMachine([[128, 128, 128]]), make).leave(0, free);

/** Such a node that nothing has been taken from. */
export const fresh = (make: Make, rest: Partial<Omit<Machine, 'nodes'>> = {}): LowMemory =>
  new LowMemory(plainMachine([[128, 128, 128]], rest), make);

/** Two nodes of 64 pages of DMA each, whose marks are 20, 40 and 60. */
export const two = (make: Make, policy: Machine['policy'] = 'node-local'): LowMemory =>
  new LowMemory(plainMachine([[64], [64]], { policy }), make);
