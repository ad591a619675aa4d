// A processor: of which node it is, whether it can be interrupted, and how many locks it holds.
import { Field } from '../words/field.ts';
import { outOfRange } from '../words/bug.ts';
import { nodeId } from '../words/unit.ts';
import type { NodeId } from '../../protocol/index.ts';
import type { Count } from '../words/unit.ts';

/** The word that is 1 while interrupts are on. */
const INTERRUPTS = 0;
/** The word that counts the locks that the processor holds. */
const HELD = 1;

/**
 * A processor, by its number from 0, and the node that it is of, the first unless one is given. Its state is two words: whether
 * interrupts are on, and how many locks it holds. Each thread is a processor of its own; no two threads share one.
 */
export class Processor {
  readonly id: number;
  readonly node: NodeId;
  readonly words: Field<number, Count>;

  constructor(id: number, node: NodeId = nodeId(0)) {
    const words = Int32Array.of(1, 0);
    this.id = id;
    this.node = node;
    this.words = new Field(words);
  }

  /** Reports whether an interrupt may come. */
  takesInterrupts(): boolean {
    return this.words.get(INTERRUPTS) === 1;
  }

  /** Returns the number of locks that the processor holds. */
  locksHeld(): Count {
    return this.words.get(HELD);
  }

  /** Counts one lock more, or one less. */
  countLock(difference: 1 | -1): void {
    this.words.add(HELD, difference);
  }
}

/**
 * Switches interrupts off. Returns what was before, for `localIrqRestore`: 1 if they were on, else 0.
 * @clause SMP-3 @linux include/asm-i386/system.h local_irq_save
 */
export function localIrqSave(processor: Processor): number {
  const flags = processor.words.get(INTERRUPTS);
  processor.words.put(INTERRUPTS, 0);
  return flags;
}

/**
 * Makes interrupts what they were when `localIrqSave` returned these flags. That they go on under a lock is a bug: the flags
 * of two locks were mixed up.
 * @clause SMP-3 @linux include/asm-i386/system.h local_irq_restore
 */
export function localIrqRestore(processor: Processor, flags: number): void {
  if (flags === 1 && processor.locksHeld() > 0) outOfRange('interrupts go on under a lock of processor', processor.id);
  processor.words.put(INTERRUPTS, flags);
}

/**
 * Stops by a bug unless the processor may sleep here: it holds no lock, and its interrupts are on.
 * @clause SMP-4 @linux include/linux/kernel.h might_sleep (2.6.24)
 */
export function mightSleep(processor: Processor): void {
  if (processor.locksHeld() > 0) outOfRange('sleep under a lock of processor', processor.id);
  if (!processor.takesInterrupts()) outOfRange('sleep with interrupts off on processor', processor.id);
}
