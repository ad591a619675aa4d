/** Tests of tables of memory: read from what kernels printed at their start, and what follows from them to the page. */
import { describe, expect, test } from 'vitest';
import { readJson, readLog } from '../../../conformance/firmware/read.ts';
import { sizeOf } from '../../../conformance/firmware/size.ts';
import { records, report } from '../../../conformance/firmware/tell.ts';
import { start } from '../../../conformance/firmware/start.ts';
import type { Started } from '../../../conformance/firmware/start.ts';
import type { Table } from '../../../conformance/firmware/table.ts';

const tableIn = (log: string): Table => readLog(log.split('\n')) ?? expect.fail('no table');

function started(table: Table): Started {
  const machine = start(table);
  return machine.kind === 'started' ? machine : expect.fail(machine.why);
}

const sizesOf = ({ zones }: Started): readonly (readonly [string, number])[] =>
  zones.map(({ name, pages }) => [name, pages]);

/** What machines printed: one of 1 GiB limited by `mem=`, one of 32 MiB, and one of 496 MiB. */
const GIB = `
BIOS-provided physical RAM map:
 BIOS-e820: 0000000000000000 - 000000000009fc00 (usable)
 BIOS-e820: 000000000009fc00 - 00000000000a0000 (reserved)
 BIOS-e820: 00000000000f0000 - 0000000000100000 (reserved)
 BIOS-e820: 0000000000100000 - 000000003fffc000 (usable)
 BIOS-e820: 000000003fffc000 - 000000003ffff000 (ACPI data)
 BIOS-e820: 000000003ffff000 - 0000000040000000 (ACPI NVS)
found SMP MP-table at 000f54d0
hm, page 000f5000 reserved twice.
hm, page 000f6000 reserved twice.
hm, page 000f5000 reserved twice.
hm, page 000f6000 reserved twice.
On node 0 totalpages: 262140
zone(0): 4096 pages.
zone(1): 225280 pages.
zone(2): 32764 pages.
Kernel command line: auto BOOT_IMAGE=linux ro root=301 mem=1024M`;

const SMALL = `
BIOS-e801: 0000000000000000 - 000000000009f000 (usable)
BIOS-e801: 0000000000100000 - 0000000002000000 (usable)
On node 0 totalpages: 8192
zone(0): 4096 pages.
zone(1): 4096 pages.
zone(2): 0 pages.
Memory: 30064k/32768k available (899k kernel code, 2316k reserved, 211k data, 88k init, 0k highmem)`;

const MIDDLE = `
Jan  1 00:00:01 box kernel: BIOS-e820: 0000000000000000 - 000000000009fc00 (usable)\r
Jan  1 00:00:01 box kernel: BIOS-e820: 0000000000100000 - 000000001eff0000 (usable)\r
Jan  1 00:00:01 box kernel: On node 0 totalpages: 126960\r
Jan  1 00:00:01 box kernel: zone(0): 4096 pages.\r
Jan  1 00:00:01 box kernel: zone(1): 122864 pages.\r
Jan  1 00:00:01 box kernel: zone(2): 0 pages.\r`;

describe.each([
  ['1 GiB', GIB, 262_140, [4096, 225_280, 32_764]],
  ['32 MiB', SMALL, 8192, [4096, 4096]],
  ['496 MiB', MIDDLE, 126_960, [4096, 122_864]],
] as const)('a machine of %s', (_, log, total, sizes) => {
  test('SIZE-1, SIZE-2, SIZE-3 · its zones are what its kernel printed, to the page', () => {
    const machine = started(tableIn(log));
    expect(machine.spanned).toBe(total);
    expect(machine.zones.map(({ pages }) => pages)).toEqual(sizes);
    expect(machine.compared.length).toBeGreaterThan(1);
    expect(machine.compared.every(({ agrees }) => agrees)).toBe(true);
    expect(machine.free).toBe(machine.zones.reduce((sum, { free }) => sum + free, 0));
  });

  test('a kernel that printed other sizes is told so', () => {
    const other = log.replace(`totalpages: ${total}`, `totalpages: ${total + 1}`).replace('zone(1): ', 'zone(1): 1');
    const { compared } = started(tableIn(other));
    expect(compared.map(({ agrees }) => agrees).slice(0, 2)).toEqual([false, false]);
  });
});

test('WATER-1, SIZE-5 · the marks of DMA count its hole', () => {
  expect(started(tableIn(SMALL)).zones[0]?.marks).toEqual({ min: 32, low: 64, high: 96 });
});

test('BOOT-5 · the table of processors lies where nothing is usable: its two pages are reserved twice', () => {
  const machine = started(tableIn(GIB));
  expect(machine.twice).toEqual([{ name: 'MP table', pages: [0xf5, 0xf6] }]);
  expect(report(tableIn(GIB), machine)).toContain('reserved already, by page frame: MP table: f5 f6 (BOOT-5)');
});

test('what the kernel kept beside what its text tells is told as a difference', () => {
  const table = tableIn(SMALL);
  expect([table.isImageKnown, table.image.end - table.image.from]).toEqual([true, 1024 * (899 + 211 + 88)]);
  const text = report(table, started(table));
  // 30064 kB are 7516 pages, and 159 + 7936 pages are usable
  expect(text).toContain('free pages: 7,516, here ');
  expect(text).toContain('the kernel keeps 579 of 8,095 usable ones');
});

test('SIZE-6 · ranges that overlap, touch, are empty, end within a page and are not sorted', () => {
  const table = tableIn(`
BIOS-e820: 0000000000400000 - 0000000000800000 (usable)
BIOS-e820: 0000000000500800 - 0000000000501000 (reserved)
BIOS-e820: 0000000000300000 - 0000000000500000 (usable)
BIOS-e820: 0000000000600000 - 0000000000600000 (reserved)
BIOS-e820: 0000000000000000 - 0000000000300000 (usable)
BIOS-e820: 0000000000800000 - 0000000000800fff (usable)
BIOS-e820: 0000000000900000 - 0000000000800000 (usable)`);
  const machine = started(table);
  expect([sizesOf(machine), machine.usable]).toEqual([[['DMA', 2048]], 2047]);
});

test.each([
  ['BIOS-e820: [mem 0x0000000000000000-0x00000000001fffff] usable', 512],
  ['[    0.000000] BIOS-e820: [mem 0x0000000000000000-0x00000000001fffff] usable', 512],
  [' BIOS-88: 0000000000000000 - 0000000000200000 (usable)', 512],
  ['BIOS-e820: 0000000000000000 - 0000000001000000 (usable)\n user: 0000000000000000 - 0000000000200000 (usable)', 512],
  ['BIOS-e820: 0000000000000000 - 0000000001000000 (usable)\nKernel command line: ro mem=2M', 512],
  ['BIOS-e820: 0000000000000000 - 0000000001000000 (usable)\nKernel command line: ro mem=nopentium mem=2048k', 512],
])('%s has %d pages', (log, pages) => {
  const { entries, limit } = tableIn(log);
  const all = { ...tableIn(log), image: { from: 0x10_000, end: 0x20_000 } };
  expect(entries.length).toBe(1);
  expect(limit).toBeGreaterThan(0);
  expect(started(all).spanned).toBe(pages);
});

test('an initrd and a crash kernel that the text names are kept', () => {
  const { kept } = tableIn(`
BIOS-e820: 0000000000000000 - 0000000010000000 (usable)
Kernel command line: ro crashkernel=64M@16M
RAMDISK: 0f000000 - 0f100000`);
  expect(kept).toEqual([
    { name: 'crash kernel', from: 0x100_0000, end: 0x500_0000 },
    { name: 'initrd', from: 0xf00_0000, end: 0xf10_0000 },
  ]);
});

test('JSON is read as it is described, and what is none is refused with a place', () => {
  const table = readJson('{"usable":[[0,8388608]],"reserved":[[4096,8192]],"image":[65536,131072],"mem":4194304}');
  if (typeof table === 'string') expect.fail(table);
  expect(sizesOf(started(table))).toEqual([['DMA', 1024]]);
  expect(readJson('{"usable":[]}')).toMatch(/^usable: /u);
  expect(readJson('{"usable":[[2,1]]}')).toBe('[2, 1]: a range ends before it begins');
  expect(readJson('{"usable":[[0,1]],"more":1}')).toMatch(/Unrecognized key/u);
  expect(readJson('{')).toMatch(/^it is not JSON/u);
});

test('a machine that cannot start says why', () => {
  const of = (log: string): unknown => start(tableIn(log));
  expect(of('BIOS-e820: 0000000000000000 - 0000001000000000 (usable)')).toEqual({
    kind: 'not started',
    why: 'memory ends above 16 GiB: a limit (--mem) makes it end lower',
  });
  expect(of('BIOS-e820: 0000000000000000 - 0000000000002000 (usable)')).toMatchObject({ kind: 'not started' });
  expect(of('BIOS-e820: 0000000000000000 - 0000000000002000 (reserved)')).toMatchObject({ kind: 'not started' });
});

test('sizes as command lines have them', () => {
  expect(['4096', '640k', '64M', '1G', '0x100000', '64MB'].map(sizeOf)).toEqual([
    4096, 655_360, 67_108_864, 1_073_741_824, 1_048_576, 67_108_864,
  ]);
  expect(['', 'M', '1T', '-1', '99999999999999999999', '1.5M'].map(sizeOf)).toEqual(new Array(6).fill(undefined));
});

test('the records hold what the text does', () => {
  const table = tableIn(GIB);
  const all = records(table, started(table)) as readonly Record<string, unknown>[];
  expect(all.map(({ record }) => record)).toEqual(['table', 'kept', 'zone', 'zone', 'zone', 'summary']);
  expect(all.at(-1)).toMatchObject({ verdict: 'agrees', spanned: 262_140, usable: 262_043 });
});
