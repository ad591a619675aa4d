import { expect, test } from 'vitest';
import { judge, report, startProcess } from 'buddy-oracle';
import { fileURLToPath } from 'node:url';

const command = [process.execPath, fileURLToPath(new URL('./first-fit.js', import.meta.url))];

test('my allocator behind a pipe conforms', { timeout: 60_000 }, async () => {
  const judgement = await judge(() => startProcess(command), { seed: 1, cases: 50 });
  expect(judgement.verdict, report(judgement, ['--', ...command])).toBe('conforms');
  expect(judgement.missing).toEqual([]);
});
