/** The form of the recordings of boot memory, and how they are read. */

import { byteAddress, pfn } from '../../../spec/unit.ts';
import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import type { BootCommand, BootNode } from '../../../protocol/index.ts';

/** A node's state as it is recorded: a digit for each page, 1 where it is taken, and what is remembered of the last grant. */
export interface BootState {
  readonly bits: string;
  readonly lastPos: number;
  readonly lastOffset: number;
}

/** One recorded step: what was asked, what was answered (an address, -1, `ok`, `BUG ...` or `HANG`), and the rest if it was printed. */
export interface BootStep {
  readonly text: string;
  readonly command: BootCommand;
  readonly answer: number | string;
  /** Addresses, counted from the node, of pages that were reserved twice. */
  readonly twice: readonly number[];
  readonly state?: BootState;
}

/** What retirement made of a zone: pages freed in all, and for each order the list from head to tail and the map's bits. */
export interface RecordedRetirement {
  readonly orders: number;
  readonly total: number;
  readonly lists: readonly (readonly number[])[];
  readonly bits: readonly string[];
}

export interface BootRecording {
  readonly node: BootNode;
  readonly steps: readonly BootStep[];
  readonly retirement?: RecordedRetirement;
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly map: number;
  readonly steps: readonly (readonly [
    string,
    number | string,
    ...(string | { readonly notes: readonly string[] })[],
  ])[];
  readonly retire?: { readonly orders: number; readonly out: readonly string[] };
}

function commandOf(text: string): BootCommand {
  const [word, ...numbers] = text.split(' ');
  const [one = NaN, two = NaN, three = NaN] = numbers.map(Number);
  if (word === 'breserve') return { kind: 'reserve', node: 0, address: byteAddress(one), size: two };
  if (word === 'bfree') return { kind: 'free', node: 0, address: byteAddress(one), size: two };
  if (word === 'balloccore') return { kind: 'allocate', node: 'any', size: one, align: two, goal: byteAddress(three) };
  throw new Error(`'${text}' is no command`);
}

function stateOf(text: string): BootState {
  const [, bits, pos, offset] = /^bits ([01]+) last_pos (\d+) last_offset (\d+)$/u.exec(text) ?? [];
  if (bits === undefined) throw new Error(`'${text}' is no state`);
  return { bits, lastPos: Number(pos), lastOffset: Number(offset) };
}

function stepOf([text, answer, ...rest]: Line['steps'][number]): BootStep {
  const notes = rest.flatMap((one) => (typeof one === 'string' ? [] : one.notes));
  const twice = notes.flatMap((note) => {
    const [, address] = /hm, page ([0-9a-f]{8}) reserved twice\./u.exec(note) ?? [];
    return address === undefined ? [] : [parseInt(address, 16)];
  });
  const state = rest.find((one) => typeof one === 'string');
  return { text, command: commandOf(text), answer, twice, ...(state === undefined ? {} : { state: stateOf(state) }) };
}

function retirementOf({ orders, out }: NonNullable<Line['retire']>): RecordedRetirement {
  const rows = out.flatMap((line) => {
    const [, list, bits] = /^ {2}o\d+ \[([\d ]*)\] bits ([01]*|-)$/u.exec(line) ?? [];
    return list === undefined ? [] : [{ list, bits: bits ?? '-' }];
  });
  return {
    orders,
    total: Number(/^total (\d+)$/u.exec(out[0] ?? '')?.[1]),
    lists: rows.map(({ list }) => (list === '' ? [] : list.split(' ').map(Number))),
    bits: rows.slice(0, -1).map(({ bits }) => bits),
  };
}

/** The recorded lives of boot memory: each `nth` of them. */
export function bootRecordings(nth = 1): readonly BootRecording[] {
  const file = new URL('../recordings/boot-2.4.22.ndjson.gz', import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  return lines
    .filter((_, at) => at % nth === 0)
    .map((text) => {
      const { start, end, map, steps, retire } = JSON.parse(text) as Line;
      const node = { start: pfn(start), end: pfn(end), map: pfn(map) };
      const life = { node, steps: steps.map(stepOf) };
      return retire === undefined ? life : { ...life, retirement: retirementOf(retire) };
    });
}
