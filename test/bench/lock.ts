/** The part of the bench about the zone's lock: its price if nobody else asks for it, and how fast several threads are. */

import { apart, inC } from './apart.ts';
import { compile, inFolder } from './c.ts';
import { inTurns } from './turns.ts';
import { join } from 'node:path';
import { makeTrace, saveTrace } from './trace.ts';
import type { Amount } from './options.ts';
import type { Contender } from './apart.ts';
import type { Rows } from './rows.ts';

const IN_C = 'test/bench/c/lock-bench.c';
const PAGES: number = 2 ** 15;
const ORDERS = 10;
/** The share of a run's operations that is enough here: a zone of this size fits into a cache. */
const SHARE = 4;

/** What is measured of one allocator with threads, and how C is told of it. */
const THREADS = [
  ['1 thread', '1', '1'],
  ['2 threads on one zone', '2', '1'],
  ['2 threads on two zones', '2', '2'],
] as const;

/** Times one caller without the lock and under it, beside the emitted C without and under a spinlock of pthreads. */
async function benchPrice(rows: Rows, amount: Amount, program: string | undefined, file: string): Promise<void> {
  const ours = ['public face', 'face after a lock', 'face without a lock', 'face under a lock'];
  const [bareC, lockedC] = ['bare', 'locked'].map((how) => (): Contender => inC(program ?? '', file, how));
  const all = [...ours.map((name) => () => apart(name, file)), ...(program === undefined ? [] : [bareC, lockedC])];
  const times = await inTurns(
    all.flatMap((start) => start ?? []),
    amount,
  );
  const [face = NaN, after = NaN, unlocked = NaN, locked = NaN, bare, spun] = times;
  const add = (what: string, ns: number, against?: readonly [string, number], target?: string): void => {
    rows.add('lock', what, ns, 'ns');
    if (against !== undefined) rows.add('lock', `${what}, against ${against[0]}`, ns / against[1], 'x', target);
  };
  add('public face 2.4 on an ArrayBuffer', face);
  add('the same after another zone was used under its lock', after, ['the first row', face], '<= 1.10');
  add('on a SharedArrayBuffer, without the lock', unlocked, ['the first row', face], '<= 1.10');
  add('under the lock', locked, ['the first row', face]);
  rows.add('lock', 'price of the lock, taken and released', locked - face, 'ns');
  if (bare === undefined || spun === undefined) return;
  add('emitted C 2.4, its face', bare);
  add('emitted C under a spinlock of pthreads', spun, ['without it', bare]);
  rows.add('lock', 'price of a spinlock of pthreads, taken and released', spun - bare, 'ns');
}

/** Times threads by the clock; both lie in turns, so that a busy machine is one for all. */
async function benchThreads(rows: Rows, amount: Amount, program: string | undefined, file: string): Promise<void> {
  const ours = THREADS.map(
    ([name]) =>
      (): Contender =>
        apart(name, file),
  );
  const inC99 = THREADS.map(
    ([, ...how]) =>
      (): Contender =>
        inC(program ?? '', file, ...how),
  );
  const times = await inTurns([...ours, ...(program === undefined ? [] : inC99)], amount);
  for (const [n, ns] of times.entries()) {
    const [name = ''] = THREADS[n % THREADS.length] ?? [];
    const who = n < THREADS.length ? 'under the lock' : 'C under a spinlock of pthreads';
    rows.add('lock', `${who}, ${name}`, 1e9 / ns, '/s');
    const alone = times[n - (n % THREADS.length)] ?? NaN;
    if (n % THREADS.length > 0) rows.add('lock', `${who}, ${name}, against one thread`, alone / ns, 'x');
  }
}

/** Times the lock. `compiler`: whether there is one for C. */
export async function benchLock(rows: Rows, amount: Amount, compiler: boolean): Promise<void> {
  await inFolder(async (folder) => {
    const program = compiler ? compile(IN_C, folder) : undefined;
    const file = join(folder, 'trace');
    saveTrace(file, makeTrace(PAGES, ORDERS, amount.operations / SHARE, 'mostly order 0', 7));
    await benchPrice(rows, amount, program, file);
    await benchThreads(rows, amount, program, file);
  });
}
