/** The command `npm run bench`: times every part and writes reports/bench.json and BENCH.md. */

import { IN_PERL, writeEvents } from './runs/events.ts';
import { apart, inC } from './apart.ts';
import { compile, compilerName, inFolder } from './c.ts';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { makeTrace, makeWorst, saveTrace, worstIn } from './trace.ts';
import { mkdirSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { TARGET_PAGES, optionsIn } from './options.ts';
import { Rows } from './rows.ts';
import { benchLock } from './lock.ts';
import { documentOf } from './document.ts';
import { fastest, slowest } from './timed.ts';
import { inTurns, runsInTurns } from './turns.ts';
import { join } from 'node:path';
import { runDay } from './runs/machine.ts';
import { secondsToOpen } from './runs/page.ts';
import { secondsToVerdict, secondsUntilFound } from './runs/found.ts';
import type { Contender } from './apart.ts';
import type { Machine } from './document.ts';
import type { Mix } from './trace.ts';

const ORDERS = 10;
const MIXES: readonly Mix[] = ['uniform orders', 'mostly order 0'];
const IN_C = 'test/bench/c/buddy-bench.c';
const HARNESS = 'conformance/harness/c/attach.c';
const GIB = 2 ** 18;
const DAY_OPERATIONS = 100_000_000;
/** The most memory that the process of a day may take: the arrays of the machine take some 100 MiB. */
const DAY_MEBIBYTES = 400;

const words = process.argv.slice(2);
const { amount, day, parts, writes } = optionsIn(words);
const compiler = compilerName();
const rows = new Rows();

async function rate(part: string, what: string, start: () => Contender, target?: string): Promise<void> {
  const [ns = NaN] = await inTurns([start], amount);
  rows.add(part, what, 1e9 / ns, '/s', target);
}

/** Times the allocators on one mix of orders and one size, with C if there is a compiler. */
async function benchTrace(programs: readonly string[], folder: string, mix: Mix, pages: number): Promise<void> {
  const file = join(folder, 'trace');
  saveTrace(file, makeTrace(pages, ORDERS, amount.operations, mix, 7));
  const name = `${mix}, 2^${Math.log2(pages)} pages`;
  const ours = ['core 2.4', 'core 2.6', 'public face'].map((one) => () => apart(one, file));
  const all = [...ours, ...programs.map((program) => () => inC(program, file))];
  const large = pages === TARGET_PAGES;
  const rounds = large ? 2 * amount.rounds : amount.rounds;
  const [core24 = NaN, core26 = NaN, face = NaN, c, emitted] = await inTurns(all, { ...amount, rounds });
  if (c !== undefined) rows.add('allocator', `C 2.4 (cc -O2), ${name}`, c, 'ns');
  const against = (what: string, ns: number, target?: string): void => {
    rows.add('allocator', `${what}, ${name}`, ns, 'ns');
    if (c !== undefined) rows.add('allocator', `${what}, ${name}, against C`, ns / c, 'x C', target);
  };
  if (emitted !== undefined) against('emitted C 2.4', emitted, large ? '<= 1.05' : undefined);
  against('core 2.4', core24, large ? '<= 2.0' : undefined);
  against('core 2.6', core26);
  against('public face 2.4', face, large ? '<= 3.5' : undefined);
}

async function benchAllocators(): Promise<void> {
  await inFolder(async (folder) => {
    const programs = compiler === undefined ? [] : [compile(IN_C, folder), compile(IN_C, folder, 'EMITTED')];
    for (const mix of MIXES) {
      for (const pages of amount.pages) await benchTrace(programs, folder, mix, pages);
      const short = join(folder, 'short');
      saveTrace(short, makeTrace(TARGET_PAGES, ORDERS, amount.operations / 50, mix, 7));
      const [ns = NaN] = await inTurns([() => apart('buddy-tree', short)], { processes: 1, rounds: 1 });
      rows.add('allocator', `buddy-tree 2.4.1, ${mix}, 2^20 pages`, ns, 'ns');
    }
  });
}

/** Times the operations that cost most: frees that join through every order, far apart, when every second page was free. */
async function benchWorst(): Promise<void> {
  await inFolder(async (folder) => {
    const file = join(folder, 'trace');
    const count = worstIn(TARGET_PAGES, ORDERS);
    saveTrace(file, makeWorst(TARGET_PAGES, ORDERS));
    const names = ['worst core 2.4', 'worst core 2.6', 'worst face'];
    const programs = compiler === undefined ? [] : [compile(IN_C, folder, `SLICE=${count}`)];
    const all = [...names.map((one) => () => apart(one, file)), ...programs.map((program) => () => inC(program, file))];
    const runs = await runsInTurns(all, amount);
    const [inC24] = runs.slice(names.length).map((one) => slowest(one, count));
    for (const [n, name] of [...names, 'worst C 2.4'].entries()) {
      const own = runs[n];
      if (own === undefined) continue;
      const worst = slowest(own, count);
      rows.add('worst', `${name}: ${count} such frees, each`, worst, 'ns');
      rows.add('worst', `${name}, against all operations of its trace`, worst / fastest(own), 'x mean');
      if (inC24 !== undefined && n < names.length) rows.add('worst', `${name}, against C`, worst / inC24, 'x C');
    }
  });
}

/** Times the command line on faults in C, from its start to its exit. */
async function benchFound(): Promise<void> {
  if (compiler === undefined) return;
  await inFolder((folder) => {
    rows.add(
      'found',
      'the first verdict on an allocator in C',
      secondsToVerdict(folder, 3 * amount.rounds),
      's',
      '<= 1.0',
    );
    for (const [what, seconds] of secondsUntilFound(folder, amount.rounds)) rows.add('found', what, seconds, 's');
    return Promise.resolve();
  });
}

async function benchJudge(): Promise<void> {
  const judge = (what: string, start: () => Contender, target?: string): Promise<void> =>
    rate('judge', what, start, target);
  await judge('judge in process, 2.4, 64 pages, complete comparison', () => apart('judge 2.4'), '>= 1,500,000');
  await judge('judge in process, 2.6, 64 pages, complete comparison', () => apart('judge 2.6'));
  await judge('all invariants on 64 pages', () => apart('invariants'));
  await judge('lockstep through fc.commands, 2.4, 64 pages', () => apart('lockstep'), '>= 500,000');
  if (compiler === undefined) return;
  await inFolder(async (folder) => {
    const program = compile(HARNESS, folder);
    await judge('judge over a pipe, C harness, 64 pages', () => apart('pipe', program), '>= 1,000,000');
  });
}

async function benchBoot(): Promise<void> {
  for (const gib of amount.gibs) {
    await rate('boot', `boot allocations, node of ${gib} GiB`, () => apart('boot allocations', String(gib * GIB)));
  }
  for (const kernel of ['2.4', '2.6'] as const) {
    for (const gib of amount.gibs) {
      const start = (): Contender => apart(`retirement into ${kernel}`, String(gib * GIB));
      const [ns = NaN] = await inTurns([start], gib === 64 ? { processes: 1, rounds: 2 } : amount);
      rows.add('boot', `retirement of ${gib} GiB into a zone of ${kernel}, a page`, ns, 'ns');
      const whole = `retirement of ${gib} GiB into a zone of ${kernel}`;
      if (gib === 64) rows.add('boot', whole, (ns * gib * GIB) / 1e9, 's', '< 10');
    }
  }
}

/** Times the price of policy: the whole front door of a machine and the bare buddy system, on the same trace. */
async function benchMachine(): Promise<void> {
  await inFolder(async (folder) => {
    const file = join(folder, 'trace');
    for (const mix of MIXES) {
      saveTrace(file, makeTrace(TARGET_PAGES, ORDERS, amount.operations, mix, 7));
      const starts = ['core 2.4', 'front door'].map((one) => () => apart(one, file));
      const [bare = NaN, door = NaN] = await inTurns(starts, amount);
      rows.add('machine', `bare buddy 2.4, ${mix}, 2^20 pages`, bare, 'ns');
      rows.add('machine', `allocPages and freePages of a machine, ${mix}, 2^20 pages`, door, 'ns');
    }
  });
}

/** Times the judge of a kernel's events, and a script in Perl that sees one fault of those that it sees. */
async function benchEvents(): Promise<void> {
  await inFolder(async (folder) => {
    const [ftrace, json, script] = [join(folder, 'trace'), join(folder, 'json'), join(folder, 'overlap.pl')];
    writeEvents(ftrace, amount.events, 'ftrace');
    writeEvents(json, amount.events, 'JSON');
    writeFileSync(script, IN_PERL, { mode: 0o755 });
    const hasPerl = spawnSync('perl', ['-v']).status === 0;
    const starts = [() => apart('events', ftrace), ...(hasPerl ? [() => inC(script, ftrace)] : [])];
    const [ours = NaN, perl] = await inTurns(starts, amount);
    rows.add('events', 'events as ftrace prints them', 1e9 / ours, '/s', '>= 1,000,000');
    if (perl !== undefined) rows.add('events', 'the same, against a script in Perl', ours / perl, 'x Perl');
    await rate('events', 'events as lines of JSON', () => apart('events', json), '>= 1,000,000');
  });
}

/** Times the film of a long case in a browser, if there is one. */
async function benchPage(): Promise<void> {
  await inFolder(async (folder) => {
    const seconds = await secondsToOpen(folder, 3 * amount.rounds);
    if (typeof seconds === 'string') process.stdout.write(`${seconds}: the film is left out\n`);
    else rows.add('page', 'film of 3,000 operations, until its first picture', seconds, 's', '<= 1.0');
  });
}

function benchDay(): void {
  const lived = runDay(DAY_OPERATIONS, (done) => {
    if (done % 10_000_000 === 0) process.stderr.write(`${done / 1_000_000} million operations\n`);
  });
  rows.add('machine', 'a day of a machine of 16 GiB under pressure, an operation', lived.nsPerOperation, 'ns');
  process.stdout.write(`${JSON.stringify(lived)}\n`);
  if (lived.mostMebibytes > DAY_MEBIBYTES)
    throw new Error(`the process had ${lived.mostMebibytes} MiB, not ${DAY_MEBIBYTES}`);
}

const machine: Machine = {
  processor: cpus()[0]?.model ?? 'unknown processor',
  cores: cpus().length,
  gibibytes: totalmem() / 2 ** 30,
  system: `${type()} ${release()}`,
  node: process.version,
  compiler: compiler ?? '',
  load: loadavg()[0] ?? 0,
};
const start = Date.now();

const BENCHES = {
  judge: benchJudge,
  allocator: benchAllocators,
  worst: benchWorst,
  found: benchFound,
  boot: benchBoot,
  machine: benchMachine,
  lock: () => benchLock(rows, amount, compiler !== undefined),
  events: benchEvents,
  page: benchPage,
};
if (compiler === undefined) process.stdout.write('no C compiler: all that needs one is left out\n');
for (const part of parts) await BENCHES[part]();
if (day) benchDay();
mkdirSync('reports', { recursive: true });
writeFileSync('reports/bench.json', `${JSON.stringify({ machine, rows: rows.all }, null, 2)}\n`);
if (writes) {
  const command = ['npm run bench', ...(words.length === 0 ? [] : ['--', ...words])].join(' ');
  const minutes = (Date.now() - start) / 60_000;
  const date = new Date(start).toISOString().slice(0, 10);
  writeFileSync('BENCH.md', documentOf({ command, date, minutes, machine, rows: rows.all }));
}
