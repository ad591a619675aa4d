/** Tests of the feature `resize` over a pipe, and of case files that resize. */
import { expect, test } from 'vitest';
import { fixture, run, summaryOf } from '../command.ts';

const FEW = ['--cases', '200', '--ops', '150'];
const SOUND = fixture('rare/resizes');

test('RESIZE-1 · an allocator that resizes rightly conforms, with its views compared', async () => {
  const ran = await run(['check', '--json', ...FEW, ...SOUND]);
  const { sometimes, verdict } = summaryOf(ran);
  expect([ran.status, verdict]).toEqual([0, 'conforms']);
  expect(sometimes['arena made larger']).toBeGreaterThan(20);
  expect(sometimes['resize refused that cuts something off']).toBeGreaterThan(20);
  expect(sometimes['views compared']).toBeGreaterThan(20);
});

test('RESIZE-1 · one that cuts off a block is refuted in at most two operations, and the case replays', async () => {
  const careless = [...SOUND, 'carelessly'];
  const ran = await run(['check', '--json', ...FEW, ...careless]);
  const { case: of, clause } = summaryOf(ran);
  expect([ran.status, clause]).toEqual([1, 'RESIZE-1']);
  // a reserved frame is cut off by a resizing alone
  expect(of?.run).toMatch(/^(?:a\d )?z\d+$/u);
  const again = await run(['replay', '-', '--json', ...careless], ran.stdout);
  expect([again.status, summaryOf(again).clause]).toEqual([1, 'RESIZE-1']);
});

const saved = (text: string): string => JSON.stringify({ init: { base: 0, pages: 4, orders: 3 }, run: text });

test('TAKE-6, RESIZE-2 · what an arena grew by is free: steps show it', async () => {
  const ran = await run(['replay', '--steps', '-', ...SOUND], saved('z2 a1 a0 z4 a1 z1'));
  expect(ran.status).toBe(0);
  expect(ran.stdout).toMatch(/resize the arena to 4 frames: done\n +0 1 0 +order 1: 2\n/u);
  expect(ran.stdout).toContain('6  resize the arena to 1 frame: refused');
});

test.each([
  ['z5', SOUND, 2, 'run: z5 is more than the 4 pages of init'],
  ['z0', SOUND, 2, 'word 0 is "z0"'],
  ['z2', fixture('sound'), 3, 'the hello lacks the feature resize, without which this case cannot be carried out'],
])('a case with %s', async (text, harness, status, why) => {
  const ran = await run(['replay', '-', ...harness], saved(text));
  expect([ran.status, `${ran.stdout}${ran.stderr}`]).toEqual([status, expect.stringContaining(why)]);
});
