// The lock of a zone: processors get it in the order in which they asked, with interrupts off.
import { Field } from '../words/field.ts';
import { localIrqRestore, localIrqSave } from './processor.ts';
import { outOfRange } from '../words/bug.ts';
import type { Processor } from './processor.ts';

/** The word with the number of tickets that were given out. */
const NEXT = 0;
/** The word with the ticket whose turn it is. */
const SERVING = 1;
/**
 * The word with the processor that holds the lock, its number plus 1; 0 if nobody does. A processor looks for its own number alone,
 * which no other writes: so it needs no Atomics, which cost as much as the rest of the lock.
 */
const HOLDER = 2;
/** The number of words of a lock. */
export const LOCK_WORDS = 3;

/** Tickets are counted modulo 2^30, so that no ticket is negative. */
const TICKETS: number = 2 ** 30 - 1;
/** Takes the place of a ticket after the holder stopped by a bug. */
const BROKEN = -1;

/** How often a processor looks whose turn it is before it lets its thread sleep. */
const SPINS = 1000;

/**
 * A lock over three words; words of zeros are a lock that is free. They are shared between threads if their buffer is.
 * @linux include/asm-i386/spinlock.h spinlock_t
 * @departure TICKETS whoever asked first is served first, as from 2.6.25 on, so that nobody starves; in 2.4 whoever comes first gets it
 */
export class SpinLock {
  readonly words: Int32Array;
  /** The same words, for what needs no Atomics. */
  readonly plain: Field<number, number>;
  readonly spins: number;

  constructor(words: Int32Array, spins: number = SPINS) {
    this.words = words;
    this.plain = new Field(words);
    this.spins = spins;
  }
}

/**
 * Takes a lock; waits for it, in the order of asking, and after a while lets the thread sleep. Taking it twice on one processor
 * is a bug, which would be a deadlock otherwise; so is waiting for a holder that stopped.
 * @clause SMP-2 @linux include/linux/spinlock.h spin_lock
 */
export function spinLock(lock: SpinLock, processor: Processor): void {
  const { plain, spins, words } = lock;
  if (plain.get(HOLDER) === processor.id + 1) outOfRange('lock taken twice by processor', processor.id);
  const ticket = Atomics.add(words, NEXT, 1) & TICKETS;
  let serving = Atomics.load(words, SERVING);
  for (let spin = 0; serving !== ticket; spin++) {
    if (serving === BROKEN) outOfRange('lock whose holder stopped, asked for by processor', processor.id);
    if (spin >= spins) Atomics.wait(words, SERVING, serving);
    serving = Atomics.load(words, SERVING);
  }
  plain.put(HOLDER, processor.id + 1);
  processor.countLock(1);
}

/** Gives a lock to whoever asked next. That another processor holds it, or none, is a bug. @clause SMP-2 @linux include/linux/spinlock.h spin_unlock */
export function spinUnlock(lock: SpinLock, processor: Processor): void {
  const { plain, words } = lock;
  if (plain.get(HOLDER) !== processor.id + 1) outOfRange('lock not held by processor', processor.id);
  processor.countLock(-1);
  plain.put(HOLDER, 0);
  const next = (Atomics.load(words, SERVING) + 1) & TICKETS;
  Atomics.store(words, SERVING, next);
  // Who has a ticket already may sleep; who takes one from now on finds it served.
  if ((Atomics.load(words, NEXT) & TICKETS) !== next) Atomics.notify(words, SERVING);
}

/**
 * Switches interrupts off and takes a lock. Returns the flags for `spinUnlockIrqrestore`. The other order would let a handler
 * come between, and ask for a lock that the processor itself holds.
 * @clause SMP-2 @clause SMP-3 @linux include/linux/spinlock.h spin_lock_irqsave
 */
export function spinLockIrqsave(lock: SpinLock, processor: Processor): number {
  const flags = localIrqSave(processor);
  spinLock(lock, processor);
  return flags;
}

/** Gives a lock away, and makes interrupts what they were. @clause SMP-2 @clause SMP-3 @linux include/linux/spinlock.h spin_unlock_irqrestore */
export function spinUnlockIrqrestore(lock: SpinLock, processor: Processor, flags: number): void {
  spinUnlock(lock, processor);
  localIrqRestore(processor, flags);
}

/**
 * Makes a lock one that nobody gets any more, if the processor holds it: after a bug under the lock, the others stop too.
 * @departure STOPPED the kernel's BUG leaves the lock held and interrupts off, so that the others wait for ever
 */
export function breakLock({ plain, words }: SpinLock, processor: Processor): void {
  if (plain.get(HOLDER) !== processor.id + 1) return;
  Atomics.store(words, SERVING, BROKEN);
  Atomics.notify(words, SERVING);
}
