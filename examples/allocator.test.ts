import { expect, test } from 'vitest';
import { judge, objectSubject, report } from 'buddy-oracle';
import { Allocator } from './allocator.ts';

test('my allocator conforms', async () => {
  const mine = objectSubject({ claims: ['complete', 'best-fit'], open: (arena) => new Allocator(arena) });
  const judgement = await judge(() => Promise.resolve(mine), { seed: 1, cases: 100 });
  expect(judgement.verdict, report(judgement, [])).toBe('conforms');
  expect(judgement.missing).toEqual([]);
});
