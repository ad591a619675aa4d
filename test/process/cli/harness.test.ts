import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, describe, expect, test } from 'vitest';
import { check, fixture, run, summaryOf, talking } from '../command.ts';
import { HARNESSES, path } from '../started.ts';

const folder = mkdtempSync(`${tmpdir()}/harness-`);
afterAll(() => rmSync(folder, { recursive: true }));

/** Compiles the example in C, of a kernel; undefined where there is no compiler. */
function compiled(define: string): string | undefined {
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const [program, source] = [`${folder}/${define}`, path('../../conformance/harness/c/attach.c')];
  execFileSync('cc', ['-O2', '-std=c99', '-Wall', '-Werror', `-D${define}`, '-o', program, source]);
  return program;
}

test.concurrent.for(['LINUX_24', 'LINUX_26'])(
  'the example in C conforms in all that it claims: %s',
  async (define, { skip }) => {
    const example = compiled(define);
    if (example === undefined) skip('there is no C compiler: cc');
    const [status, summary] = await check(['--cases', '100', '--', example ?? '']);
    expect([status, summary.verdict]).toEqual([0, 'conforms']);
    expect(summary.sometimes['views compared']).toBeGreaterThan(100);
    expect(summary.sometimes['rejected double-free']).toBeGreaterThan(10);
    const small = await check(['--exhaustive', '4', '--', example ?? '']);
    expect([small[0], small[1].verdict]).toEqual([0, 'conforms']);
  },
);

/** One small arena, so that what ends the harness each time is soon as short as can be. */
const TINY = ['--pages', '5', '--orders', '1', '--base', '0'];

test.concurrent('USE-2 · a crash is named to the operation, and replays', async () => {
  const text = await run(['check', ...TINY, '--ops', '20', ...fixture('ends/crashes')]);
  expect(text.status).toBe(1);
  expect(text.stdout).toMatch(/^crash: exited with status 134$/m);
  expect(text.stdout).toMatch(/its stderr ends with\s+BUG: freeing frame \d+$/m);

  const [status, { verdict, because, case: of }] = await check([...TINY, '--ops', '20', ...fixture('ends/crashes')]);
  expect([status, verdict, because]).toEqual([1, 'crash', ['exited with status 134']]);
  expect(of?.run).toMatch(/^a\d+ a\d+ a\d+ f[012]$/);
  const replayed = await run(['replay', '--json', '-', ...fixture('ends/crashes')], JSON.stringify(of));
  expect([replayed.status, summaryOf(replayed).verdict]).toEqual([1, 'crash']);
  const shorter = { ...of, run: of?.run.replace(/ f\d+$/, '') };
  const survived = await run(['replay', '--json', '-', ...fixture('ends/crashes')], JSON.stringify(shorter));
  expect([survived.status, summaryOf(survived).verdict]).toEqual([0, 'conforms']);
});

test.concurrent('TAKE-6 · slots that are counted without the refused ones are named', async () => {
  const [status, summary] = await check(['--cases', '30', '--pages', '4', ...fixture('../attach/counts-slots')]);
  expect([status, summary.verdict]).toEqual([1, 'diverges']);
  expect(summary.hint).toContain('every one counts, also a refused one');
});

test.concurrent('a banner on stdout is named', async () => {
  const [, { because }] = await check(talking('banner'));
  expect(because?.[0]).toContain('(stdout is for replies only: print on stderr what is none)');
});

test.concurrent('a crash that does not come back is not forgotten', async () => {
  const [status, { verdict, cases }] = await check([
    '--cases',
    '10',
    ...fixture('once', 'crashes', `${folder}/crashed`),
  ]);
  expect([status, verdict, cases]).toEqual([1, 'flaky-crash', 10]);
});

test.concurrent('nor is a fault that does not come back', async () => {
  const [status, { verdict, clause, because }] = await check(fixture('once', 'refuses', `${folder}/refused`));
  expect([status, verdict, clause]).toEqual([1, 'nondeterministic', 'TAKE-6']);
  expect(because?.[0]).toBe('the request was refused');
});

test.concurrent('USE-2 · a hang is one, and names the operation', async () => {
  const [status, { verdict, because, case: of }] = await check([
    '--pages',
    '2',
    '--orders',
    '1',
    '--base',
    '0',
    '--ops',
    '3',
    ...fixture('sleeps'),
  ]);
  expect([status, verdict, because]).toEqual([1, 'hang', ['no answer to run within 2001 ms: 0 bytes']]);
  expect(of?.run).toBe('a0 a0');
});

test.concurrent(
  'COUNT-1 · a fault that needs an earlier case is shown with it, and replays with it alone',
  async () => {
    const shape = ['--pages', '2', '--orders', '1', '--base', '0', '--ops', '8'];
    const [status, { verdict, clause, case: of }] = await check([...shape, ...fixture('remembers')]);
    expect([status, verdict, clause]).toEqual([1, 'diverges', 'COUNT-1']);
    expect(of?.before).toHaveLength(1);
    const replayed = await run(['replay', '--json', '-', ...fixture('remembers')], JSON.stringify(of));
    expect([replayed.status, summaryOf(replayed).clause]).toEqual([1, 'COUNT-1']);
    const alone = await run(['replay', '--json', '-', ...fixture('remembers')], JSON.stringify({ ...of, before: [] }));
    expect([alone.status, summaryOf(alone).verdict]).toEqual([0, 'conforms']);
  },
);

test.concurrent.each([
  ['status-4', 'crash', 'exited with status 4 after bye'],
  ['lives-on', 'hang', 'answered bye, yet lives on after 1000 ms'],
])('USE-2 · %s: what goes wrong at the end is a %s too', async (name, verdict, because) => {
  const [status, summary] = await check(['--cases', '20', ...fixture(name)]);
  expect([status, summary.verdict, summary.because]).toEqual([1, verdict, [because]]);
});

/** Each harness of `harnesses/` that breaks the protocol or dies: exit status, verdict and reason. */
const FAULTY: readonly (readonly [name: string, status: number, verdict: string, because: string])[] = [
  ['banner', 3, 'protocol-error', 'answer to hello: not JSON: Welcome to'],
  ['closes-stdin', 3, 'protocol-error', 'closed its stdin, yet lives on'],
  ['closes-stdout', 3, 'protocol-error', 'closed its stdout, yet lives on'],
  ['dies', 1, 'crash', 'killed by SIGSEGV'],
  ['endless-line', 3, 'protocol-error', 'a line of more than 1048576 bytes'],
  ['exits', 1, 'diverges', 'the arena has the orders 0 to 0'], // found while its crash was shrunk
  ['exits-at-start', 3, 'protocol-error', 'exited with status 127 before it answered hello'],
  ['internal', 3, 'protocol-error', 'answer to run: 3 results for 1 operation'],
  ['no-newline', 3, 'protocol-error', 'answer to run: not JSON'],
  ['no-view', 3, 'protocol-error', 'answer to observe: no "free-count"'],
  ['nonsense', 3, 'protocol-error', 'answer to run: 3 results for 1 operation'],
  ['not-json', 3, 'protocol-error', 'answer to run: not JSON: (ran 0 1 2)'],
  ['not-utf-8', 3, 'protocol-error', 'answer to run: not UTF-8'],
  ['outside', 3, 'protocol-error', 'answer to init: usable [4,13] is not within [0,5)'],
  ['overlapping', 3, 'protocol-error', 'answer to init: usable [3,4] is not within [0,5)'],
  ['refuses', 3, 'protocol-error', 'refuses version 1: only version 7'],
  ['replies-twice', 3, 'protocol-error', 'nothing was asked, but it says: {"id":1,"ready":{}}'],
  ['silent-init', 1, 'hang', 'no answer to init within 2000 ms: 0 bytes'],
  ['too-long', 3, 'protocol-error', 'answer to run: 4 results for 1 operation'],
  ['too-short', 3, 'protocol-error', 'answer to run: 2 results for 1 operation'],
  ['two-spaces', 3, 'protocol-error', 'answer to run: result 1 is empty'],
  ['unknown', 3, 'protocol-error', 'answer to init: the harness does not know this request'],
  ['version-2', 3, 'protocol-error', 'answer to hello: hello.version'],
  ['wrong-id', 3, 'protocol-error', 'answer to run: its id is 7, not 2'],
];

/** Harnesses without such a fault, or with one only at the end. They are refuted: serve.js forgets what is freed. */
const WELL = [
  'byte-by-byte',
  'deaf',
  'floods-stderr',
  'ignores-term',
  'impatient',
  'lives-on',
  'narrow',
  'status-4',
  'wide',
];

/** Harnesses that fail slowly or leave a process running: process.test.ts tests them. */
const ELSEWHERE = ['grandchild', 'half-a-line', 'runaway', 'silent'];

describe('harnesses with a fault in what they say', () => {
  test('all of them are here, or elsewhere', () => {
    const names = [...HARNESSES.keys()];
    expect([...FAULTY.map(([name]) => name), ...WELL, ...ELSEWHERE, 'healthy'].sort()).toEqual(names.sort());
  });

  test.concurrent.each(FAULTY)('%s: status %i, %s: %s', async (name, status, verdict, because) => {
    const [left, summary] = await check([...TINY, '--ops', '9', '--cases', '4', ...talking(name)]);
    expect([left, summary.verdict]).toEqual([status, verdict]);
    expect(summary.because?.join()).toContain(because);
    expect(summary.complete).toBe(true);
  });

  test.concurrent.each(WELL)('%s is judged by what it answers', async (name) => {
    const [status, { verdict }] = await check([...TINY, '--ops', '9', '--cases', '4', ...talking(name)]);
    expect([status, verdict]).toEqual([1, 'diverges']);
  });
});
