// A lock with the processor that asks for it: what code holds that takes a lock only if there are several processors.
import { breakLock, spinLockIrqsave, spinUnlockIrqrestore } from './spinlock.ts';
import type { Processor } from './processor.ts';
import type { SpinLock } from './spinlock.ts';

/** What several processors change under a lock; `guard` is undefined if there is one caller. */
export interface Guarded {
  readonly guard: Guard | undefined;
}

/** Takes a lock, with interrupts off, if there are several processors. Returns the flags for `unlockIrqrestore`. @clause SMP-3 */
export function lockIrqsave(guarded: Guarded): number {
  const { guard } = guarded;
  return guard === undefined ? 0 : guard.irqsave();
}

/** Gives a lock away that `lockIrqsave` took. @clause SMP-3 */
export function unlockIrqrestore(guarded: Guarded, flags: number): void {
  const { guard } = guarded;
  if (guard !== undefined) guard.irqrestore(flags);
}

/** A lock, as one processor takes it. */
export class Guard {
  readonly lock: SpinLock;
  readonly processor: Processor;

  constructor(lock: SpinLock, processor: Processor) {
    this.lock = lock;
    this.processor = processor;
  }

  /** Switches interrupts off and takes the lock. Returns the flags for `irqrestore`. @clause SMP-2 @clause SMP-3 */
  irqsave(): number {
    return spinLockIrqsave(this.lock, this.processor);
  }

  /** Gives the lock away, and makes interrupts what they were. @clause SMP-2 @clause SMP-3 */
  irqrestore(flags: number): void {
    spinUnlockIrqrestore(this.lock, this.processor, flags);
  }

  /** Makes the lock one that nobody gets any more, if the processor holds it: a bug stopped what was done under it. */
  break(): void {
    breakLock(this.lock, this.processor);
  }
}
