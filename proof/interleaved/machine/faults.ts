/** Faults of the locks of a machine: what is changed in the code, who calls, and what the shortest schedule that goes wrong comes to. */

import { machineOf } from '../../../src/machine/create.ts';
import { pfn } from '../../unit.ts';
import { shortest } from '../shortest.ts';
import { startOfMachine } from './start.ts';
import type { Ask, MachineQuestion } from './start.ts';
import type { Machine } from '../../../protocol/index.ts';
import type { Fault, Schedule } from '../shortest.ts';
import type { World } from '../state.ts';

/** Requests, by what they may do. */
export const ASKS: Readonly<Record<'cannotWait' | 'waits' | 'waitsForPair' | 'ofDma' | 'isExempt', Ask>> = {
  cannotWait: { mask: 0x20, order: 0 },
  waits: { mask: 0x1d0, order: 0 },
  waitsForPair: { mask: 0x1d0, order: 1 },
  ofDma: { mask: 0x21, order: 0 },
  isExempt: { mask: 0x20, order: 0, task: 0x800 },
};

/** A node of two pages of DMA without marks, and four of Normal with the marks 1, 2 and 3. */
export const SMALL: Machine = machineOf([{ first: 0, end: 6 }], {
  limits: { dma: pfn(2), normal: pfn(6) },
  balance: {
    DMA: { ratio: 128, least: 0, most: 255 },
    Normal: { ratio: 128, least: 1, most: 255 },
    HighMem: { ratio: 128, least: 1, most: 255 },
  },
  orders: 2,
});

/** A fault, and what it comes to. */
export interface MachineFault extends Fault, Pick<MachineQuestion, 'callers' | 'calls' | 'asks' | 'granted'> {
  readonly edits: NonNullable<MachineQuestion['edits']>;
  readonly why: string;
}

const ZONE = 'src/machine/machine-zone.ts';
const PUT_PAGES = 'src/machine/put-pages.ts';
const { cannotWait, isExempt, waits } = ASKS;

const TAKE = `  const page = rmqueue(zone.buddy, order);
  if (page !== NONE) grantPages(zone, page, order);
  unlockIrqrestore(zone, flags);
`;

const ONE_EACH = { callers: 'two processors', calls: [1, 1], asks: [cannotWait], granted: [] } as const;

export const MACHINE_FAULTS: readonly MachineFault[] = [
  {
    ...ONE_EACH,
    name: 'a block is taken without the lock',
    edits: [
      { file: ZONE, from: `  const flags = lockIrqsave(zone);\n${TAKE}`, to: TAKE.replace(/ {2}unlock.*\n/u, '') },
    ],
    why: 'the lists are half-changed when the other processor reads them',
    leadsTo: 'bug',
    says: 'unlinked node',
  },
  {
    ...ONE_EACH,
    name: 'the lock is kept if the zone has no block',
    asks: [isExempt],
    granted: [isExempt, isExempt, isExempt, isExempt, isExempt],
    edits: [
      { file: ZONE, from: '  if (page !== NONE) grantPages', to: '  if (page === NONE) return NONE;\n  grantPages' },
    ],
    why: 'the other processor waits for a lock that nobody gives away',
    leadsTo: 'deadlock',
    says: 'nobody can go on',
  },
  {
    ...ONE_EACH,
    name: 'a free is looked at before the lock is taken',
    asks: [],
    granted: [cannotWait],
    edits: [
      {
        file: PUT_PAGES,
        from: '  const flags = lockIrqsave(zone);\n',
        to: '  const misuse = zone.allocator.misuseOf(head, order);\n  if (misuse !== undefined) return misuse;\n  const flags = lockIrqsave(zone);\n',
      },
      {
        file: PUT_PAGES,
        from: '  const misuse = zone.allocator.misuseOf(head, order);\n  if (misuse !== undefined) return misuse;\n  const page',
        to: '  const page',
      },
    ],
    why: 'two frees at once are both right, and the second takes a user that is not there',
    leadsTo: 'answer',
    says: 'done',
  },
  {
    ...ONE_EACH,
    name: 'a block gets its user after the lock was given away',
    calls: [2, 1],
    granted: [cannotWait],
    edits: [
      { file: ZONE, from: '  setPageCount(zone.counts, page, 1);\n', to: '' },
      { file: ZONE, from: TAKE, to: `${TAKE}  if (page !== NONE) setPageCount(zone.counts, page, 1);\n` },
    ],
    why: 'who held the block before frees it in between: the user comes after, and the block is free and in use',
    leadsTo: 'zone',
    says: 'the zone is as no order leaves it',
  },
  {
    ...ONE_EACH,
    name: 'balance is asked for after pages_min',
    asks: [waits],
    granted: [waits],
    edits: [
      { file: 'src/machine/page-alloc.ts', from: '  classZone.needBalance.put(0, 1);\n', to: '' },
      {
        file: 'src/machine/page-alloc.ts',
        from: '  for (;;) {\n',
        to: '  classZone.needBalance.put(0, 1);\n  for (;;) {\n',
      },
    ],
    why: 'a request that pages_min permits asks for no balance',
    leadsTo: 'zone',
    says: 'PASS-2',
  },
  {
    ...ONE_EACH,
    name: 'interrupts are left on under the lock of a zone',
    callers: 'a processor and its handler',
    edits: [
      {
        file: 'src/smp/guard.ts',
        from: 'return spinLockIrqsave(this.lock, this.processor);',
        to: 'spinLock(this.lock, this.processor);\n    return 1;',
      },
      { file: 'src/smp/guard.ts', from: 'import { breakLock, ', to: 'import { breakLock, spinLock, ' },
    ],
    why: 'the handler asks for the lock that its own processor holds',
    leadsTo: 'bug',
    says: 'lock taken twice by processor 0',
  },
];

/** No fault: held to a machine of which each call takes effect at once, the code is wrong, because watermarks are read outside the lock. */
export const RACE: Omit<MachineQuestion, 'machine'> = { ...ONE_EACH, asks: [waits], granted: [waits], isAtOnce: true };

/** Returns the shortest schedule of a fault; undefined if nothing goes wrong. */
export function scheduleOfMachine(fault: Omit<MachineQuestion, 'machine'>): {
  readonly world: World;
  readonly schedule: Schedule | undefined;
} {
  const { world, state } = startOfMachine({ machine: SMALL, ...fault });
  return { world, schedule: shortest(world, [state]) };
}
