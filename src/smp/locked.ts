// The operations of a zone under its lock, with interrupts off from before the first word is read until after the last is written.
import { spinLockIrqsave, spinUnlockIrqrestore } from './spinlock.ts';
import type { Allocator } from '../buddy/allocator.ts';
import type { Order, Outcome, Pfn } from '../../protocol/index.ts';
import type { Processor } from './processor.ts';
import type { SpinLock } from './spinlock.ts';

/** A zone's face, its lock, and the processor that asks. */
export interface Locked {
  readonly allocator: Pick<Allocator, 'allocate' | 'free' | 'handOver'>;
  readonly lock: SpinLock;
  readonly processor: Processor;
}

/**
 * Grants a block, as `Allocator.allocate`. The owner table is written under the lock too: two frees of one block at once are a
 * free and a double free.
 * @clause SMP-1 @linux mm/page_alloc.c rmqueue
 */
export function lockedAllocate(locked: Locked, order: Order): Outcome {
  const { allocator, lock, processor } = locked;
  const flags = spinLockIrqsave(lock, processor);
  const outcome = allocator.allocate(order);
  spinUnlockIrqrestore(lock, processor, flags);
  return outcome;
}

/** Frees a block, as `Allocator.free`. @clause SMP-1 @linux mm/page_alloc.c __free_pages_ok */
export function lockedFree(locked: Locked, head: Pfn, order: Order): Outcome {
  const { allocator, lock, processor } = locked;
  const flags = spinLockIrqsave(lock, processor);
  const outcome = allocator.free(head, order);
  spinUnlockIrqrestore(lock, processor, flags);
  return outcome;
}

/** Hands a frame over, as `Allocator.handOver`. @clause SMP-1 @linux mm/bootmem.c free_all_bootmem_core */
export function lockedHandOver(locked: Locked, frame: Pfn): Outcome {
  const { allocator, lock, processor } = locked;
  const flags = spinLockIrqsave(lock, processor);
  const outcome = allocator.handOver(frame);
  spinUnlockIrqrestore(lock, processor, flags);
  return outcome;
}
