import { bootAllocationsPerSecond, retirementSeconds } from './boot.ts';
import { checksum, makeTrace } from './trace.ts';
import { hasCompiler, timeC, withProgram } from './c.ts';
import { invariantsChecked, judgedLive, judgedPiped } from './judging.ts';
import { lockstepCommandsPerSecond } from './lockstep.ts';
import { mkdirSync, writeFileSync } from 'node:fs';
import { runDay, runFrontDoor } from './machine-runs.ts';
import { runBuddyTree, runCore24, runCore26, runFace } from './runs.ts';
import type { Mix, Trace } from './trace.ts';
import type { Timed } from './runs.ts';

/** Repetitions of which the best counts, as on the C side. */
const REPETITIONS = 5;
const OPERATIONS = 10_000_000;
const DAY_OPERATIONS = 100_000_000;
const ORDERS = 10;
const MIXES: readonly Mix[] = ['uniform orders', 'mostly order 0'];
const SIZES = [2 ** 10, 2 ** 15, 2 ** 20];

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

function best(
  run: (trace: Trace) => Timed,
  trace: Trace,
  expected?: string,
  repetitions: number = REPETITIONS,
): number {
  let ns = Infinity;
  for (let n = 0; n < repetitions; n++) {
    const timed = run(trace);
    const sum = checksum(timed.granted);
    if (expected !== undefined && sum !== expected)
      throw new Error(`granted other frames than C: ${sum}, not ${expected}`);
    ns = Math.min(ns, timed.nsPerOperation);
  }
  return ns;
}

function ratio(what: string, ns: number, c: number | undefined, target?: string): void {
  add(what, ns, 'ns');
  if (c !== undefined) add(`${what}, against C`, ns / c, 'x C', target);
}

async function benchAllocators(withC: boolean): Promise<void> {
  for (const mix of MIXES) {
    for (const pages of SIZES) {
      const trace = makeTrace(pages, ORDERS, OPERATIONS, mix, 7);
      const [c] = withC ? await timeC([trace], REPETITIONS) : [];
      const name = `${mix}, 2^${Math.log2(pages)} pages`;
      if (c !== undefined) add(`C 2.4 (cc -O2), ${name}`, c.nsPerOperation, 'ns');
      ratio(`core 2.4, ${name}`, best(runCore24, trace, c?.checksum), c?.nsPerOperation, '<= 2.0');
      ratio(`core 2.6, ${name}`, best(runCore26, trace), c?.nsPerOperation);
      ratio(
        `public face 2.4, ${name}`,
        best((one) => runFace(one, '2.4'), trace, c?.checksum),
        c?.nsPerOperation,
        '<= 3.5',
      );
    }
    const short = makeTrace(2 ** 20, ORDERS, OPERATIONS / 50, mix, 7);
    add(`buddy-tree 2.4.1, ${mix}, 2^20 pages`, best(runBuddyTree, short, undefined, 1), 'ns');
  }
}

async function benchJudge(withC: boolean): Promise<void> {
  // The first seconds are the engine's: it compiles what is hot.
  judgedLive('2.4', 4);
  add('judge in process, 2.4, 64 pages, complete comparison', judgedLive('2.4', 5), '/s', '>= 1,500,000');
  add('judge in process, 2.6, 64 pages, complete comparison', judgedLive('2.6', 5), '/s');
  add('all invariants on 64 pages', invariantsChecked('2.4', 2), '/s');
  lockstepCommandsPerSecond('2.4', 400);
  add('lockstep through fc.commands, 2.4, 64 pages', lockstepCommandsPerSecond('2.4', 800), '/s', '>= 500,000');
  if (!withC) return;
  const folder = 'conformance/harness/c';
  const rate = await withProgram([`${folder}/example.c`, `${folder}/buddy.c`], async (program) => {
    await judgedPiped([program], 4);
    return judgedPiped([program], 5);
  });
  add('judge over a pipe, C harness, 64 pages', rate, '/s', '>= 1,000,000');
}

const GIB = 2 ** 18;

function benchBoot(): void {
  for (const gib of [1, 64]) {
    bootAllocationsPerSecond(gib * GIB, 10_000);
    add(`boot allocations, node of ${gib} GiB`, bootAllocationsPerSecond(gib * GIB, 100_000), '/s');
  }
  for (const kernel of ['2.4', '2.6'] as const) {
    for (let warm = 0; warm < 3; warm++) retirementSeconds(kernel, GIB);
    for (const gib of [1, 64]) {
      const seconds = retirementSeconds(kernel, gib * GIB);
      add(`retirement of ${gib} GiB into a zone of ${kernel}, a page`, (seconds * 1e9) / (gib * GIB), 'ns');
      if (gib === 64) add(`retirement of ${gib} GiB into a zone of ${kernel}`, seconds, 's', '< 10');
    }
  }
}

/** The price of policy: the whole front door of a machine against the bare buddy system, on the same trace. */
function benchMachine(): void {
  for (const mix of MIXES) {
    const trace = makeTrace(2 ** 20, ORDERS, OPERATIONS, mix, 7);
    const [bare, door] = [best(runCore24, trace), best(runFrontDoor, trace)];
    add(`bare buddy 2.4, ${mix}, 2^20 pages`, bare, 'ns');
    add(`allocPages and freePages of a machine, ${mix}, 2^20 pages`, door, 'ns');
  }
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
if (wants('judge')) await benchJudge(withC);
if (wants('allocator')) await benchAllocators(withC);
if (wants('boot')) benchBoot();
if (wants('machine')) benchMachine();
if (day) benchDay();
mkdirSync('reports', { recursive: true });
writeFileSync('reports/bench.json', `${JSON.stringify({ node: process.version, rows }, null, 2)}\n`);
