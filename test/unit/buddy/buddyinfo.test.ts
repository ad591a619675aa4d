/** Tests of /proc/buddyinfo and /proc/zoneinfo, read and printed. */

import { expect, test } from 'vitest';
import {
  buddyinfo,
  createMachine,
  machineOf,
  parseBuddyinfo,
  pfn,
  printBuddyinfoLine,
  zoneinfo,
} from '../../../src/index.ts';
import type { MachineObservation } from '../../../protocol/index.ts';

/** What a machine that runs Linux 6.1 showed. */
const REAL = `Node 0, zone      DMA      0      0      0      0      0      0      0      0      1      1      3 
Node 0, zone    DMA32      1      1      4      2      5      4      3      3      4      2    752 
Node 0, zone   Normal   5061   1964    763    517    367    296    508    315     75     43    280 
`;

test('a real /proc/buddyinfo is read, and printed again as it was', () => {
  const lines = parseBuddyinfo(REAL);
  if ('kind' in lines) expect.fail(lines.why);
  expect(lines.map(({ node, zone }) => `${node} ${zone}`)).toEqual(['0 DMA', '0 DMA32', '0 Normal']);
  expect(lines[2]?.blocks).toEqual([5061, 1964, 763, 517, 367, 296, 508, 315, 75, 43, 280]);
  expect(lines.map((line) => `${printBuddyinfoLine(line)}\n`).join('')).toBe(REAL);
});

test.each([
  ['nonsense', 1],
  ['\nNode 0, zone DMA 1 2\nNode 0, zone Normal', 3],
  ['Node x, zone DMA 1', 1],
  ['Node 0, zone DMA 1 -2', 1],
  [' Node 0, zone DMA 1', 1],
])('text of another form is rejected with its line: %j', (text, line) => {
  expect(parseBuddyinfo(text)).toMatchObject({ kind: 'malformed', line });
});

test('lines of blanks are ignored, and a node may have a number of several digits', () => {
  expect(parseBuddyinfo(' \nNode 12, zone DMA 1 0\n\t\n')).toEqual([{ node: 12, zone: 'DMA', blocks: [1, 0] }]);
});

test('why a line is rejected is said with its first sixty characters', () => {
  const line = Array.from({ length: 80 }, (_, n) => String.fromCharCode(0x30 + n)).join('');
  const why = (start: string): string => `'${start}' is no 'Node N, zone NAME COUNT...'`;
  expect(parseBuddyinfo(line)).toEqual({ kind: 'malformed', line: 1, why: why(line.slice(0, 60)) });
  expect(parseBuddyinfo('nonsense')).toEqual({ kind: 'malformed', line: 1, why: why('nonsense') });
});

function seen(): MachineObservation {
  const limits = { dma: pfn(4096), normal: pfn(8192) };
  const machine = machineOf(
    [
      { first: 0, end: 8000, holes: [[pfn(7000), 10]] },
      { first: 8192, end: 8192 + 1025 },
    ],
    { limits },
  );
  const created = createMachine(machine, { wakeKswapd: () => undefined, tryToFreePagesZone: () => false });
  if (created.kind === 'rejected') expect.fail(created.why);
  created.memory.handOverAll();
  return created.memory.observe();
}

test('a machine prints its free blocks as /proc/buddyinfo does', () => {
  expect(buddyinfo(seen())).toBe(
    [
      'Node 0, zone      DMA      0      0      0      0      0      0      0      0      0      8 ',
      // up to the hole at 2904 five of 512, then 256, 64, 16, 8; from 2914 on 2, 4, 8, 16, 128, 512, 256, 64
      'Node 0, zone   Normal      0      1      1      2      2      0      2      1      2      6 ',
      'Node 1, zone  HighMem      1      0      0      0      0      0      0      0      0      2 ',
      '',
    ].join('\n'),
  );
});

test('a machine prints its marks as /proc/zoneinfo does', () => {
  const [dma, normal] = zoneinfo(seen()).split(/(?=Node )/u);
  expect(dma).toBe(
    [
      'Node 0, zone      DMA',
      '  pages free     4096',
      '        min      32',
      '        low      64',
      '        high     96',
      '        spanned  4096',
      '        present  4096',
      '',
    ].join('\n'),
  );
  expect(normal).toContain('  pages free     3894\n        min      30\n        low      60\n        high     90\n');
  expect(normal).toContain('        spanned  3904\n        present  3894\n');
});
