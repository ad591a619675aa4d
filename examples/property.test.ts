import fc from 'fast-check';
import { test } from 'vitest';
import { expectConforms, objectSubject } from 'buddy-oracle';
import { Allocator } from './allocator.ts';

const operation = fc.oneof(
  fc.nat(3).map((order) => `a${order}`),
  fc.nat(9).map((slot) => `f${slot}`),
);
const cases = fc.record({
  init: fc.record({ base: fc.nat(20), pages: fc.integer({ min: 1, max: 32 }), orders: fc.integer({ min: 1, max: 5 }) }),
  run: fc.array(operation, { maxLength: 60 }).map((words) => words.join(' ')),
});

test('my allocator conforms in every case that fast-check draws', async () => {
  const start = objectSubject({ claims: ['complete', 'best-fit'], open: (arena) => new Allocator(arena) });
  await fc.assert(fc.asyncProperty(cases, (one) => expectConforms(start, { replay: one })));
});
