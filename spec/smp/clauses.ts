/** The clauses of several processors that share a zone. */
import { HERLIHY_WING, OURS, clause, gorman, linux24, linux26 } from '../clause-text.ts';
import type { Clause } from '../../protocol/index.ts';
import type { ClauseText } from '../clause-text.ts';

const ALLOCATING = gorman('6.3 Allocating Pages');

/** The clauses of several processors, by id. */
export const SMP_CLAUSES: Readonly<Record<Extract<Clause, `SMP-${number}`>, ClauseText>> = {
  'SMP-1': clause(
    'linearizable',
    'The calls of several processors are answered as if they had been made one after another, in an order in which a call that was answered before another was made comes before it.',
    HERLIHY_WING,
    linux24('mm/page_alloc.c rmqueue'),
    linux24('mm/page_alloc.c __free_pages_ok'),
  ),
  'SMP-2': clause(
    'one-holder',
    'At most one processor holds a lock; that a processor takes one that it holds, or gives away one that it does not hold, is a bug that is reported, and no deadlock.',
    linux24('include/asm-i386/spinlock.h spin_lock'),
    OURS,
  ),
  'SMP-3': clause(
    'interrupts-off',
    "From before a processor takes a zone's lock until after it gave it away its interrupts are off, and then they are what they were before.",
    ALLOCATING,
    linux24('include/linux/spinlock.h spin_lock_irqsave'),
  ),
  'SMP-4': clause(
    'sleepless',
    'A processor that holds a lock, or whose interrupts are off, does not sleep.',
    linux26('include/linux/kernel.h might_sleep'),
  ),
  'SMP-5': clause(
    'racy-count',
    "The count of free pages changes under the zone's lock, in one write for each call, and may be read without the lock: what is read is the count after some of the calls, in their order.",
    linux24('mm/page_alloc.c __alloc_pages'),
    linux24('mm/page_alloc.c __free_pages_ok'),
  ),
  'SMP-6': clause(
    'in-steps',
    'On a machine of several processors a request takes effect in steps, and calls of others may come between them: each comparison of a count of free pages with a watermark, each asking for balance, and each taking of a block from a zone is one; whatever else is asked takes effect in one.',
    linux24('mm/page_alloc.c __alloc_pages'),
    linux24('mm/page_alloc.c rmqueue'),
    linux24('mm/page_alloc.c __free_pages'),
  ),
};
