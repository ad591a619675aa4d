import { expect, test } from 'vitest';
import { judge, objectSubject, report } from 'buddy-oracle';
import { Machine } from './machine.ts';

test('my page allocator conforms', { timeout: 60_000 }, async () => {
  const claims = ['complete', 'best-fit'] as const;
  const mine = objectSubject({ kind: 'machine', claims, open: (shape, host) => new Machine(shape, host) });
  const judgement = await judge(() => Promise.resolve(mine), { seed: 1, cases: 40 });
  expect(judgement.verdict, report(judgement, [])).toBe('conforms');
  expect(judgement.missing).toEqual([]);
});
