/** Tables of free blocks: /proc/buddyinfo, /proc/pagetypeinfo, and what drgn prints of a kernel. */
import type { ZonePrint } from './dump.ts';

/** A table that was read, and the lines that it is made of. */
export interface Table {
  readonly form: 'buddyinfo' | 'pagetypeinfo' | 'table of drgn';
  readonly zones: readonly ZonePrint[];
  readonly lines: readonly number[];
}

const BUDDYINFO = /Node (\d{1,5}), ?zone (\S{1,32})((?: \d{1,15}){1,24})$/u;
const TYPE = /Node (\d{1,5}), ?zone (\S{1,32}), ?type (\S{1,32})((?: >?\d{1,15}){1,24})$/u;
const DRGN = /^Node (\d{1,5}) (DMA32|DMA|Normal|HighMem|Movable|Device)((?: \d{1,15}){1,24})$/u;
const NUMBERS = /^\d{1,15}(?: \d{1,15}){0,10}$/u;

/** The number of orders of a kernel that was not built otherwise; a shorter line may go on in the next. */
const ORDERS = 11;

const countsOf = (text: string): readonly number[] =>
  text
    .trim()
    .split(' ')
    .map((count) => Number(count.replace('>', '')));

/** Returns the counts of a line, and those of the next if this one was broken. */
function broken(counts: readonly number[], next: string | undefined): { blocks: readonly number[]; took: 0 | 1 } {
  if (counts.length >= ORDERS || next === undefined || !NUMBERS.test(next)) return { blocks: counts, took: 0 };
  return { blocks: [...counts, ...countsOf(next)], took: 1 };
}

/** Reads a table whose rows match a pattern: node, zone, counts. */
function rowsOf(lines: readonly string[], row: RegExp, form: Table['form']): Table | undefined {
  const zones: ZonePrint[] = [];
  const used: number[] = [];
  for (const [at, line] of lines.entries()) {
    const [, node, name, counts] = row.exec(line) ?? [];
    if (node === undefined || name === undefined || counts === undefined) continue;
    const { blocks, took } = broken(countsOf(counts), lines[at + 1]);
    used.push(at, ...(took === 1 ? [at + 1] : []));
    zones.push({ node: Number(node), name, blocks });
  }
  return zones.length === 0 ? undefined : { form, zones, lines: used };
}

const plus = (one: readonly number[], other: readonly number[]): readonly number[] =>
  Array.from({ length: Math.max(one.length, other.length) }, (_, of) => (one[of] ?? 0) + (other[of] ?? 0));

/** Reads /proc/pagetypeinfo: the blocks of a zone are those of all its types together. */
function typesOf(lines: readonly string[]): Table | undefined {
  const zones = new Map<string, ZonePrint & { readonly blocks: readonly number[] }>();
  const used: number[] = [];
  for (const [at, line] of lines.entries()) {
    const [, node, name, type, counts] = TYPE.exec(line) ?? [];
    if (node === undefined || name === undefined || type === undefined || counts === undefined) continue;
    used.push(at);
    const key = `${node} ${name}`;
    const before = zones.get(key)?.blocks ?? [];
    zones.set(key, { node: Number(node), name, blocks: plus(before, countsOf(counts)) });
  }
  return used.length === 0 ? undefined : { form: 'pagetypeinfo', zones: [...zones.values()], lines: used };
}

/** Keeps the first row of each zone: a text may have the table several times. */
function once(table: Table): Table {
  const first = (zone: ZonePrint, at: number): boolean =>
    table.zones.findIndex(({ name, node }) => name === zone.name && node === zone.node) === at;
  return { ...table, zones: table.zones.filter(first) };
}

/** Returns the table of free blocks in a text, if there is one. */
export function tableIn(lines: readonly string[]): Table | undefined {
  // pagetypeinfo comes first: its table of page blocks has rows as buddyinfo has them
  const table = typesOf(lines) ?? rowsOf(lines, BUDDYINFO, 'buddyinfo') ?? rowsOf(lines, DRGN, 'table of drgn');
  return table === undefined ? undefined : once(table);
}
