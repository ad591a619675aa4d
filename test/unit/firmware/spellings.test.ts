/** The spellings in which kernels print a table of memory: all of them say the same. */
import { expect, test } from 'vitest';
import { readLog } from '../../../conformance/firmware/read.ts';

/** 640 kB less 1, and 31 MiB from 1 MiB on; between them something that is no memory. */
const TABLE = [
  [0, 0x9fc00, true],
  [0x9fc00, 0xa0000, false],
  [0x100000, 0x2000000, true],
];

const rangesOf = (text: string): unknown =>
  readLog(text.split('\n'))?.entries.map(({ end, from, usable }) => [from, end, usable]);

/** Kernels to 2.6: the end is not in the range. */
const OLD = [
  '0000000000000000 - 000000000009fc00 (usable)',
  '000000000009fc00 - 00000000000a0000 (reserved)',
  '0000000000100000 - 0000000002000000 (usable)',
];

/** Kernels from 3.5 on: it is. */
const NEW = [
  '[mem 0x0000000000000000-0x000000000009fbff] usable',
  '[mem 0x000000000009fc00-0x000000000009ffff] reserved',
  '[mem 0x0000000000100000-0x0000000001ffffff] usable',
];

test.each(['BIOS-e820', 'BIOS-e801', 'BIOS-88', 'user', 'modified', 'Xen'])('%s, old and new', (source) => {
  for (const spelling of [OLD, NEW]) {
    const lines = spelling.map((line) => ` ${source}: ${line}`);
    expect(rangesOf(['BIOS-provided physical RAM map:', ...lines].join('\n'))).toEqual(TABLE);
    expect(rangesOf(lines.map((line) => `[    0.000000]${line}\r`).join('\n'))).toEqual(TABLE);
    expect(rangesOf(lines.map((line) => `2023-05-04T10:11:12,123456+02:00${line}`).join('\n'))).toEqual(TABLE);
  }
});

test('the first kernels of 2.4: a size, and where it is', () => {
  const lines = ['0009fc00 @ 00000000 (usable)', '00000400 @ 0009fc00 (reserved)', '01f00000 @ 00100000 (usable)'];
  expect(rangesOf(lines.map((line) => ` BIOS-e820: ${line}`).join('\n'))).toEqual(TABLE);
});

const CACHED = '|   |  |  |  |  |  |  |   |WB|WT|WC|UC]';

test.each([
  [
    'numbers',
    [
      'efi: mem00: type=7, attr=0xf, range=[0x0000000000000000-0x000000000009fc00) (0MB)',
      'efi: mem01: type=0, attr=0xf, range=[0x000000000009fc00-0x00000000000a0000) (0MB)',
      'efi: mem02: type=2, attr=0x800000000000000f, range=[0x0000000000100000-0x0000000002000000) (31MB)',
    ],
  ],
  [
    'names',
    [
      `efi: mem00: [Conventional Memory${CACHED} range=[0x0000000000000000-0x000000000009fbff] (0MB)`,
      `efi: mem01: [Runtime Data       ${CACHED} range=[0x000000000009fc00-0x000000000009ffff] (0MB)`,
      `efi: mem02: [Boot Code          ${CACHED} range=[0x0000000000100000-0x0000000001ffffff] (31MB)`,
    ],
  ],
])('EFI, types as %s', (_name, lines) => {
  expect(rangesOf(lines.join('\n'))).toEqual(TABLE);
});

test('EFI: conventional memory that cannot be cached by writing back is not used', () => {
  expect(rangesOf('efi: mem00: type=7, attr=0x1, range=[0x0000000000000000-0x0000000000001000) (0MB)')).toEqual([
    [0, 0x1000, false],
  ]);
});

test('a kernel that prints the tables of EFI and of the BIOS goes by the latter', () => {
  const efi = 'efi: mem00: type=7, attr=0xf, range=[0x0000000000000000-0x0000000000001000) (0MB)';
  const table = readLog([efi, ...NEW.map((line) => `BIOS-e820: ${line}`)]);
  expect(table?.source).toBe('e820');
});

test.each([
  'ACPI data',
  'ACPI NVS',
  'reserved',
  'unusable',
  'persistent (type 12)',
  'soft reserved',
  'type 20',
  'device reserved',
])('%s is not usable', (type) => {
  expect(rangesOf(`BIOS-e820: [mem 0x0000000000000000-0x0000000000000fff] ${type}`)).toEqual([[0, 0x1000, false]]);
});
