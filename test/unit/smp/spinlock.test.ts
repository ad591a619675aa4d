/** Tests of the lock, of interrupt flags, and of what is reported as a bug. */

import { LOCK_WORDS, SpinLock, breakLock, spinLockIrqsave, spinUnlockIrqrestore } from '../../../src/smp/spinlock.ts';
import { Processor, localIrqRestore, localIrqSave, mightSleep } from '../../../src/smp/processor.ts';
import { expect, test } from 'vitest';
import { spinLock, spinUnlock } from '../../../src/smp/spinlock.ts';

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
  expect(() => {
    spinLock(lock, other);
  }).toThrow('lock whose holder stopped, asked for by processor 1');
});
