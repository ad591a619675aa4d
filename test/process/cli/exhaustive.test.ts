import { expect, test, vi } from 'vitest';
import { fixture, run, summaryOf } from '../command.ts';
import { patience } from '../../arbitrary/campaign.ts';

vi.setConfig({ testTimeout: patience });

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

test.each(['3', '32', 'x'])('--exhaustive %s is no size', async (pages) => {
  const { status, stderr } = await run(['check', '--exhaustive', pages]);
  expect(status).toBe(2);
  expect(stderr).toContain('It must be');
});
