/** Tests that the test vectors find each fault of what comes with a feature, and nothing in allocators that have it rightly. */
import * as bulk from '../../unit/kinds/optional/bulk.ts';
import * as resize from '../../unit/kinds/optional/resize.ts';
import * as sized from '../../unit/kinds/optional/sized.ts';
import { BuddyObject } from '../../../conformance/subjects/buddy-object.ts';
import { allVectors, wordsWrong, wrongIn } from '../vectored.ts';
import { expect, test } from 'vitest';
import { parseScript } from '../../../conformance/kinds/buddy/wire/tokens.ts';
import { patience } from '../../arbitrary/campaign.ts';
import { pfn } from '../../../conformance/unit.ts';
import { wordOf } from '../../../conformance/vectors/word.ts';
import type { AllocatorObject, ArenaRequest } from '../../../conformance/subjects/buddy-object.ts';
import type { ArenaVector } from '../buddy/vectored.ts';
import type { Block, Run } from '../../../protocol/index.ts';
import type { Operation, Result } from '../../../conformance/kinds/buddy/case.ts';

const vectors = allVectors().filter((vector): vector is ArenaVector => vector.kind === 'buddy');

/** What a slot holds: a block, or frames. */
type Held = { readonly block: Block } | { readonly run: Run };

const DONE: Result = { kind: 'done' };

/** An allocator whose grants are remembered by slot. */
class Slotted {
  readonly #buddy: BuddyObject;
  readonly #slots: (Held | undefined)[] = [];

  constructor(buddy: BuddyObject) {
    this.#buddy = buddy;
  }

  carryOut(operation: Operation): Result {
    switch (operation.kind) {
      case 'allocate': {
        const { order } = operation;
        return this.#keep(this.#buddy.allocate(order, operation.within), (head) => ({ block: { head, order } }));
      }
      case 'allocate-frames': {
        const { align, frames } = operation;
        return this.#keep(this.#buddy.allocateFrames(frames, align), (first) => ({ run: [first, frames] }));
      }
      case 'free-slot': {
        const held = this.#slots[operation.slot];
        this.#slots[operation.slot] = undefined;
        if (held === undefined) return DONE;
        return 'run' in held
          ? this.#buddy.freeFrames(...held.run)
          : this.#buddy.free(held.block.head, held.block.order);
      }
      case 'free-slots': {
        const held = operation.slots.flatMap((slot) => this.#slots[slot] ?? []);
        for (const slot of operation.slots) this.#slots[slot] = undefined;
        return this.#buddy.freeAll(held.flatMap((one) => ('block' in one ? [one.block] : [])));
      }
      case 'resize':
        return this.#buddy.resize(operation.pages);
      case 'free-frame':
        return this.#buddy.free(operation.head, operation.order);
    }
  }

  #keep(result: Result, held: (head: Block['head']) => Held): Result {
    this.#slots.push(result.kind === 'granted' ? held(result.head) : undefined);
    return result;
  }
}

type Make = (arena: ArenaRequest) => AllocatorObject;

/** Returns what is wrong with a vector's answers. */
function judged(make: Make, { arena, ...vector }: ArenaVector): string | undefined {
  const buddy = new BuddyObject({ open: make });
  const reserved = arena.reserved.map(([first, count]): Run => [pfn(first), count]);
  buddy.open({ base: pfn(arena.base), pages: arena.pages, orders: arena.orders, reserved });
  const slotted = new Slotted(buddy);
  return wordsWrong({ ...vector, arena }, (word) => {
    const script = parseScript(word);
    const [operation] = 'kind' in script ? [] : script;
    const result = operation === undefined ? undefined : slotted.carryOut(operation);
    if (result === undefined || result.kind === 'error' || result.kind === 'nonsense') return 'no answer';
    return wordOf(result);
  });
}

/** Returns the ids of the vectors of a feature that an allocator goes wrong in, up to so many. */
function found(feature: string, make: Make, most: number): readonly string[] {
  const own = vectors.filter(({ needs }) => needs.every((need) => need === feature || need === 'complete'));
  expect(own.some(({ needs }) => needs.includes(feature))).toBe(true);
  return wrongIn(own, most, (vector) => judged(make, vector));
}

test.each([
  ['resize', resize.FirstFit],
  ['sized', sized.FirstFit],
  ['sized', sized.InARow],
  ['bulk', bulk.OneByOne],
] as const)('%s: one that is right goes wrong in none', { timeout: patience }, (feature, Right) => {
  expect(found(feature, (arena) => new Right(arena), 10)).toEqual([]);
});

const FAULTS = [
  ...resize.FAULTS.map(([name, , Fault]) => ['resize', name, Fault] as const),
  ...sized.FAULTS.map(([name, , Fault]) => ['sized', name, Fault] as const),
  ...bulk.FAULTS.map(([name, , , Fault]) => ['bulk', name, Fault] as const),
];

test.each(FAULTS)('%s · %s', { timeout: patience }, (feature, _name, Fault) => {
  const [id] = found(feature, (arena) => new Fault(arena), 1);
  expect(id).toContain(`/${feature}/`);
});
