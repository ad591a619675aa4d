/** Tests of a search that several processes share, and of its parts. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { end, fixture, run, start, summaryOf } from '../command.ts';
import { expect, test } from 'vitest';
import { join } from 'node:path';
import { sleep } from '../started.ts';
import { tmpdir } from 'node:os';
import type { Ran } from '../command.ts';

/** Returns the process ids that a harness wrote, one for each start, and removes them. */
async function pidsOf(judge: (file: string) => Promise<Ran>): Promise<{ pids: readonly number[]; ran: Ran }> {
  const folder = mkdtempSync(join(tmpdir(), 'jobs-'));
  const file = join(folder, 'pids');
  appendFileSync(file, '');
  const ran = await judge(file);
  const pids = readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number);
  rmSync(folder, { recursive: true });
  return { pids, ran };
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('after a second a search is shared, each process with a harness of its own; all of them are gone at the end', async () => {
  const { pids, ran } = await pidsOf((file) =>
    run(['check', '--kind', 'buddy', '--time', '4', '--jobs', '3', '--json', ...fixture('ends/starts', file)]),
  );
  expect([ran.status, summaryOf(ran).verdict]).toEqual([0, 'conforms']);
  expect(new Set(pids).size).toBe(4);
  expect(pids.filter(isAlive)).toEqual([]);
});

test('what one of several finds is what one alone finds: verdict, case, counts', async () => {
  const judged = async (jobs: string): Promise<object> => {
    const words = ['check', '--kind', 'buddy', '--cases', '3000', '--time', '600', '--jobs', jobs, '--json'];
    return { ...summaryOf(await run([...words, ...fixture('rare/late')])), opsPerSecond: 0 };
  };
  const alone = await judged('1');
  expect(alone).toMatchObject({ verdict: 'diverges', cases: 1712 });
  expect(await judged('2')).toEqual(alone);
});

test('Ctrl-C ends all of them, and shows what there is', async () => {
  const { pids, ran } = await pidsOf(async (file) => {
    const child = start(['check', '--kind', 'buddy', '--jobs', '2', ...fixture('ends/starts', file)]);
    const ended = end(child);
    while (readFileSync(file, 'utf8').split('\n').length < 4) await sleep(50);
    child.kill('SIGINT');
    return ended;
  });
  expect(ran.status).toBe(130);
  expect(ran.stdout).toContain('interrupted after');
  expect(pids.filter(isAlive)).toEqual([]);
});

test('a harness that cannot be started twice at a time says so, and is judged with --jobs 1', async () => {
  const judge = (jobs: string) => (file: string) =>
    run(['check', '--kind', 'buddy', '--time', '3', '--jobs', jobs, ...fixture('ends/starts', file, 'alone')]);
  const shared = await pidsOf(judge('2'));
  expect(shared.ran.status).toBe(3);
  expect(shared.ran.stdout).toContain('another one is running');
  const alone = await pidsOf(judge('1'));
  expect(alone.ran.status).toBe(0);
});

test('--jobs does nothing beside --all and --exhaustive, which is an error; a part is I/N', async () => {
  const wrong = [
    ['--jobs', '2', '--all'],
    ['--jobs', '2', '--exhaustive', '4'],
    ['--shard', '3/2'],
    ['--shard', '0/2'],
    ['--shard', '1/65'],
    ['--jobs', '0'],
  ];
  const ran = await Promise.all(wrong.map((words) => run(['check', ...words])));
  expect(ran.map(({ status }) => status)).toEqual(wrong.map(() => 2));
  expect(ran[2]?.stderr).toContain('such as 1/4');
});
