/** Zones and lists of blocks, as 2.4's SysRq-M and the dumps of 2.6 and later kernels print them. */
import type { Watermarks } from '../../protocol/index.ts';

/** Something that was found in a text, and where. */
export interface Found {
  readonly at: number;
  readonly end: number;
  /** Absent if it names none. */
  readonly node: number | undefined;
  /** Absent if it names none: 2.4's lists do not. */
  readonly name: string | undefined;
}

/** A zone's count and marks, in kilobytes or pages. */
export interface FoundZone extends Found {
  readonly by: '2.4' | '2.6';
  readonly unit: 'kB' | 'pages';
  readonly free: number;
  readonly marks?: Watermarks;
}

/** A zone's blocks by order, and the sum in kilobytes. */
export interface FoundList extends Found {
  readonly blocks: readonly number[];
  readonly sum: number;
  /** Kilobytes of a block of order 0; absent if there is no term. */
  readonly pageKb: number | undefined;
}

const ZONE = '(DMA32|DMA|Normal|HighMem|Movable|Device)';

/** The space between two words; a line may have been broken there. */
const SPACE = String.raw`[ \n]`;

const NODE = String.raw`(?:Node (\d{1,5}),?${SPACE}{1,2})?`;

const OF_26 = new RegExp(
  String.raw`${NODE}\b${ZONE}${SPACE}free:(\d+)kB${SPACE}(?:boost:\d+kB${SPACE})?min:${SPACE}?(\d+)kB${SPACE}low:${SPACE}?(\d+)kB${SPACE}high:${SPACE}?(\d+)kB`,
  'gu',
);

const OF_24 = new RegExp(
  String.raw`Zone:(DMA|Normal|HighMem)${SPACE}?freepages:${SPACE}?(\d+)${SPACE}?([kK]B)?(?:${SPACE}?min:${SPACE}?(\d+)${SPACE}?(?:[kK]B)?${SPACE}?low:${SPACE}?(\d+)${SPACE}?(?:[kK]B)?${SPACE}?high:${SPACE}?(\d+))?`,
  'gu',
);

const TERM = String.raw`\d{1,12}\*\n?\d{1,12}kB(?: \([A-Z]{1,8}\))?${SPACE}{0,2}`;

const LIST = new RegExp(
  String.raw`(?:${NODE}\b${ZONE}:${SPACE}{1,2})?((?:${TERM}){0,24})=${SPACE}?(\d{1,12})(?:\n(\d{1,12}))?\n?(kB\)?)`,
  'gu',
);

const EMPTY = new RegExp(String.raw`${NODE}\b${ZONE}: empty`, 'gu');

const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

function marksOf(min: string | undefined, low: string | undefined, high: string | undefined): { marks?: Watermarks } {
  if (min === undefined || low === undefined || high === undefined) return {};
  return { marks: { min: Number(min), low: Number(low), high: Number(high) } };
}

/** Returns all zones in a text, in their order. */
export function zonesIn(text: string): readonly FoundZone[] {
  const later = Array.from(text.matchAll(OF_26), (found): FoundZone => {
    const [whole, node, name, free, min, low, high] = found;
    const place = { at: found.index, end: found.index + whole.length, node: numberOf(node), name };
    return { ...place, by: '2.6', unit: 'kB', free: Number(free), ...marksOf(min, low, high) };
  });
  const old = Array.from(text.matchAll(OF_24), (found): FoundZone => {
    const [whole, name, free, unit, min, low, high] = found;
    const place = { at: found.index, end: found.index + whole.length, node: undefined, name };
    return {
      ...place,
      by: '2.4',
      unit: unit === undefined ? 'pages' : 'kB',
      free: Number(free),
      ...marksOf(min, low, high),
    };
  });
  return [...later, ...old].toSorted((one, other) => one.at - other.at);
}

/** Reads the terms of a list; undefined unless each block is twice as large as the one before. */
function termsOf(text: string): { blocks: readonly number[]; pageKb: number | undefined } | undefined {
  const terms = Array.from(
    text.matchAll(/(\d+)\*\n?(\d+)kB/gu),
    ([, count, size]) => [Number(count), Number(size)] as const,
  );
  const pageKb = terms[0]?.[1];
  const doubles = terms.every(([, size], of) => size > 0 && size === (pageKb ?? 0) * 2 ** of);
  return doubles ? { blocks: terms.map(([count]) => count), pageKb } : undefined;
}

/** Returns all lists of blocks in a text, in their order; an empty zone has a list without a block. */
export function listsIn(text: string): readonly FoundList[] {
  const lists = Array.from(text.matchAll(LIST)).flatMap((found): readonly FoundList[] => {
    const [whole, node, name, terms = '', sum = '', rest = '', unit = ''] = found;
    if (terms === '' && name === undefined && !unit.endsWith(')')) return []; // "Free swap = 0kB"
    const read = termsOf(terms);
    if (read === undefined) return [];
    const place = { at: found.index, end: found.index + whole.length, node: numberOf(node), name };
    return [{ ...place, ...read, sum: Number(sum + rest) }];
  });
  const empty = Array.from(text.matchAll(EMPTY), (found): FoundList => {
    const [whole, node, name] = found;
    const place = { at: found.index, end: found.index + whole.length, node: numberOf(node), name };
    return { ...place, blocks: [], sum: 0, pageKb: undefined };
  });
  return [...lists, ...empty].toSorted((one, other) => one.at - other.at);
}

/** What follows a zone's marks. */
export interface Tail {
  readonly present?: number;
  readonly managed?: number;
  readonly reserve?: readonly number[];
  /** Where the last of it ends. */
  readonly end: number;
  readonly early: boolean;
}

/** Returns what a text says of a zone between its marks and the next zone: sizes in kilobytes, reserves in pages. */
export function tailOf(text: string, from: number, to: number): Tail {
  const part = text.slice(from, Math.min(to, from + 4096));
  const present = /\bpresent:(\d+)kB/u.exec(part);
  const managed = /\bmanaged:(\d+)kB/u.exec(part);
  const reserve = /\b(lowmem_reserve|protections)\[\]:((?:[ \n]\d{1,12}(?![^ \n])){1,16})/u.exec(part);
  const ends = [present, managed, reserve].map((found) => (found === null ? 0 : found.index + found[0].length));
  return {
    end: from + Math.max(...ends),
    early: reserve?.[1] === 'protections',
    ...(present === null ? {} : { present: Number(present[1]) }),
    ...(managed === null ? {} : { managed: Number(managed[1]) }),
    ...(reserve === null ? {} : { reserve: (reserve[2] ?? '').trim().split(/\s+/u).map(Number) }),
  };
}
