/** Tests that a crash does not hide the refutation before it, and is shrunk as far as a refutation is. */
import { expect, test } from 'vitest';
import { check, fixture } from '../command.ts';

const SEEDS = Array.from({ length: 24 }, (_, n) => n + 1);

test.concurrent.each(SEEDS)(
  'TAKE-1 · a grant far outside is refuted, though the process dies soon after: seed %i',
  async (seed) => {
    const [status, summary] = await check([
      '--seed',
      String(seed),
      ...fixture('ends/dies-late', 'grants', String(seed % 3)),
    ]);
    expect([status, summary.verdict, summary.clause]).toEqual([1, 'diverges', 'TAKE-1']);
    expect(summary.case?.run.split(' ').length).toBeLessThanOrEqual(3);
  },
);

test.concurrent.each(SEEDS.slice(0, 3))('USE-2 · a plain crash is shrunk to few operations: seed %i', async (seed) => {
  const [status, summary] = await check(['--seed', String(seed), ...fixture('ends/dies-late', 'dies', '3')]);
  expect([status, summary.verdict]).toEqual([1, 'crash']);
  expect(summary.because).toEqual(['killed by SIGABRT']);
  expect(summary.case?.run.split(' ').length).toBeLessThanOrEqual(4);
});

test.concurrent.each(SEEDS.slice(0, 3))(
  'TAKE-1 · what dies in one batch, and hangs when it is asked singly, is refuted where an answer is wrong: seed %i',
  async (seed) => {
    const [status, summary] = await check(['--seed', String(seed), ...fixture('ends/torn')]);
    expect([status, summary.verdict, summary.clause]).toEqual([1, 'diverges', 'TAKE-1']);
    expect(summary.case?.run.split(' ').length).toBeLessThanOrEqual(2);
  },
);
