/** Tests of the features `sized` and `bulk` over a pipe, by an allocator in C with slips, and of case files that ask for numbers of frames. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { fixture, run, summaryOf } from '../command.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { path } from '../started.ts';
import { patience } from '../../arbitrary/campaign.ts';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

vi.setConfig({ testTimeout: 2 * patience });

const FEW = ['--cases', '150', '--ops', '150', '--jobs', '1'];
const folder = mkdtempSync(`${tmpdir()}/sized-`);
afterAll(() => rmSync(folder, { recursive: true }));

const lacking = spawnSync('cc', ['--version']).status === 0 ? undefined : 'there is no cc';
const program = (slip: number): readonly string[] => ['--', `${folder}/slip${slip}`];

function compile(slip: number): void {
  const flags = ['-O1', '-std=c99', '-Wall', '-Wextra', '-Werror', `-DSLIP=${slip}`];
  const harness = path('../../conformance/harness/c');
  const built = spawnSync('cc', [
    ...flags,
    '-I',
    harness,
    '-o',
    `${folder}/slip${slip}`,
    path('attach/sized/attach.c'),
  ]);
  expect(built.status, String(built.stderr)).toBe(0);
}

describe.skipIf(lacking !== undefined)(`in C${lacking === undefined ? '' : ` (${lacking})`}`, () => {
  beforeAll(() => [0, 1, 2, 3, 4, 5].forEach(compile));

  test('SIZED-1, SIZED-2, SIZED-3, BULK-1 · what grants numbers of frames rightly conforms, with views and contents', async () => {
    const ran = await run(['check', '--json', ...FEW, ...program(0)]);
    const { sometimes, verdict } = summaryOf(ran);
    expect([ran.status, verdict], ran.stdout).toEqual([0, 'conforms']);
    for (const sight of [
      'sized grant',
      'sized refusal',
      'free of a sized grant',
      'bulk free',
      'drained arena',
    ] as const)
      expect(sometimes[sight], sight).toBeGreaterThan(20);
  });

  test.each([
    ['SIZED-1 · the alignment is forgotten', 1, 'SIZED-1'],
    ['SIZED-2 · the rest is kept', 2, 'COUNT-1'],
    ['SIZED-2 · one frame too many is given back', 3, 'COUNT-1'],
    ['SIZED-3 · a free frees one frame', 4, 'COUNT-1'],
    ['BULK-1 · the last block of several is not freed', 5, 'COUNT-1'],
  ] as const)('%s: refuted in at most five operations, and the case replays', async (_, slip, clause) => {
    const ran = await run(['check', '--json', ...FEW, ...program(slip)]);
    const { case: of, ...summary } = summaryOf(ran);
    expect([ran.status, summary.clause]).toEqual([1, clause]);
    expect(of?.run).toMatch(/\b[Ab]\d+:\d/u);
    expect(of?.run.split(' ').length).toBeLessThanOrEqual(5);
    const again = await run(['replay', '-', '--json', ...program(slip)], ran.stdout);
    expect([again.status, summaryOf(again).clause]).toEqual([1, clause]);
  });

  test('SIZED-2 · steps show what is granted, and that the rest is free', async () => {
    const ran = await run(['replay', '--steps', '-', ...program(0)], saved('A3:4 a0 f0 A1:8'));
    expect(ran.status, ran.stderr).toBe(0);
    expect(ran.stdout).toContain('1  allocate 3 frames at a multiple of 4: granted frame 0');
    expect(ran.stdout).toContain('2  allocate a block of order 0: granted frame 3');
    expect(ran.stdout).toContain('3  free what allocation 0 was granted: done');
    expect(ran.stdout).toContain('4  allocate 1 frame at a multiple of 8: refused');
    const bulk = await run(['replay', '--steps', '-', ...program(0)], saved('a0 A1:1 a0 b2:0:1 f1'));
    expect(bulk.stdout).toContain('4  free at once what allocations 2 0 1 were granted: done');
  });
});

const saved = (text: string): string => JSON.stringify({ init: { base: 0, pages: 4, orders: 3 }, run: text });

test.each([
  ['A0:1', 2, 'word 0 is "A0:1"'],
  ['A3:3', 2, 'word 0 is "A3:3"'],
  ['A3', 2, 'word 0 is "A3"'],
  ['b0:1:0', 2, 'word 0 is "b0:1:0"'],
  ['b0:1', 3, 'the hello lacks the feature bulk'],
  ['A3:1', 3, 'the hello lacks the feature sized, without which this case cannot be carried out'],
])('a case with %s', async (text, status, why) => {
  const ran = await run(['replay', '-', ...fixture('sound')], saved(text));
  expect([ran.status, `${ran.stdout}${ran.stderr}`]).toEqual([status, expect.stringContaining(why)]);
});
