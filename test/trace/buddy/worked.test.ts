/** Tests that both allocators do what the worked traces say, and that a wrong one is seen. */

import { expect, test } from 'vitest';
import { WORKED } from './worked-traces.ts';
import { createAllocator } from '../../../src/index.ts';
import { playTraces } from './worked.ts';
import type { Create, Playable } from '../played.ts';
import type { Kernel } from '../../../protocol/index.ts';

test('PLACE-1, PLACE-2, PLACE-3, PLACE-4, PLACE-5, PAIR-4, MAP-2 · the worked traces, to the page, the list and the bit', () => {
  expect(playTraces(createAllocator)).toBeUndefined();
});

test('the worked traces are of both kernels', () => {
  expect(WORKED.map(({ kernel }) => kernel).filter((kernel) => kernel === '2.4')).toHaveLength(8);
  expect(WORKED).toHaveLength(11);
  expect(new Set(WORKED.map(({ name }) => name)).size).toBe(11);
});

/** Makes allocators that differ from the right ones. */
const but = (wrong: (right: Playable) => Partial<Playable>, kernels: readonly Kernel[] = ['2.4', '2.6']): Create => {
  return (shape, region) => {
    const created = createAllocator(shape, region);
    if (created.kind === 'rejected' || !kernels.includes(shape.kernel)) return created;
    const { allocator } = created;
    const right: Playable = {
      allocate: (order) => allocator.allocate(order),
      free: (head, order) => allocator.free(head, order),
      handOver: (frame) => allocator.handOver(frame),
      observe: () => allocator.observe(),
    };
    return { kind: 'created', allocator: { ...right, ...wrong(right) } };
  };
};

const observing = (
  change: (seen: ReturnType<Playable['observe']>) => Partial<ReturnType<Playable['observe']>>,
): Create =>
  but((right) => ({
    observe: () => {
      const seen = right.observe();
      return { ...seen, freeCount: seen.freeCount, ...change(seen) };
    },
  }));

test.each([
  ['an answer', but(() => ({ allocate: () => ({ kind: 'exhausted' }) })), 'a 0 is answered -'],
  ['a free that does nothing', but(() => ({ free: () => ({ kind: 'done' }) })), '11 free frames'],
  ['a count', observing(({ freeCount }) => ({ freeCount: freeCount + 1 })), '17 free frames'],
  ['a bit', observing(({ maps }) => ({ maps: maps.map(() => [1]) })), '[] 10000000 | [] 1000 | [] 10 | [] 1 | [0]'],
  ['a list', observing(({ links }) => ({ links: Array.from(links, () => 0) })), '[0 0 0'],
  ['2.6 alone', but(() => ({ allocate: () => ({ kind: 'done' }) }), ['2.6']), 'a 0 is answered .'],
] as const)('a deviation is found: %s', (_, create, observed) => {
  expect(playTraces(create)?.observed).toContain(observed);
});

test('what an allocator throws is a deviation, and so is a zone that it does not make', () => {
  const throwing = but(() => ({
    free: () => {
      throw new Error('no free');
    },
  }));
  expect(playTraces(throwing)).toEqual({
    trace: '2.4: 16 pages, split and joined',
    step: -1,
    observed: 'Error: no free',
    expected: 'an answer to everything',
  });
  expect(playTraces(() => ({ kind: 'rejected', why: 'not today' }))?.observed).toBe('not today');
});
