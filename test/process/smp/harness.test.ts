/** Tests that an allocator in C which several threads use is judged: right with a lock, refuted where the lock fails. */

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { run } from '../command.ts';
import { path } from '../started.ts';
import { patience } from '../../arbitrary/campaign.ts';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { Ran } from '../command.ts';

vi.setConfig({ testTimeout: 4 * patience }); // threads take their time on a machine that is busy

const folder = mkdtempSync(`${tmpdir()}/threads-`);
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(() => {
  cpSync(path('../../conformance/harness/c'), folder, { recursive: true });
  writeFileSync(`${folder}/yielding.h`, yielding(readFileSync(`${folder}/example/buddy24.h`, 'utf8')));
  cpSync(path('smp/lost-race.c'), `${folder}/lost-race.c`);
});

/** Returns the example's header in which a thread lets others go on while a list or a map is half-changed: the race is lost often. */
function yielding(header: string): string {
  const reads = /= (?:links\[2 \* \(size_t\)(?:node \+ 1|head)\]|map\[buddy_shr\(bit, 5\)\]);\n/gu;
  expect(header.match(reads)).toHaveLength(3);
  return `#include <sched.h>\n${header.replace(reads, (read) => `${read}    sched_yield();\n`)}`;
}

/** Compiles a file of the folder; returns the program. */
function compiled(file: string, flags = ''): string {
  const program = `${folder}/${file.replace('.c', '')}${flags}`;
  const line = `cc -O2 -std=c99 -Wall -Wextra -Werror -DTHREADS ${flags} -pthread -o ${program} ${file}`;
  const { status, stderr } = spawnSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return program;
}

/** Returns the example with a word replaced, and its lists changed slowly, compiled. */
function slipped(name: string, right: string, wrong: string): string {
  const source = readFileSync(`${folder}/attach.c`, 'utf8').replace('example/buddy24.h', 'yielding.h');
  expect(source).toContain(right);
  writeFileSync(`${folder}/${name}.c`, source.replaceAll(right, wrong));
  return compiled(`${name}.c`);
}

/** What a run says of its one kind. */
interface Summary {
  readonly verdict: string;
  readonly clause?: string;
  readonly case?: { readonly run: string };
  readonly recurs?: readonly [wrong: number, tried: number];
  readonly shortened?: 'fully' | 'partly' | 'no';
  readonly missing?: readonly string[];
  readonly sometimes: Readonly<Record<string, number>>;
}

const last = ({ stdout }: Ran): Summary => JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Summary;
const judged = (command: string, ...more: readonly string[]): Promise<Ran> =>
  run(['check', '--json', '--kind', 'smp', '--time', '60', ...more, '--', command]);

test.each([
  ['under a lock', () => compiled('attach.c'), []],
  ['without a lock, by one step each', () => compiled('lost-race.c', '-DRIGHT'), ['--orders', '1']],
])('SMP-1 · an allocator %s conforms, and its threads overlapped', async (_, build, more) => {
  const ran = await judged(build(), '--cases', '100', ...more);
  const { missing, sometimes, verdict } = last(ran);
  expect([ran.status, verdict, missing]).toEqual([0, 'conforms', undefined]);
  expect(sometimes['call while another was under way']).toBeGreaterThan(20);
  expect(sometimes['history undecided']).toBe(0);
});

/** Whether threads meet where they must is theirs to decide: what they rarely miss is tried once more. */
const RACES = { retry: 1 };

const LOCKED = 'lock();\n    const buddy_outcome outcome = ';
const EARLY = 'lock();\n    unlock();\n    const buddy_outcome outcome = ';

test.each([
  ['has no lock', () => slipped('unlocked', 'pthread_mutex_lock(&mutex)', '(void)mutex')],
  [
    'gives its lock away too early to allocate',
    () => slipped('early-allocate', `${LOCKED}buddy_allocate`, `${EARLY}buddy_allocate`),
  ],
  ['gives its lock away too early to free', () => slipped('early-free', `${LOCKED}buddy_free`, `${EARLY}buddy_free`)],
  ['looks at a frame, and takes it then', () => compiled('lost-race.c')],
])('SMP-1 · an allocator that %s is refuted, and its case goes wrong again', RACES, async (_, build) => {
  const command = build();
  const ran = await judged(command);
  const { case: of, clause, recurs, shortened, verdict } = last(ran);
  expect([ran.status, verdict, clause]).toEqual([1, 'diverges', 'SMP-1']);
  // On a busy machine time may be up before a case that goes wrong now and then is short.
  if (shortened === 'fully') expect(of?.run.split(/[ |/]+/u).length).toBeLessThanOrEqual(12);
  expect(recurs?.[1]).toBeGreaterThan(0);
  const again = await run(['replay', '-', '--', command], JSON.stringify(of));
  if (recurs?.[0] === 20) expect(again.status).toBe(1);
  // An arena whose lists were torn may also end the harness.
  if (again.status === 1) expect(again.stdout).toMatch(/: crash$|processor \d[^]*asks order[^]*tried \d+ times more/mu);
});

test.each([
  ['0:-:1', /threads\.\d: stamp 0 does not come after 1|threads: stamp 0 is there twice/u],
  ['1:-', /threads\.0: "1:-" must be <before>:<result>:<after>/u],
])('stamps that cannot be, such as %s, are a protocol error', async (stamps, why) => {
  const ran = await run([
    'check',
    '--kind',
    'smp',
    '--time',
    '20',
    '--',
    process.execPath,
    path('smp/stamps.js'),
    stamps,
  ]);
  expect([ran.status, ran.stdout]).toEqual([3, expect.stringMatching(why)]);
  expect(ran.stdout).toContain('not known to this judge: threads:1, threads:65');
});

test('a saved case of more threads than a harness takes is not sent to it', async () => {
  const command = compiled('attach.c');
  const run5 = ['a0', 'a0', 'a0', 'a0', 'a0'].join(' | ');
  const saved = JSON.stringify({ init: { smp: { base: 0, pages: 8, orders: 4 } }, run: run5 });
  const ran = await run(['replay', '-', '--', command], saved);
  expect([ran.status, ran.stdout]).toEqual([3, expect.stringContaining('threads:5')]);
});
