/** The text of /proc/zoneinfo: counts, marks, sizes and reserves of each zone, in pages. */
import type { ZonePrint } from './dump.ts';

/** What was read, and the lines that it is made of. */
export interface Zoneinfo {
  readonly zones: readonly ZonePrint[];
  readonly lines: readonly number[];
}

const HEADER = /Node (\d{1,5}), ?zone (\S{1,32})$/u;
const ROW = /^(?:pages )?(free|min|low|high|spanned|present|managed) (\d{1,15})$/u;
const RESERVE = /^protection: \(((?:\d{1,15},? ?)+)\)$/u;

interface Reading {
  readonly node: number;
  readonly name: string;
  readonly rows: Map<string, number>;
  reserve: readonly number[] | undefined;
}

function zoneOf({ name, node, reserve, rows }: Reading): ZonePrint {
  const [free, min, low, high] = ['free', 'min', 'low', 'high'].map((row) => rows.get(row));
  const [present, managed] = [rows.get('present'), rows.get('managed')];
  return {
    node,
    name,
    ...(free === undefined ? {} : { free }),
    ...(min === undefined || low === undefined || high === undefined ? {} : { marks: { min, low, high } }),
    ...(present === undefined ? {} : { present }),
    ...(managed === undefined ? {} : { managed }),
    ...(reserve === undefined ? {} : { reserve }),
  };
}

/** Returns what a text says as /proc/zoneinfo does; no zone if it says nothing so. The first row of a name counts. */
export function zoneinfoIn(lines: readonly string[]): Zoneinfo {
  const readings: Reading[] = [];
  const used: number[] = [];
  for (const [at, line] of lines.entries()) {
    const [, node, name] = HEADER.exec(line) ?? [];
    const last = readings.at(-1);
    const [, row, value] = ROW.exec(line) ?? [];
    const [, reserve] = RESERVE.exec(line) ?? [];
    if (node !== undefined && name !== undefined) {
      readings.push({ node: Number(node), name, rows: new Map(), reserve: undefined });
    } else if (last === undefined) continue;
    else if (row !== undefined && !last.rows.has(row)) last.rows.set(row, Number(value));
    else if (reserve !== undefined) last.reserve = reserve.split(/,? /u).map(Number);
    else continue;
    used.push(at);
  }
  const zones = readings.map(zoneOf).filter(({ free }) => free !== undefined);
  const isFirst = (zone: ZonePrint, at: number): boolean =>
    zones.findIndex(({ name, node }) => name === zone.name && node === zone.node) === at;
  return { zones: zones.filter(isFirst), lines: zones.length === 0 ? [] : used };
}
