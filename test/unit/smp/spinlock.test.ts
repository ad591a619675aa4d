/** Tests of the lock, of interrupt flags, and of what is reported as a bug. */

import { LOCK_WORDS, SpinLock, breakLock, spinLockIrqsave, spinUnlockIrqrestore } from '../../../src/smp/spinlock.ts';
import { Processor, localIrqRestore, localIrqSave, mightSleep } from '../../../src/smp/processor.ts';
import { answeringAtomics } from './atomics.ts';
import { expect, test } from 'vitest';
import { lockIrqsave } from '../../../src/smp/guard.ts';
import { spinLock, spinUnlock } from '../../../src/smp/spinlock.ts';
import type { AtomicCall } from './atomics.ts';

const newLock = (): SpinLock => new SpinLock(new Int32Array(LOCK_WORDS));

test('SMP-3 · interrupts are off under the lock, and afterwards what they were', () => {
  const [lock, processor] = [newLock(), new Processor(0)];
  const flags = spinLockIrqsave(lock, processor);
  expect([flags, processor.takesInterrupts(), processor.locksHeld()]).toEqual([1, false, 1]);
  spinUnlockIrqrestore(lock, processor, flags);
  expect([processor.takesInterrupts(), processor.locksHeld()]).toEqual([true, 0]);

  const before = localIrqSave(processor);
  spinUnlockIrqrestore(lock, processor, spinLockIrqsave(lock, processor));
  expect(processor.takesInterrupts()).toBe(false);
  localIrqRestore(processor, before);
  expect(processor.takesInterrupts()).toBe(true);
});

test('SMP-3 · a lock that is taken under another is given away with interrupts off, and is no bug', () => {
  const [one, other, processor] = [newLock(), newLock(), new Processor(0)];
  const [outer, inner] = [spinLockIrqsave(one, processor), spinLockIrqsave(other, processor)];
  expect([outer, inner]).toEqual([1, 0]);
  spinUnlockIrqrestore(other, processor, inner);
  expect([processor.takesInterrupts(), processor.locksHeld()]).toEqual([false, 1]);
  spinUnlockIrqrestore(one, processor, outer);
  expect([processor.takesInterrupts(), processor.locksHeld()]).toEqual([true, 0]);
});

test('SMP-3 · interrupts are off before a lock is asked for', () => {
  const [lock, processor] = [newLock(), new Processor(0)];
  const tickets: boolean[] = [];
  answeringAtomics(
    ({ carryOut, name }) => {
      if (name === 'add') tickets.push(processor.takesInterrupts());
      return carryOut();
    },
    () => spinLockIrqsave(lock, processor),
  );
  expect(tickets).toEqual([false]);
});

test('SMP-3 · what one caller uses has no lock: its flags are those of interrupts that are off', () => {
  expect(lockIrqsave({ guard: undefined })).toBe(0);
});

test('SMP-3 · the flags of two locks that are mixed up are a bug', () => {
  const [one, other, processor] = [newLock(), newLock(), new Processor(3)];
  const outer = spinLockIrqsave(one, processor);
  spinLockIrqsave(other, processor);
  expect(() => {
    spinUnlockIrqrestore(other, processor, outer);
  }).toThrow('interrupts go on under a lock of processor 3');
});

test('SMP-2 · a lock that is taken twice on one processor is a bug, and no deadlock', () => {
  const [lock, processor] = [newLock(), new Processor(1)];
  spinLock(lock, processor);
  expect(() => {
    spinLock(lock, processor);
  }).toThrow('lock taken twice by processor 1');
});

test('SMP-2 · a lock that is given away by one who does not hold it is a bug', () => {
  const lock = newLock();
  const release = (processor: Processor) => (): void => {
    spinUnlock(lock, processor);
  };
  expect(release(new Processor(0))).toThrow('lock not held by processor 0');
  spinLock(lock, new Processor(0));
  expect(release(new Processor(1))).toThrow('lock not held by processor 1');
});

test('SMP-4 · sleep under a lock, or with interrupts off, is a bug', () => {
  const [lock, processor] = [newLock(), new Processor(0)];
  const sleep = (): void => {
    mightSleep(processor);
  };
  expect(sleep).not.toThrow();
  spinLock(lock, processor);
  expect(sleep).toThrow('sleep under a lock of processor 0');
  spinUnlock(lock, processor);
  localIrqSave(processor);
  expect(sleep).toThrow('sleep with interrupts off on processor 0');
});

test('a lock is served in the order of tickets, also after their count has gone round', () => {
  const lock = newLock();
  lock.words.set([2 ** 30 - 1, 2 ** 30 - 1, 0]);
  for (const id of [0, 1, 0]) {
    const processor = new Processor(id);
    spinUnlockIrqrestore(lock, processor, spinLockIrqsave(lock, processor));
  }
  expect([...lock.words]).toEqual([2 ** 30 + 2, 2, 0]);
});

test('STOPPED, SMP-2 · after its holder stopped, nobody gets a lock, and nobody waits for it', () => {
  const [lock, holder, other] = [newLock(), new Processor(0), new Processor(1)];
  breakLock(lock, holder);
  spinLock(lock, holder);
  breakLock(lock, other);
  expect(lock.words[1]).toBe(0);
  breakLock(lock, holder);
  expect(lock.words[1]).toBe(-1); // the turn of no ticket
  expect(() => {
    spinLock(lock, other);
  }).toThrow('lock whose holder stopped, asked for by processor 1');
});

test.each([
  [3, [3]],
  [1000, []],
])('SMP-2 · a processor looks whose turn it is, and %i times again before it sleeps', (again, given) => {
  const lock = new SpinLock(new Int32Array(LOCK_WORDS), ...given);
  const [holder, other] = [new Processor(0), new Processor(1)];
  spinLock(lock, holder);
  let looks = 0;
  const slept: unknown[] = [];
  const answer = ({ args, carryOut, name }: AtomicCall): unknown => {
    if (name === 'load') looks++;
    if (looks > again + 9) throw new Error('it does not sleep');
    if (name !== 'wait') return carryOut();
    slept.push([looks, ...args.slice(1)]);
    lock.words[1] = 1; // the turn of the second ticket
    return 'ok';
  };
  answeringAtomics(answer, () => {
    spinLock(lock, other);
  });
  expect(slept).toEqual([[1 + again, 1, 0]]);
  expect([...lock.words]).toEqual([2, 1, 2]);
});

test.each([0, 2 ** 30 - 1])('SMP-2 · from ticket %i on, threads are woken only if one may sleep', (ticket) => {
  const [lock, processor] = [newLock(), new Processor(0)];
  lock.words.set([ticket, ticket, 0]);
  const woken = (): number => {
    let count = 0;
    answeringAtomics(
      ({ carryOut, name }) => {
        if (name === 'notify') count++;
        return carryOut();
      },
      () => {
        spinUnlock(lock, processor);
      },
    );
    return count;
  };
  spinLock(lock, processor);
  expect(woken()).toBe(0);
  spinLock(lock, processor);
  Atomics.add(lock.words, 0, 1); // another processor asks
  expect(woken()).toBe(1);
});
