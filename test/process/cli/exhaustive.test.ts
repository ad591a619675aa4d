import { expect, test } from 'vitest';
import { fixture, run, summaryOf } from '../command.ts';

test('TAKE-6 · a harness is put into every state of 4 frames', async () => {
  const judged = await run(['check', '--json', '--exhaustive', '4', ...fixture('sound')]);
  expect([judged.status, judged.stderr]).toEqual([0, '']);
  expect(summaryOf(judged)).toMatchObject({
    verdict: 'conforms',
    exhausted: { states: 26, ofStates: 26, ofFrees: 51 },
  });
});

test('the text says how much of all was seen', async () => {
  const { status, stdout } = await run(['check', '--exhaustive', '2']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/5 of 5 states, every order tried in each; \d of 5 frees passed through\n$/u);
});

test.each([1, 2, 4, 8])(
  'MISUSE-1 · misuse of each kind that %d frames can show is rejected, and legal frees are not',
  async (pages) => {
    const judged = await run(['check', '--json', '--exhaustive', String(pages)]);
    const { missing = [], sometimes, verdict } = summaryOf(judged);
    expect([judged.status, verdict, missing]).toEqual([0, 'conforms', []]);
    const rejected = Object.entries(sometimes).filter(([sight, count]) => sight.startsWith('rejected ') && count > 0);
    expect(rejected.length).toBe({ 1: 3, 2: 5, 4: 6, 8: 6 }[pages]);
    expect(sometimes['free by frame']).toBeGreaterThan(0);
  },
);

test.each(['3', '24', '64', 'x'])('--exhaustive %s is no size', async (pages) => {
  const { status, stderr } = await run(['check', '--exhaustive', pages]);
  expect(status).toBe(2);
  expect(stderr).toContain('It must be');
});
