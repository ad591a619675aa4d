/** The command `npm run bench`: times every part and writes reports/bench.json and BENCH.md. */

import { apart, inC } from './apart.ts';
import { compile, hasCompiler, inFolder } from './c.ts';
import { mkdirSync, writeFileSync } from 'node:fs';
import { makeTrace, saveTrace } from './trace.ts';
import { join } from 'node:path';
import { runDay } from './runs/machine.ts';
import { fastest } from './timed.ts';
import type { Contender } from './apart.ts';
import type { Mix } from './trace.ts';
import type { Timed } from './timed.ts';

/**
 * Each slice of a run counts by the fastest of so many processes, as where a process's memory lies can make it slower by a half,
 * and of so many rounds in each: whoever is compared has one turn in a round, as the machine's speed wanders.
 */
const PROCESSES = 4;
const ROUNDS = 5;
const OPERATIONS = 10_000_000;
const DAY_OPERATIONS = 100_000_000;
const ORDERS = 10;
const MIXES: readonly Mix[] = ['uniform orders', 'mostly order 0'];
/** On so many pages the targets hold: an arena of a machine, which fits into no cache. */
const TARGET_PAGES = 2 ** 20;
const SIZES = [2 ** 10, 2 ** 15, TARGET_PAGES];

/** One measurement: what, its value, and against what it is to be held. */
interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ns' | 's' | '/s' | 'x C';
  readonly target?: string;
}

const rows: Row[] = [];

function add(what: string, value: number, unit: Row['unit'], target?: string): void {
  rows.push({ what, value, unit, ...(target === undefined ? {} : { target }) });
  const shown = unit === '/s' ? Math.round(value).toLocaleString('en-US') : value.toFixed(2);
  process.stdout.write(
    `${what.padEnd(62)}${shown.padStart(12)} ${unit.padEnd(4)}${target === undefined ? '' : `  target ${target}`}\n`,
  );
}

/** Nanoseconds of each contender's operation, measured in turns; all that tell what they granted must have granted the same. */
async function inTurns(
  starts: readonly (() => Contender)[],
  processes: number = PROCESSES,
  rounds: number = ROUNDS,
): Promise<readonly number[]> {
  const runs = starts.map((): Timed[] => []);
  const checksums = new Set<string>();
  for (let n = 0; n < processes; n++) {
    const contenders = starts.map((start) => start());
    for (let round = 0; round < rounds; round++) {
      for (const [at, contender] of contenders.entries()) {
        const timed = await contender.again();
        runs[at]?.push(timed);
        if (timed.checksum !== undefined) checksums.add(timed.checksum);
      }
    }
    for (const contender of contenders) contender.end();
  }
  if (checksums.size > 1) throw new Error(`not all were granted the same: ${[...checksums].join(' ')}`);
  return runs.map(fastest);
}

async function rate(what: string, start: () => Contender, target?: string): Promise<void> {
  const [ns = NaN] = await inTurns([start]);
  add(what, 1e9 / ns, '/s', target);
}

/** One mix of orders on so many pages: C, if there is a compiler, and what is held against it. */
async function benchTrace(program: string | undefined, folder: string, mix: Mix, pages: number): Promise<void> {
  const file = join(folder, 'trace');
  saveTrace(file, makeTrace(pages, ORDERS, OPERATIONS, mix, 7));
  const name = `${mix}, 2^${Math.log2(pages)} pages`;
  const ours = ['core 2.4', 'core 2.6', 'public face'].map((one) => () => apart(one, file));
  const all = program === undefined ? ours : [...ours, () => inC(program, file)];
  const large = pages === TARGET_PAGES;
  const rounds = large ? 2 * ROUNDS : ROUNDS;
  const [core24 = NaN, core26 = NaN, face = NaN, c] = await inTurns(all, PROCESSES, rounds);
  if (c !== undefined) add(`C 2.4 (cc -O2), ${name}`, c, 'ns');
  const against = (what: string, ns: number, target?: string): void => {
    add(`${what}, ${name}`, ns, 'ns');
    if (c !== undefined) add(`${what}, ${name}, against C`, ns / c, 'x C', target);
  };
  against('core 2.4', core24, large ? '<= 2.0' : undefined);
  against('core 2.6', core26);
  against('public face 2.4', face, large ? '<= 3.5' : undefined);
}

const IN_C = ['test/bench/buddy-bench.c'];

async function benchAllocators(): Promise<void> {
  await inFolder(async (folder) => {
    const program = withC ? compile(IN_C, folder) : undefined;
    for (const mix of MIXES) {
      for (const pages of SIZES) await benchTrace(program, folder, mix, pages);
      const short = join(folder, 'short');
      saveTrace(short, makeTrace(2 ** 20, ORDERS, OPERATIONS / 50, mix, 7));
      const [ns = NaN] = await inTurns([() => apart('buddy-tree', short)], 1, 1);
      add(`buddy-tree 2.4.1, ${mix}, 2^20 pages`, ns, 'ns');
    }
  });
}

const HARNESS = ['conformance/harness/c/example.c', 'conformance/harness/c/buddy.c'];

async function benchJudge(): Promise<void> {
  await rate('judge in process, 2.4, 64 pages, complete comparison', () => apart('judge 2.4'), '>= 1,500,000');
  await rate('judge in process, 2.6, 64 pages, complete comparison', () => apart('judge 2.6'));
  await rate('all invariants on 64 pages', () => apart('invariants'));
  await rate('lockstep through fc.commands, 2.4, 64 pages', () => apart('lockstep'), '>= 500,000');
  if (!withC) return;
  await inFolder(async (folder) => {
    const program = compile(HARNESS, folder);
    await rate('judge over a pipe, C harness, 64 pages', () => apart('pipe', program), '>= 1,000,000');
  });
}

const GIB = 2 ** 18;

async function benchBoot(): Promise<void> {
  for (const gib of [1, 64]) {
    await rate(`boot allocations, node of ${gib} GiB`, () => apart('boot allocations', String(gib * GIB)));
  }
  for (const kernel of ['2.4', '2.6'] as const) {
    for (const gib of [1, 64]) {
      const start = (): Contender => apart(`retirement into ${kernel}`, String(gib * GIB));
      const [ns = NaN] = await inTurns([start], gib === 64 ? 1 : PROCESSES, gib === 64 ? 2 : ROUNDS);
      add(`retirement of ${gib} GiB into a zone of ${kernel}, a page`, ns, 'ns');
      if (gib === 64) add(`retirement of ${gib} GiB into a zone of ${kernel}`, (ns * gib * GIB) / 1e9, 's', '< 10');
    }
  }
}

/** The price of policy: the whole front door of a machine against the bare buddy system, on the same trace. */
async function benchMachine(): Promise<void> {
  await inFolder(async (folder) => {
    const file = join(folder, 'trace');
    for (const mix of MIXES) {
      saveTrace(file, makeTrace(2 ** 20, ORDERS, OPERATIONS, mix, 7));
      const [bare = NaN, door = NaN] = await inTurns([() => apart('core 2.4', file), () => apart('front door', file)]);
      add(`bare buddy 2.4, ${mix}, 2^20 pages`, bare, 'ns');
      add(`allocPages and freePages of a machine, ${mix}, 2^20 pages`, door, 'ns');
    }
  });
}

/** Must not be more, whatever the day brings: the machine's own arrays take some 100 MiB. */
const DAY_MEBIBYTES = 400;

/** Left out unless it is asked for: it takes a while. */
function benchDay(): void {
  const day = runDay(DAY_OPERATIONS, (done) => {
    if (done % 10_000_000 === 0) process.stderr.write(`${done / 1_000_000} million operations\n`);
  });
  add('a day of a machine of 16 GiB under pressure, an operation', day.nsPerOperation, 'ns');
  process.stdout.write(`${JSON.stringify(day)}\n`);
  if (day.mostMebibytes > DAY_MEBIBYTES)
    throw new Error(`the process had ${day.mostMebibytes} MiB, not ${DAY_MEBIBYTES}`);
}

const PARTS = ['judge', 'allocator', 'boot', 'machine'] as const;
const asked = PARTS.filter((part) => process.argv.includes(`--${part}`));
const day = process.argv.includes('--day');
/** All parts but the day, unless some are asked for. */
const wants = (part: (typeof PARTS)[number]): boolean => (asked.length === 0 ? !day : asked.includes(part));

const withC = hasCompiler();
if (!withC) process.stdout.write('no C compiler: what needs one is left out\n');
if (wants('judge')) await benchJudge();
if (wants('allocator')) await benchAllocators();
if (wants('boot')) await benchBoot();
if (wants('machine')) await benchMachine();
if (day) benchDay();
mkdirSync('reports', { recursive: true });
writeFileSync('reports/bench.json', `${JSON.stringify({ node: process.version, rows }, null, 2)}\n`);
