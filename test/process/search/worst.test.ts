/** Tests of `check --worst`: a line that is advice, and no verdict. */
import { expect, test } from 'vitest';
import { fixture, run, summaryOf } from '../command.ts';

const FEW = ['--worst', '--cases', '60', '--ops', '60', '--jobs', '1'];

const adviceIn = (stdout: string): readonly Record<string, unknown>[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ record }) => record === 'advice');

test('what conforms is timed, in this process and over a pipe: the last line, and a record before the summary', async () => {
  const ran = await run(['check', '--kind', 'buddy', ...FEW]);
  expect(ran.status, ran.stderr).toBe(0);
  expect(ran.stdout.trimEnd().split('\n').at(-1)).toMatch(
    /^worst operation \(no verdict\): a free that joins through 8 orders takes in 1,024 frames .* us.*; in 16,384 frames .* us/u,
  );
  const piped = await run(['check', '--json', ...FEW, ...fixture('sound')]);
  expect([piped.status, summaryOf(piped).verdict], piped.stderr).toEqual([0, 'conforms']);
  const [{ worst } = {}, ...others] = adviceIn(piped.stdout);
  expect([worst, others]).toMatchObject([{ kind: 'timed', times: [{ frames: 1024 }, { frames: 16_384 }] }, []]);
  const without = await run(['check', '--json', ...FEW.slice(1), ...fixture('sound')]);
  expect(adviceIn(without.stdout)).toEqual([]);
});

test('of what does not conform nothing is timed, and the exit status stays', async () => {
  const ran = await run(['check', ...FEW, ...fixture('three-faults')]);
  expect(ran.status).toBe(1);
  expect(ran.stdout.trimEnd().split('\n').at(-1)).toMatch(/^worst operation: not timed, because the verdict/u);
});

test.each<[readonly string[], string]>([
  [['--kind', 'boot'], '--worst is for the kind buddy'],
  [['--shard', '1/2'], '--worst is for a whole search, not for a part of one'],
])('--worst with %j is an error of usage', async (more, why) => {
  const ran = await run(['check', '--worst', ...more]);
  expect([ran.status, ran.stdout]).toEqual([2, '']);
  expect(ran.stderr).toContain(why);
});
