/** Tests of the demonstrations of a machine and of buddyinfo. */

import { expect, test } from 'vitest';
import { demoMachine } from '../../../conformance/demo/machine.ts';

/** The free pages of each zone in each picture, with a mark where it asks to be balanced. */
const pictures = (story: string): readonly string[] => {
  const rows = story.split('\n').filter((line) => line.startsWith('    node'));
  const free = rows.map((row) => /(\d+) free( !)?$/u.exec(row)?.slice(1).join('') ?? 'no number');
  return free.flatMap((_, n) => (n % 4 === 0 ? [free.slice(n, n + 4).join(' ')] : []));
};

test('PASS-1, PASS-2, PASS-6, RECLAIM-3, RECLAIM-4, WATER-3, NODE-3 · the story of a machine goes as the marks say', () => {
  const [boot, highMem, normal, low, kswapd, direct, stalled, ...rest] = pictures(demoMachine());
  // seven pages of DMA are in use: page 0, two of the kernel, and four for 13 bytes of each page's state
  expect(boot).toBe('137 368 288 256');
  // the marks of HighMem, Normal and DMA are 20, 40 and 60: each zone keeps those of all zones up to it
  expect(highMem).toBe('137 367 41 256');
  expect(normal).toBe('136 81 41 256');
  expect(low).toBe('121 81 40 ! 256');
  // 32 pages of the page cache: HighMem has more than 60 then
  expect(kswapd).toBe('121 81 72 256');
  // Normal keeps 21 pages and DMA 41; of the 32 that were reclaimed, one was granted at once
  expect(direct).toBe('41 52 ! 72 256');
  expect(stalled).toBe('41 21 ! 72 256');
  // quarters of 5: HighMem keeps 6, Normal 11, DMA 16
  expect(rest).toEqual(['16 11 ! 6 ! 255']);
});
