/** A machine that was started, in text and as records. */
import { counted, grouped, show } from '../show.ts';
import type { Compared, Started } from './start.ts';
import type { Entry, Table } from './table.ts';

const hex = (address: number): string => `0x${address.toString(16).padStart(8, '0')}`;

const rangeLine = ({ end, from, type }: Pick<Entry, 'from' | 'end' | 'type'>): string =>
  `  ${hex(from)} to ${hex(Math.max(from, end))}  ${show(type)}`;

function tableLines({ entries, isImageKnown, image, kept, limit, lines, source, used }: Table): readonly string[] {
  return [
    `table of memory: ${source}, ${counted(entries.length, 'range')}; ${used} of ${counted(lines, 'line')} read`,
    ...entries.map(rangeLine),
    ...(limit === Infinity ? [] : [`  usable memory ends at ${hex(limit)} (mem=)`]),
    '',
    'in use when boot memory begins',
    rangeLine({ ...image, type: `the kernel${isImageKnown ? '' : ' (the text does not say how large it is)'}` }),
    ...kept.map(({ end, from, name }) => rangeLine({ from, end, type: name })),
  ];
}

function zoneLines({ pageSize }: Table, { misaligned, zones }: Started): readonly string[] {
  const rows = zones.map(({ base, free, marks, name, pages }) => {
    const { high, low, min } = marks;
    return `  ${name.padEnd(8)}${grouped(pages).padStart(11)} from ${String(base).padEnd(8)} marks ${min}/${low}/${high}, ${grouped(free)} free`;
  });
  const complaints = misaligned.map(
    ({ name }) =>
      `  ${name} does not begin at a multiple of the largest block: its blocks are aligned from its first page (ZONE-5)`,
  );
  return [
    `zones, in pages${pageSize === 4096 ? '' : ` of ${pageSize / 1024} kB`} (SIZE-3, WATER-1)`,
    ...rows,
    ...complaints,
  ];
}

const comparedLine = ({ agrees, clause, kernel, ours, what }: Compared): string =>
  `  ${what}: ${kernel}${agrees ? '' : `, here ${ours === '' ? 'none' : ours}`} (${clause}) ${agrees ? 'agrees' : 'differs'}`;

/** What the kernel had free at the end of its boot, beside ours: it keeps more, of which its text tells a part. */
function memoryLines({ pageSize, printed }: Table, { free, usable }: Started): readonly string[] {
  if (printed.free === undefined) return [];
  const kernel = printed.free / (pageSize / 1024);
  const more = free - kernel;
  return [
    `  free pages: ${grouped(kernel)}, here ${grouped(free)}: the kernel keeps ${grouped(usable - kernel)} of ${grouped(usable)} usable ones,`,
    `  ${grouped(more)} more than its text names: its array of pages, page tables, an initrd, tables of firmware's`,
  ];
}

/** Returns all of it in text. */
export function report(table: Table, started: Started): string {
  const { buddyinfo, compared, free, spanned, twice, usable } = started;
  const again = twice.map(({ name, pages }) => `${show(name)}: ${pages.map((page) => page.toString(16)).join(' ')}`);
  const against = [...compared.map(comparedLine), ...memoryLines(table, started)];
  return [
    ...tableLines(table),
    ...(again.length === 0 ? [] : [`  reserved already, by page frame: ${again.join('; ')} (BOOT-5)`]),
    '',
    ...zoneLines(table, started),
    '',
    `${grouped(spanned)} pages, ${grouped(usable)} of them usable, ${grouped(free)} handed over when boot memory retired (RETIRE-1, HAND-1)`,
    '',
    ...buddyinfo.trimEnd().split('\n'),
    ...(against.length === 0 ? [] : ['', 'against what the kernel printed', ...against]),
  ].join('\n');
}

/** Returns all of it as records, the last of which is the summary. */
export const records = (table: Table, started: Started): readonly object[] => [
  {
    record: 'table',
    source: table.source,
    entries: table.entries,
    pageSize: table.pageSize,
    limit: Number.isFinite(table.limit) ? table.limit : null,
  },
  { record: 'kept', image: table.image, kept: table.kept, twice: started.twice },
  ...started.zones.map((zone) => ({ record: 'zone', ...zone })),
  {
    record: 'summary',
    complete: true,
    verdict:
      started.compared.length === 0 ? 'started' : started.compared.every(({ agrees }) => agrees) ? 'agrees' : 'differs',
    spanned: started.spanned,
    usable: started.usable,
    free: started.free,
    compared: started.compared,
  },
];
