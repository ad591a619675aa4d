import { test } from 'vitest';
import { expectConforms, objectSubject } from 'buddy-oracle';
import { Allocator } from './allocator.ts';

test('my allocator conforms', async () => {
  const start = objectSubject({ claims: ['complete', 'best-fit'], open: (arena) => new Allocator(arena) });
  await expectConforms(start, { seed: 1, cases: 100 });
});
