/** Tests of the tokens of boot memory's commands. */

import {
  bootToken,
  encodeBootInit,
  encodeBootRun,
  parseBootResult,
  parseBootToken,
} from '../../../conformance/kinds/boot/wire.ts';
import { parseBootCase, saveBoot } from '../../../conformance/kinds/boot/saved.ts';
import { byteAddress, pfn } from '../../../src/index.ts';
import { describe, expect, test } from 'vitest';
import { generateBoot } from '../../../conformance/kinds/boot/generate.ts';
import { areNodes } from '../../../spec/index.ts';
import type { BootCommand } from '../../../protocol/index.ts';

const COMMANDS: readonly (readonly [string, BootCommand])[] = [
  ['br0:4096:1', { kind: 'reserve', node: 0, address: byteAddress(4096), size: 1 }],
  ['bf2:0:8192', { kind: 'free', node: 2, address: byteAddress(0), size: 8192 }],
  ['ba*:100:32:0', { kind: 'allocate', node: 'any', size: 100, align: 32, goal: byteAddress(0) }],
  ['ba1:100:4096:16777216', { kind: 'allocate', node: 1, size: 100, align: 4096, goal: byteAddress(2 ** 24) }],
  ['bt1', { kind: 'retire', node: 1 }],
];

describe.each(COMMANDS)('%s', (token, command) => {
  test('is written, and read again', () => {
    expect(bootToken(command)).toBe(token);
    expect(parseBootToken(token)).toEqual(command);
    expect(encodeBootRun(7, command)).toBe(`{"id":7,"run":"${token}"}`);
  });
});

test.each([
  '',
  'b',
  'ba',
  'bt',
  'bt*',
  'br*:0:1',
  'br0:1',
  'br0:0:1:2',
  'bt0:1',
  'ba0:1:2',
  'bx0:1:2',
  'ba0:-1:2:3',
  'a0',
  ' bt0',
])('"%s" is no command of boot memory', (token) => {
  expect(parseBootToken(token)).toBeUndefined();
});

const RETIRE: BootCommand = { kind: 'retire', node: 0 };
const TAKE: BootCommand = { kind: 'allocate', node: 'any', size: 1, align: 1, goal: byteAddress(0) };

test.each<[string, BootCommand, unknown, readonly number[]]>([
  ['.', RETIRE, { kind: 'done' }, []],
  ['-', TAKE, { kind: 'exhausted' }, []],
  ['8192', TAKE, { kind: 'granted', address: 8192 }, []],
  ['w3,4', TAKE, { kind: 'warned', pages: [3, 4] }, []],
  ['!free-page', TAKE, { kind: 'rejected', misuse: 'free-page', clause: 'BOOT-4' }, []],
  ['h5+2,9+1', RETIRE, { kind: 'retired', free: 2, map: 1 }, [5, 6, 9]],
  ['h', RETIRE, { kind: 'retired', free: -1, map: 1 }, []],
])('the result %s says what it says', (token, command, outcome, frames) => {
  expect(parseBootResult(command, token, () => 1)).toEqual({ kind: 'answer', outcome, frames });
});

test.each([
  ['', RETIRE],
  ['x', RETIRE],
  ['w', RETIRE],
  ['w3,', RETIRE],
  ['!nothing', RETIRE],
  ['1.5', TAKE],
  ['-1', TAKE],
  ['h5+2', TAKE],
  ['h5', RETIRE],
  ['h0+99999999', RETIRE],
  ['h0+1000000,0+1000000', RETIRE],
] as const)('USE-3 · "%s" is no result', (token, command) => {
  expect(parseBootResult(command, token, () => 1)).toEqual({ kind: 'nonsense', token });
});

test('nodes are written as the protocol shows them', () => {
  const nodes = [
    { start: pfn(0), end: pfn(64), map: pfn(4) },
    { start: pfn(70), end: pfn(101), map: pfn(70) },
  ];
  expect(encodeBootInit(1, nodes)).toBe('{"id":1,"init":{"boot":[[0,64,4],[70,101,70]]}}');
  const large = nodes.map((node) => ({ ...node, pageSize: 8192 }));
  expect(encodeBootInit(1, large)).toBe('{"id":1,"init":{"boot":[[0,64,4],[70,101,70]],"pageSize":8192}}');
});

test('BOOT-15 · generated cases are of nodes that can be, the same for the same seed, and are saved and read again', () => {
  for (let n = 0; n < 200; n++) {
    const of = generateBoot(1, n, 20);
    expect(areNodes(of.nodes)).toBe(true);
    expect(generateBoot(1, n, 20)).toEqual(of);
    expect(parseBootCase(JSON.parse(JSON.stringify(saveBoot(of))))).toEqual(of);
  }
  expect(generateBoot(2, 0, 20)).not.toEqual(generateBoot(1, 0, 20));
});

test('BOOT-15 · pages of another size: half of the cases, saved and read again; the others are as without them', () => {
  const sizes = new Map<number | undefined, number>();
  for (let n = 0; n < 200; n++) {
    const of = generateBoot(1, n, 20, true);
    const [{ pageSize } = { pageSize: 0 }] = of.nodes;
    sizes.set(pageSize, (sizes.get(pageSize) ?? 0) + 1);
    expect(areNodes(of.nodes)).toBe(true);
    expect(parseBootCase(JSON.parse(JSON.stringify(saveBoot(of))))).toEqual(of);
    if (pageSize === undefined) expect(of).toEqual(generateBoot(1, n, 20));
  }
  expect([...sizes.keys()].toSorted()).toEqual([1024, 16384, 8192, undefined]);
  expect(Math.min(...sizes.values())).toBeGreaterThan(15);
});

test('a page of a size that there is not is no case', () => {
  for (const pageSize of [0, 512, 5000, 2 ** 21, '8192', null]) {
    expect(parseBootCase({ init: { boot: [[0, 8, 0]], pageSize }, run: '' })).toMatchObject({ kind: 'bad-case' });
  }
});

test.each([
  null,
  3,
  {},
  { init: {}, run: '' },
  { init: { boot: [] }, run: '' },
  { init: { boot: [[0, 8]] }, run: '' },
  { init: { boot: [3] }, run: '' },
  { init: { boot: [[0, 8, 0]] } },
  { init: { boot: [[0, 8, 0]] }, run: 'a0' },
])('no case of boot memory: %j', (value) => {
  const read = parseBootCase(value);
  expect(read === undefined || 'why' in read).toBe(true);
});
