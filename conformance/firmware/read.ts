/** Reads a table of memory out of what a kernel printed at its start, or out of JSON. */
import { cleanLine } from '../explain/clean.ts';
import { PAGE_SIZE } from '../../src/index.ts';
import { sizeOf } from './size.ts';
import { z } from 'zod';
import type { Entry, Kept, Source, Table } from './table.ts';

const MIB = 2 ** 20;

/** Where i386 has its kernel, and how large one is thought to be if the text does not say. */
const [IMAGE_AT, IMAGE_SIZE] = [MIB, 2 * MIB];

/** The most ranges of a table: firmware reports at most 128. */
const MOST_ENTRIES = 1024;

/** Reports whether a type of a BIOS is that of memory. */
const isRam = (type: string): boolean => /^(?:usable|RAM|System RAM)$/iu.test(type);

/** What the lines of a text come to; each line adds to it. */
class Reading {
  readonly entries = new Map<Source, Entry[]>();
  readonly kept: Kept[] = [];
  readonly twice: number[] = [];
  readonly zones: number[] = [];
  limit = Infinity;
  totalPages: number | undefined;
  free: number | undefined;
  imageSize: number | undefined;
  used = 0;
  lines = 0;

  add(source: Source, from: number, end: number, type: string, usable: boolean = isRam(type)): void {
    const all = this.entries.get(source) ?? [];
    this.entries.set(source, all);
    if (all.length < MOST_ENTRIES) all.push({ from, end, usable, type });
  }

  keep(name: string, from: number, size: number): void {
    if (this.kept.length < MOST_ENTRIES) this.kept.push({ name, from, end: from + size });
  }
}

const hex = (text: string | undefined): number => Number.parseInt(text ?? '', 16);

const SOURCES: Readonly<Record<string, Source>> = {
  'BIOS-e820': 'e820',
  'BIOS-e801': 'e801',
  'BIOS-88': 'BIOS-88',
  Xen: 'e820',
  user: 'user',
  modified: 'user',
};

const SOURCE = '(BIOS-e820|BIOS-e801|BIOS-88|Xen|user|modified)';

/** EFI's types of memory that are free once the kernel has it: loaders', boot services', conventional. */
const EFI_FREE = /^(?:type=[12347]|\[(?:Loader (?:Code|Data)|Boot (?:Code|Data)|Conventional Memory) *\|)/u;

/** Reports whether EFI says that a range can be cached by writing back: the kernel uses no other. */
const isWriteBack = (attributes: string): boolean => {
  const [, attr] = /attr=0x([0-9a-f]{1,16})/u.exec(attributes) ?? [];
  return attr === undefined ? attributes.includes('|WB|') : Number.parseInt(attr.slice(-1), 16) >= 8;
};

type Rule = readonly [pattern: RegExp, take: (reading: Reading, found: RegExpExecArray) => void];

/** What a line says, one rule for each form. */
const RULES: readonly Rule[] = [
  [
    new RegExp(String.raw`^${SOURCE}: ([0-9a-f]{8,16}) - ([0-9a-f]{8,16}) \(([^()]{1,40})\)`, 'iu'),
    (reading, [, source = '', from, end, type = '']) =>
      reading.add(SOURCES[source] ?? 'e820', hex(from), hex(end), type),
  ],
  [
    new RegExp(String.raw`^${SOURCE}: \[mem 0x([0-9a-f]{1,16})-0x([0-9a-f]{1,16})\] (.{1,40})`, 'iu'),
    (reading, [, source = '', from, last, type = '']) =>
      reading.add(SOURCES[source] ?? 'e820', hex(from), hex(last) + 1, type.trim()),
  ],
  [
    new RegExp(String.raw`^${SOURCE}: ([0-9a-f]{8,16}) @ ([0-9a-f]{8,16}) \(([^()]{1,40})\)`, 'iu'), // a size and where it is
    (reading, [, source = '', size, from, type = '']) =>
      reading.add(SOURCES[source] ?? 'e820', hex(from), hex(from) + hex(size), type),
  ],
  [
    /^efi: mem\d{1,4}: (type=\d{1,2}|\[[^\]]{1,80}\]),? ?(.{0,40})range=\[0x([0-9a-f]{1,16})-0x([0-9a-f]{1,16})([\])])/iu,
    (reading, [, type = '', attributes = '', from, end, bracket]) => {
      const usable = EFI_FREE.test(type) && isWriteBack(type + attributes);
      const name = type.startsWith('[') ? type.slice(1).split('|', 1).join('').trim() : type.replace('=', ' ');
      reading.add('EFI', hex(from), hex(end) + (bracket === ']' ? 1 : 0), usable ? `${name}, usable` : name, usable);
    },
  ],
  [/^(?:Kernel )?command line: (.{0,4000})/iu, (reading, [, words = '']) => readWords(reading, words)],
  [
    /^found SMP MP-table at (?:\[mem 0x)?([0-9a-f]{6,16})/iu,
    (reading, [, at]) => reading.keep('MP table', hex(at), PAGE_SIZE),
  ],
  [
    /^RAMDISK: (?:\[mem 0x)?([0-9a-f]{6,16}) ?- ?(?:0x)?([0-9a-f]{6,16})/iu,
    (reading, [line, from, last]) =>
      reading.keep('initrd', hex(from), hex(last) - hex(from) + (line.includes('[mem') ? 1 : 0)),
  ],
  [
    /^hm, page ([0-9a-f]{5,13}) reserved twice/iu,
    (reading, [, at]) => void reading.twice.push(Math.floor(hex(at) / PAGE_SIZE)),
  ],
  [/^On node 0 totalpages: (\d{1,12})/u, (reading, [, pages]) => void (reading.totalPages = Number(pages))],
  [/^zone\(\d\): (\d{1,12}) pages/u, (reading, [, pages]) => void reading.zones.push(Number(pages))],
  [
    /^Memory: (\d{1,12})k\/\d{1,12}k available \((\d{1,8})k kernel code, \d{1,10}k reserved, (\d{1,8})k data, (\d{1,8})k init/u,
    (reading, [, free, code, data, init]) => {
      reading.free = Number(free);
      reading.imageSize = 1024 * (Number(code) + Number(data) + Number(init));
    },
  ],
];

/** Takes the words of a kernel's command line that are about memory. */
function readWords(reading: Reading, words: string): void {
  for (const word of words.split(' ')) {
    const [, name, value = ''] = /^(mem|crashkernel)=(.+)$/u.exec(word) ?? [];
    const [size = '', at] = value.split('@');
    const bytes = sizeOf(size);
    if (bytes === undefined) continue;
    if (name === 'mem' && at === undefined) reading.limit = Math.min(reading.limit, bytes);
    if (name === 'crashkernel' && at !== undefined) reading.keep('crash kernel', sizeOf(at) ?? 0, bytes);
  }
}

/** The table that a kernel goes by: a map of the user's own, else the fullest that firmware gave. */
const ORDER: readonly Source[] = ['user', 'e820', 'EFI', 'e801', 'BIOS-88'];

/** Reads lines of a kernel's log; undefined if none of them is of a table of memory. */
export function readLog(lines: Iterable<string>): Table | undefined {
  const reading = new Reading();
  for (const line of lines) {
    const clean = cleanLine(line);
    if (clean === '') continue;
    reading.lines++;
    for (const [pattern, take] of RULES) {
      const found = pattern.exec(clean);
      if (found === null) continue;
      take(reading, found);
      reading.used++;
      break;
    }
  }
  const source = ORDER.find((one) => reading.entries.has(one));
  return source === undefined ? undefined : tableOf(reading, source);
}

function tableOf(reading: Reading, source: Source): Table {
  const { free, imageSize, kept, limit, lines, totalPages, twice, used, zones } = reading;
  return {
    source,
    entries: reading.entries.get(source) ?? [],
    pageSize: PAGE_SIZE,
    limit,
    image: { from: IMAGE_AT, end: IMAGE_AT + (imageSize ?? IMAGE_SIZE) },
    isImageKnown: imageSize !== undefined,
    kept,
    printed: {
      twice,
      ...(totalPages === undefined ? {} : { totalPages }),
      ...(zones.length === 0 ? {} : { zones }),
      ...(free === undefined ? {} : { free }),
    },
    used,
    lines,
  };
}

const address = z
  .int()
  .min(0)
  .max(2 ** 52);
const range = z.tuple([address, address]);

const json = z.strictObject({
  usable: z.array(range).min(1).max(MOST_ENTRIES),
  reserved: z.array(range).max(MOST_ENTRIES).default([]),
  mem: address.optional(),
  pageSize: z
    .int()
    .refine(
      (size) => size >= 1024 && size <= 2 ** 20 && (size & (size - 1)) === 0,
      'a power of two from 1024 to 1048576',
    )
    .default(PAGE_SIZE),
  image: range.optional(),
  kept: z
    .array(z.strictObject({ name: z.string().max(100), range }))
    .max(MOST_ENTRIES)
    .default([]),
});

/** Reads `{"usable":[[from,end],...],"reserved":...,"mem":...,"pageSize":...,"image":[from,end],"kept":[{"name","range"}]}`, in bytes; or says what is wrong. */
export function readJson(text: string): Table | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `it is not JSON: ${error instanceof Error ? error.message : ''}`;
  }
  const read = json.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it is no table'}`;
  }
  const { image, kept, mem, pageSize, reserved, usable } = read.data;
  const bad = [...usable, ...reserved, ...(image === undefined ? [] : [image]), ...kept.map((one) => one.range)];
  const backward = bad.find(([from, end]) => end < from);
  if (backward !== undefined) return `[${backward.join(', ')}]: a range ends before it begins`;
  const [from, end] = image ?? [IMAGE_AT, IMAGE_AT + IMAGE_SIZE];
  return {
    source: 'JSON',
    entries: [
      ...usable.map(([one, other]) => ({ from: one, end: other, usable: true, type: 'usable' })),
      ...reserved.map(([one, other]) => ({ from: one, end: other, usable: false, type: 'reserved' })),
    ],
    pageSize,
    limit: mem ?? Infinity,
    image: { from, end },
    isImageKnown: image !== undefined,
    kept: kept.map((one) => ({ name: one.name, from: one.range[0], end: one.range[1] })),
    printed: { twice: [] },
    used: 1,
    lines: 1,
  };
}
