/** Tests that the test vectors find each fault of what comes with a feature, and nothing in allocators that have it rightly. */
import * as bulk from '../../unit/kinds/optional/bulk.ts';
import * as resize from '../../unit/kinds/optional/resize.ts';
import * as sized from '../../unit/kinds/optional/sized.ts';
import { BuddyObject } from '../../../conformance/subjects/buddy-object.ts';
import { allVectors, wordsWrong, wrongIn } from '../vectored.ts';
import { expect, test } from 'vitest';
import { pfn } from '../../../conformance/unit.ts';
import { Slotted } from '../slotted.ts';
import type { AllocatorObject, ArenaRequest } from '../../../conformance/subjects/buddy-object.ts';
import type { ArenaVector } from '../buddy/vectored.ts';
import type { Run } from '../../../protocol/index.ts';

const vectors = allVectors().filter((vector): vector is ArenaVector => vector.kind === 'buddy');

type Make = (arena: ArenaRequest) => AllocatorObject;

/** Returns what is wrong with a vector's answers. */
function judged(make: Make, vector: ArenaVector): string | undefined {
  const { base, orders, pages, reserved } = vector.arena;
  const buddy = new BuddyObject({ open: make });
  buddy.open({ base: pfn(base), pages, orders, reserved: reserved.map(([first, count]): Run => [pfn(first), count]) });
  const slotted = new Slotted(buddy);
  return wordsWrong(vector, (word) => slotted.answer(word));
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
] as const)('%s: one that is right goes wrong in none', (feature, Right) => {
  expect(found(feature, (arena) => new Right(arena), 10)).toEqual([]);
});

const FAULTS = [
  ...resize.FAULTS.map(([name, , Fault]) => ['resize', name, Fault] as const),
  ...sized.FAULTS.map(([name, , Fault]) => ['sized', name, Fault] as const),
  ...bulk.FAULTS.map(([name, , , Fault]) => ['bulk', name, Fault] as const),
];

test.each(FAULTS)('%s · %s', (feature, _name, Fault) => {
  const [id] = found(feature, (arena) => new Fault(arena), 1);
  expect(id).toContain(`/${feature}/`);
});
