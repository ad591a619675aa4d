/** Tests of buddies, parents and alignment. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buddyOf, endOf, indexOf, isAligned, isLower, originOf, parentOf, sizeOf } from '../../../spec/arithmetic.ts';
import { campaign } from '../../arbitrary/campaign.ts';
import { order, pfn } from '../../../spec/unit.ts';
import { smallArenas } from '../../arbitrary/walk.ts';
import type { Arena, Block, Pfn } from '../../../protocol/index.ts';

/** An arena and a block of it or around it, aligned from its origin. */
const blocks = fc.tuple(smallArenas, fc.nat({ max: 200 }), fc.nat({ max: 9 })).map(([arena, index, of]) => {
  const origin = originOf(arena);
  return { arena, origin, block: { head: pfn(origin + index * 2 ** of), order: order(of) } };
});

const frames = (block: Block): readonly number[] =>
  Array.from({ length: sizeOf(block.order) }, (_, n) => block.head + n);

const always = (law: (block: Block, origin: Pfn, arena: Arena) => void): void => {
  fc.assert(
    fc.property(blocks, ({ arena, origin, block }) => {
      law(block, origin, arena);
    }),
    campaign(500),
  );
};

test('BLOCK-2 · the buddy of a buddy is the block itself, and one of the two is the lower', () => {
  always((block, origin) => {
    const buddy = buddyOf(origin, block);
    expect(buddyOf(origin, buddy)).toEqual(block);
    expect(buddy).not.toEqual(block);
    expect(isLower(origin, block)).toBe(!isLower(origin, buddy));
    expect(isLower(origin, block)).toBe(block.head < buddy.head);
  });
});

test('BLOCK-2 · two buddies have one parent, and it has their frames', () => {
  always((block, origin) => {
    const buddy = buddyOf(origin, block);
    const parent = parentOf(origin, block);
    expect(parentOf(origin, buddy)).toEqual(parent);
    expect(parent.order).toBe(block.order + 1);
    expect(frames(parent)).toEqual([...frames(block), ...frames(buddy)].sort((a, b) => a - b));
    expect(isAligned(origin, parent)).toBe(true);
  });
});

test('BLOCK-1 · a block is 2^order frames, the first of them a multiple of its size from the origin', () => {
  always((block, origin) => {
    expect(endOf(block) - block.head).toBe(2 ** block.order);
    expect(isAligned(origin, block)).toBe(true);
    expect(indexOf(origin, block.head, block.order) * 2 ** block.order).toBe(block.head - origin);
    const within = frames(block).filter((head) => isAligned(origin, { ...block, head: pfn(head) }));
    expect(within).toEqual([block.head]);
  });
});

test('BLOCK-1 · the origin is the base or, where alignment is absolute, the last multiple of a largest block before it', () => {
  always((_, origin, { alignment, base, orders }) => {
    if (alignment === 'base') return expect(origin).toBe(base);
    expect(origin % 2 ** (orders - 1)).toBe(0);
    expect(base - origin).toBeGreaterThanOrEqual(0);
    expect(base - origin).toBeLessThan(2 ** (orders - 1));
  });
});

test('BLOCK-1 · blocks before the origin have indexes below 0', () => {
  const indexes = [8, 7, 6, 4, 3].map((frame) => indexOf(pfn(8), pfn(frame), order(1)));
  expect(indexes).toEqual([0, -1, -1, -2, -3]);
});
