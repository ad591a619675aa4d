/** A text as the dumps that it has: which zones, which request before them, which kernel. */
import { isLater, versionIn, sumsIn } from './kernel.ts';
import { listsIn, tailOf, zonesIn } from './dumped.ts';
import { refusalsIn } from './refusal.ts';
import { tableIn } from './tables.ts';
import { zoneinfoIn } from './zoneinfo.ts';
import { Cleaner, unquoted } from './clean.ts';
import { TextLines } from './lines.ts';
import type { Cleaned } from './clean.ts';
import type { Dump, Family, Form, ZonePrint } from './dump.ts';
import type { FoundList, FoundZone } from './dumped.ts';
import type { PlacedRefusal } from './refusal.ts';

/** What was read of a text. */
export interface Read {
  readonly dumps: readonly Dump[];
  /** Refusals in the text, with zones after them or without. */
  readonly refusals: number;
  /** Lines that are not empty, and those of them that say something. */
  readonly lines: number;
  readonly used: number;
  /** Lines beyond the most that are kept. */
  readonly beyond: number;
}

/** Notes which lines of a text said something. */
class Used {
  readonly #lines = new Set<number>();
  readonly #starts: readonly number[];

  constructor(lines: readonly string[]) {
    let at = 0;
    this.#starts = lines.map((line) => (at += line.length + 1) - line.length - 1);
  }

  /** The line that a position lies in. */
  lineAt(at: number): number {
    let [low, high] = [0, this.#starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return low;
  }

  range(from: number, to: number): void {
    for (let line = this.lineAt(from); line <= this.lineAt(Math.max(from, to - 1)); line++) this.#lines.add(line);
  }

  lines(some: readonly number[]): void {
    for (const line of some) this.#lines.add(line);
  }

  get count(): number {
    return this.#lines.size;
  }
}

/** What was found of one dump: its zones, and its lists up to the next dump. */
interface Part {
  readonly zones: readonly FoundZone[];
  readonly refusal: PlacedRefusal | undefined;
  readonly from: number;
  readonly to: number;
}

const keyOf = ({ name, node }: FoundZone): string => `${node ?? 0} ${name ?? ''}`;

/** The most dumps of one text that are read. */
const MOST_DUMPS = 4096;

/** Splits zones into dumps: a new one begins where a zone comes again, or after a refusal. */
function partsOf(zones: readonly FoundZone[], refusals: readonly PlacedRefusal[], end: number): readonly Part[] {
  const groups: FoundZone[][] = [];
  for (const zone of zones) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const isApart =
      group === undefined ||
      last === undefined ||
      group.some((one) => keyOf(one) === keyOf(zone)) ||
      refusals.some(({ at }) => at > last.at && at < zone.at);
    if (isApart) groups.push([zone]);
    else group.push(zone);
  }
  return groups.slice(0, MOST_DUMPS).map((group, n) => {
    const from = group[0]?.at ?? 0;
    const before = groups[n - 1]?.at(-1)?.at ?? -1;
    const refusal = refusals.findLast(({ at }) => at > before && at < from);
    return { zones: group, refusal, from, to: groups[n + 1]?.[0]?.at ?? end };
  });
}

const withFamily = (by: '2.4' | '2.6', early: boolean, later: boolean): Family => {
  if (by === '2.4') return '2.4';
  if (later) return 'later';
  return early ? 'early' : '2.6';
};

const NAMES = ['DMA', 'Normal', 'HighMem'];

const formOf = (refusal: PlacedRefusal | undefined, otherwise: Form): Form => {
  if (refusal === undefined) return otherwise;
  return refusal.refusal.ending === 'killer' ? 'out-of-memory dump' : 'page allocation failure';
};

/** Returns a zone with its list and its tail, in pages. */
function zoneOf(
  text: string,
  part: Part,
  at: number,
  lists: readonly FoundList[],
  pageKb: number,
  used: Used,
): ZonePrint {
  const zone = part.zones[at];
  if (zone === undefined) return { node: 0, name: '' };
  const named = lists.find(({ name, node }) => name === zone.name && (node ?? 0) === (zone.node ?? 0));
  const list = named ?? lists.filter(({ name }) => name === undefined)[at];
  const tail = tailOf(text, zone.end, part.zones[at + 1]?.at ?? part.to);
  used.range(zone.at, Math.max(zone.end, tail.end));
  if (list !== undefined) used.range(list.at, list.end);
  const pages = (n: number): number => (zone.unit === 'kB' ? Math.floor(n / pageKb) : n);
  const { marks } = zone;
  return {
    node: zone.node ?? 0,
    name: zone.name ?? '',
    free: pages(zone.free),
    ...(marks === undefined
      ? {}
      : { marks: { min: pages(marks.min), low: pages(marks.low), high: pages(marks.high) } }),
    ...(tail.present === undefined ? {} : { present: Math.floor(tail.present / pageKb) }),
    ...(tail.managed === undefined ? {} : { managed: Math.floor(tail.managed / pageKb) }),
    ...(tail.reserve === undefined ? {} : { reserve: tail.reserve }),
    ...(list === undefined ? {} : { blocks: list.blocks, listed: Math.floor(list.sum / pageKb) }),
  };
}

const DEFAULT_PAGE_KB = 4;

function dumpOf(text: string, part: Part, named: { readonly version?: string }, used: Used): Dump {
  const own = text.slice(part.from, part.to);
  const lists = listsIn(own).map((list) => ({ ...list, at: list.at + part.from, end: list.end + part.from }));
  const pageKb = lists.find(({ pageKb: kb }) => kb !== undefined)?.pageKb ?? DEFAULT_PAGE_KB;
  const by = part.zones[0]?.by ?? '2.6';
  if (part.refusal !== undefined) used.range(part.refusal.at, part.refusal.end);
  const before = text.slice(part.refusal?.at ?? part.from, part.from);
  return {
    form: formOf(part.refusal, 'SysRq-M'),
    family: withFamily(by, /\bprotections\[\]/u.test(own), isLater(own)),
    pageKb,
    zones: part.zones.map((_, at) => zoneOf(text, part, at, lists, pageKb, used)),
    ...(part.refusal === undefined ? {} : { refusal: part.refusal.refusal }),
    ...named,
    ...versionIn(before),
    ...sumsIn(own),
  };
}

/** Lists without zones: 2.4's, which name none. Three of them are DMA, Normal and HighMem. */
function listsAlone(text: string, used: Used): readonly Dump[] {
  const lists = listsIn(text).filter(({ blocks }) => blocks.length > 0);
  const pageKb = lists[0]?.pageKb;
  if (pageKb === undefined) return [];
  for (const { at, end } of lists) used.range(at, end);
  const zones = lists.map(({ blocks, name, node, sum }, at): ZonePrint => {
    const called = name ?? (lists.length === NAMES.length ? NAMES[at] : undefined) ?? `list ${at + 1}`;
    return { node: node ?? 0, name: called, blocks, listed: Math.floor(sum / pageKb) };
  });
  return [{ form: 'SysRq-M', family: 'unknown', pageKb, zones, ...sumsIn(text) }];
}

/** What files of /proc say, together: the marks of zoneinfo, the blocks of a table. */
function procOf(
  lines: readonly string[],
  text: string,
  refusals: readonly PlacedRefusal[],
  used: Used,
): readonly Dump[] {
  const table = tableIn(lines);
  const { lines: infoLines, zones: info } = zoneinfoIn(lines);
  if (table === undefined && info.length === 0) return [];
  used.lines([...(table?.lines ?? []), ...infoLines]);
  const base = info.length > 0 ? info : (table?.zones ?? []);
  const zones = base.map((zone) => {
    const blocks = table?.zones.find(({ name, node }) => name === zone.name && node === zone.node)?.blocks;
    return blocks === undefined ? zone : { ...zone, blocks };
  });
  const isModern = zones.some(({ managed }) => managed !== undefined) || table?.form === 'pagetypeinfo';
  const family: Family = isModern ? 'later' : info.length > 0 ? '2.6' : 'unknown';
  const refusal = refusals.at(-1);
  if (refusal !== undefined) used.range(refusal.at, refusal.end);
  const form = formOf(refusal, info.length > 0 ? 'zoneinfo' : (table?.form ?? 'buddyinfo'));
  return [
    {
      form,
      family,
      pageKb: DEFAULT_PAGE_KB,
      zones,
      ...(refusal === undefined ? {} : { refusal: refusal.refusal }),
      ...versionIn(text),
    },
  ];
}

/** Returns all that a cleaned text says. */
export function readText({ beyond, lines: kept, read }: Cleaned): Read {
  const lines = unquoted(kept);
  const text = lines.join('\n');
  const used = new Used(lines);
  const refusals = refusalsIn(text);
  const zones = zonesIn(text);
  const named = versionIn(text);
  let dumps: readonly Dump[] = partsOf(zones, refusals, text.length).map((part) => dumpOf(text, part, named, used));
  if (dumps.length === 0) dumps = procOf(lines, text, refusals, used);
  if (dumps.length === 0) dumps = listsAlone(text, used);
  const [first] = refusals;
  if (dumps.length === 0 && first !== undefined) {
    used.range(first.at, first.end);
    const form = 'report of a request without zones';
    dumps = [
      { form, family: 'unknown', pageKb: DEFAULT_PAGE_KB, zones: [], refusal: first.refusal, ...versionIn(text) },
    ];
  }
  return { dumps, refusals: refusals.length, lines: read, used: used.count, beyond };
}

/** Returns all that a text says that is in memory as a whole. */
export function readPasted(text: string): Read {
  const cleaner = new Cleaner();
  const lines = new TextLines((line) => cleaner.take(line));
  lines.push(new TextEncoder().encode(text));
  lines.end();
  return readText(cleaner.cleaned());
}
