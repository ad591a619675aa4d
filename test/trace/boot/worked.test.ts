/** Boot memory traces worked out by hand. */

import { bootmemSide, bootSpecificationSide } from './side.ts';
import { byteAddress, pfn } from '../../../spec/unit.ts';
import { describe, expect, test } from 'vitest';
import type { BootCommand, BootNode, BootOutcome } from '../../../protocol/index.ts';
import type { BootSide } from './side.ts';

/** 64 pages from 0 on, with the map at page 4. */
const NODE: BootNode = { start: pfn(0), end: pfn(64), map: pfn(4) };

const reserve = (address: number, size: number): BootCommand => ({
  kind: 'reserve',
  node: 0,
  address: byteAddress(address),
  size,
});
const free = (address: number, size: number): BootCommand => ({
  kind: 'free',
  node: 0,
  address: byteAddress(address),
  size,
});
const take = (size: number, align: number, goal: number): BootCommand => ({
  kind: 'allocate',
  node: 'any',
  size,
  align,
  goal: byteAddress(goal),
});

/** An address, `.` done, `!PAGES` done and these were taken before, `-` refused, or the name of a misuse. */
function answerOf(outcome: BootOutcome): string {
  switch (outcome.kind) {
    case 'granted':
      return String(outcome.address);
    case 'exhausted':
      return '-';
    case 'done':
      return '.';
    case 'warned':
      return `!${outcome.pages.join(' ')}`;
    case 'retired':
      return `${outcome.free} + ${outcome.map}`;
    case 'rejected':
      return outcome.misuse;
  }
}

/** What 2.4.22 did, to the byte; the pages that it had taken afterwards, its last page and the offset in it. */
const TRACE: readonly (readonly [
  command: BootCommand,
  answer: string,
  taken: string,
  last: readonly [number, number],
])[] = [
  [free(0, 262_144), '.', '', [0, 0]],
  [reserve(0, 4096), '.', '0', [0, 0]],
  [reserve(16_384, 4096), '.', '0 4', [0, 0]],
  [take(100, 32, 0), '4096', '0 1 4', [1, 100]],
  [take(100, 32, 0), '4224', '0 1 4', [1, 228]],
  [take(3900, 32, 0), '4352', '0 1 2 4', [2, 60]],
  [take(10, 32, 0), '8256', '0 1 2 4', [2, 74]],
  [take(4096, 4096, 0), '12288', '0 1 2 3 4', [3, 0]],
  [take(8000, 32, 0), '20480', '0 1 2 3 4 5 6', [6, 3904]],
  [take(20_000, 4096, 0), '28672', '0 1 2 3 4 5 6 7 8 9 10 11', [11, 3616]],
  [take(8192, 8192, 0), '49152', '0 1 2 3 4 5 6 7 8 9 10 11 12 13', [13, 0]],
  [take(100, 32, 131_072), '131072', '0 1 2 3 4 5 6 7 8 9 10 11 12 13 32', [32, 100]],
  [take(100, 32, 0), '57344', '0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 32', [14, 100]],
  [reserve(262_144, 1), 'out-of-range', '0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 32', [14, 100]],
  [reserve(0, 4096), '!0', '0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 32', [14, 100]],
  [free(12_289, 4094), '.', '0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 32', [14, 100]],
  [free(12_287, 4098), '.', '0 1 2 4 5 6 7 8 9 10 11 12 13 14 32', [14, 100]],
  [free(12_288, 4096), 'free-page', '0 1 2 4 5 6 7 8 9 10 11 12 13 14 32', [14, 100]],
];

const takenOf = (bits: string): string =>
  Array.from(bits, (bit, page) => (bit === '1' ? [page] : []))
    .flat()
    .join(' ');

const both: [string, (node: BootNode) => BootSide][] = [
  ['the allocator', bootmemSide],
  ['the specification', bootSpecificationSide],
];

describe.each(both)('%s', (_, sideOf) => {
  test('BOOT-1 · before anything is freed, every page is taken', () => {
    expect(sideOf(NODE).state()).toEqual({ bits: '1'.repeat(64), lastPos: 0, lastOffset: 0 });
  });

  test('BOOT-2, BOOT-3, BOOT-4, BOOT-5, BOOT-6, FIT-1, FIT-2 · the worked trace, to the byte', () => {
    const side = sideOf(NODE);
    for (const [command, answer, taken, [lastPos, lastOffset]] of TRACE) {
      const place = JSON.stringify(command);
      expect(answerOf(side.answer(command)), place).toBe(answer);
      const state = side.state();
      expect([takenOf(state.bits), state.lastPos, state.lastOffset], place).toEqual([taken, lastPos, lastOffset]);
    }
  });

  test('RETIRE-1, RETIRE-2 · the worked trace is retired into a zone of 5 orders', () => {
    const side = sideOf(NODE);
    for (const [command] of TRACE) side.answer(command);
    const { lists, outcome } = side.retire(5);
    expect(answerOf(outcome)).toBe('49 + 1');
    expect(lists).toEqual([[4, 33, 15, 3], [34], [36], [40], [48, 16]]);
  });
});
