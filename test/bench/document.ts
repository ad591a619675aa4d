/** BENCH.md: a run of the bench as a document, in which every figure is of that run. */

import type { Row } from './rows.ts';
import { meets, shown } from './rows.ts';

/** The machine that a run was measured on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly gibibytes: number;
  readonly system: string;
  readonly node: string;
  /** The first line of `cc --version`; empty if there is no compiler. */
  readonly compiler: string;
  /** The load average of the last minute, before the run. */
  readonly load: number;
}

export interface Run {
  readonly command: string;
  readonly date: string;
  readonly minutes: number;
  readonly machine: Machine;
  readonly rows: readonly Row[];
}

const UNITS: Readonly<Record<Row['unit'], string>> = {
  ns: 'ns',
  s: 's',
  '/s': 'per second',
  'x C': 'times C',
  'x Perl': 'times Perl',
  'x mean': 'times the mean',
  x: 'times',
};

const HEADINGS: Readonly<Record<string, string>> = {
  judge: 'The judge',
  allocator: 'The allocators',
  worst: 'The worst operations',
  found: 'From the start until a fault is found',
  boot: 'Boot memory',
  machine: 'A machine: zones, watermarks and nodes in front of the buddy system',
  lock: 'The lock of a zone that threads share',
  events: 'Histories of kernels, judged',
  page: 'The film in a browser',
};

function tableOf(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const reached = row.target === undefined ? '' : `${row.target}, ${meets(row.value, row.target) ? 'met' : 'missed'}`;
    return `| ${row.what} | ${shown(row)} | ${UNITS[row.unit]} | ${reached} |`;
  });
  return ['| measured | value | unit | target |', '| --- | ---: | --- | --- |', ...lines].join('\n');
}

function machineLines({ compiler, cores, gibibytes, load, node, processor, system }: Machine): string {
  return [
    `- Machine: ${processor}, ${cores} cores, ${gibibytes.toFixed(1)} GiB; ${system}; Node ${node}.`,
    `- C: ${compiler === '' ? 'no compiler; all that needs one was left out' : `${compiler}, \`-O2\``}.`,
    `- Load: ${load.toFixed(1)} before the run. ${
      load > 0.5
        ? `The ${cores} cores were shared with other work, so compare ratios rather than times.`
        : 'Nothing else ran.'
    }`,
  ].join('\n');
}

/** Returns the document of a run. */
export function documentOf({ command, date, machine, minutes, rows }: Run): string {
  const ratios = rows.filter(({ unit }) => unit === 'x C');
  const parts = [...new Set(rows.map(({ part }) => part))];
  const others = parts.map((part) => {
    const figures = rows.filter((row) => row.part === part && row.unit !== 'x C');
    return `## ${HEADINGS[part] ?? part}\n\n${tableOf(figures)}`;
  });
  return `${[
    '# Bench',
    `How fast buddy-oracle is, beside the same algorithm in C. \`${command}\` wrote this page on ${date}, in ${Math.round(minutes)} minutes; every figure is of that run.`,
    machineLines(machine),
    METHOD,
    ...(ratios.length === 0 ? [] : [`## Against C\n\n${tableOf(ratios)}`]),
    ...others,
  ].join('\n\n')}\n`;
}

const METHOD = [
  '- A time is processor time of all threads, for one operation. Each contender runs in processes of its own, in turns with the',
  '  others; the run is cut into slices of the same operations, and each slice counts by its fastest repetition.',
  '- The traces are allocations and frees that keep 50 to 90 % of the pages in use, with orders 0 to 9 alike (uniform orders) or',
  '  order 0 in nine of ten (mostly order 0). Every contender must be granted the same blocks as C.',
  '- `core`: the functions named after the kernel’s. `public face`: those with the owner table, checks and results.',
  '- The lock: mostly order 0, 2^15 pages. Threads are timed by the clock, each with the whole trace, on a zone that is larger by as many',
  '  times as threads share it; the figures of two threads say nothing if other work shares the cores.',
  '- The judge compares every answer, list, link, bit and owner with the specification after each operation, on 64 pages.',
  '- The worst operations: every page is granted by itself, every second one freed, far apart; then the others; last those whose free',
  '  joins through all ten orders, in 2^20 pages.',
  '- A fault is one line of the example in C, judged over the pipe from the command line: wall time, the start of Node in it.',
  '- Events are of 2^20 frames, 49 of 50 of order 0, a line each. The script in Perl keeps a table of held frames and sees overlaps, no more.',
  '- The film is of 4,096 frames. Its time is from navigation until the frame after the first picture, as Chromium has it.',
  '- A part alone: `npm run bench -- --judge`, `--allocator`, `--worst`, `--found`, `--boot`, `--machine`, `--lock`, `--events` or `--page`.',
  '  `--quick` sees that all runs. Neither changes this page unless `--write` is given. `--day` simulates 100 million operations of a machine of',
  '  16 GiB.',
].join('\n');
