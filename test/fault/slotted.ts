/** Scripts in words on an allocator of this process, whose grants are remembered by slot. */
import { parseScript } from '../../conformance/kinds/buddy/wire/tokens.ts';
import { wordOf } from '../../conformance/vectors/word.ts';
import type { Block, Run } from '../../protocol/index.ts';
import type { LiveBuddy } from '../../conformance/kinds/buddy/port.ts';
import type { Operation, Result } from '../../conformance/kinds/buddy/case.ts';

/** What a slot holds: a block, or frames. */
type Held = { readonly block: Block } | { readonly run: Run };

const DONE: Result = { kind: 'done' };

/** An allocator that is asked in words; what it has no answer to is none. */
export class Slotted {
  readonly #buddy: Omit<LiveBuddy, 'open' | 'observation' | 'views'>;
  readonly #slots: (Held | undefined)[] = [];

  constructor(buddy: Omit<LiveBuddy, 'open' | 'observation' | 'views'>) {
    this.#buddy = buddy;
  }

  /** Carries out one operation. */
  answer(word: string): string {
    const script = parseScript(word);
    const [operation] = 'kind' in script ? [] : script;
    const result = operation === undefined ? undefined : this.#carryOut(operation);
    if (result === undefined || result.kind === 'error' || result.kind === 'nonsense') return 'no answer';
    return wordOf(result);
  }

  #carryOut(operation: Operation): Result | undefined {
    const buddy = this.#buddy;
    switch (operation.kind) {
      case 'allocate': {
        const { order } = operation;
        return this.#keep(buddy.allocate(order, operation.within), (head) => ({ block: { head, order } }));
      }
      case 'allocate-frames': {
        const { align, frames } = operation;
        return this.#keep(buddy.allocateFrames?.(frames, align), (first) => ({ run: [first, frames] }));
      }
      case 'free-slot': {
        const [held] = this.#taken([operation.slot]);
        if (held === undefined) return DONE;
        return 'run' in held ? buddy.freeFrames?.(...held.run) : buddy.free(held.block.head, held.block.order);
      }
      case 'free-slots':
        return buddy.freeAll?.(this.#taken(operation.slots).flatMap((one) => ('block' in one ? [one.block] : [])));
      case 'resize':
        return buddy.resize?.(operation.pages);
      case 'free-frame':
        return buddy.free(operation.head, operation.order);
    }
  }

  /** Returns what slots hold, which is nothing afterwards. */
  #taken(slots: readonly number[]): readonly Held[] {
    const held = slots.flatMap((slot) => this.#slots[slot] ?? []);
    for (const slot of slots) this.#slots[slot] = undefined;
    return held;
  }

  #keep(result: Result | undefined, held: (head: Block['head']) => Held): Result | undefined {
    this.#slots.push(result?.kind === 'granted' ? held(result.head) : undefined);
    return result;
  }
}
