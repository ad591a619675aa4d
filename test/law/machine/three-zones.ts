/** A machine of three small zones in the specification, and requests to it. */
import { gfp, nodeId, order, pfn, taskFlags } from '../../../spec/unit.ts';
import { placeMachine, startMachine } from '../../../spec/index.ts';
import { plainMachine } from '../../unit/machine/low-memory.ts';
import type { MachineState } from '../../../spec/index.ts';
import type { PageCommand, PageOutcome } from '../../../protocol/index.ts';

export const USER = 0x1d0;
export const ATOMIC = 0x20;
export const MEMALLOC = 0x800;
const BALANCE = { ratio: 4, least: 0, most: 4 };

/** DMA has frames 0 to 7, Normal 8 to 15, HighMem 16 to 23; the marks of each are 2, 4 and 6. */
export const start = (): MachineState =>
  startMachine(plainMachine([[8, 8, 8]], { balance: { DMA: BALANCE, Normal: BALANCE, HighMem: BALANCE }, orders: 5 }));

export const request = (mask: number, of = 0, task = 0): Extract<PageCommand, { readonly kind: 'allocate-pages' }> => ({
  kind: 'allocate-pages',
  gfp: gfp(mask),
  order: order(of),
  task: taskFlags(task),
  node: nodeId(0),
});

export const granted = (head: number): PageOutcome => ({ kind: 'granted', head: pfn(head) });
export const EXHAUSTED: PageOutcome = { kind: 'exhausted' };
export const STALLED: PageOutcome = { kind: 'stalled' };

/** The state after so many pages were granted, the way Linux does, to a task that no mark is waived for. */
export function after(mask: number, times: number, task = 0): MachineState {
  let state = start();
  for (let n = 0; n < times; n++) state = placeMachine(state, request(mask, 0, task), []).next;
  return state;
}
