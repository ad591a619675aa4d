import { expect, test } from 'vitest';
import { judge, objectSubject, report } from 'buddy-oracle';
import { BootMemory } from './boot-memory.ts';

test('my boot memory conforms', { timeout: 60_000 }, async () => {
  const mine = objectSubject({ kind: 'boot', claims: ['complete'], open: (nodes) => new BootMemory(nodes) });
  const judgement = await judge(() => Promise.resolve(mine), { seed: 1, cases: 100 });
  expect(judgement.verdict, report(judgement, [])).toBe('conforms');
  expect(judgement.missing).toEqual([]);
});
