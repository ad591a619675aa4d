/** Tests of the campaigns of examples/: parts that an engine starts, one that is killed, and what they come to together. */
import { Cluster, noCluster } from './cluster.ts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { path, sleep } from '../started.ts';
import { patience } from '../../arbitrary/campaign.ts';
import { run, summaryOf } from '../command.ts';
import { spawn, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

vi.setConfig({ testTimeout: 3 * patience });

const example = (name: string): string => path(`../../examples/campaign/${name}`);
const folder = mkdtempSync(`${tmpdir()}/campaign-`);
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const ORACLE = `${process.execPath} ${path('../../dist/conformance/cli/main.js')}`;
const HARNESS = `${folder}/judged`;
/** A million operations and a little more. */
const SEARCH = ['--kind', 'buddy', '--seed', '3', '--cases', '2200', '--ops', '500', '--time', '1000'];

const includes = ['harness/c', 'harness/c/example'].flatMap((one) => ['-I', path(`../../conformance/${one}`)]);
const isCompiled =
  spawnSync('cc', ['-O2', ...includes, '-o', HARNESS, path('../../conformance/harness/c/attach.c')]).status === 0;

/** Makes a folder to carry out a campaign in. */
function campaign(name: string): { readonly cwd: string; readonly env: NodeJS.ProcessEnv } {
  const cwd = `${folder}/${name}`;
  mkdirSync(cwd);
  return { cwd, env: { ...process.env, BUDDY_ORACLE: ORACLE } };
}

/** Runs a program to its end. */
const carriedOut = (
  [program = '', ...words]: readonly string[],
  where: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<{ status: number | null; stdout: string }> =>
  new Promise((resolve) => {
    let stdout = '';
    const child = spawn(program, words, { ...where, stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()));
    child.once('close', (status) => resolve({ status, stdout }));
  });

/** What one process says of the whole search. */
const alone = isCompiled ? run(['check', '--json', '--jobs', '1', ...SEARCH, '--', HARNESS]) : undefined;

/** Merges what a campaign left, and holds it against what one process says. */
async function expectWhole(cwd: string): Promise<void> {
  const files = [1, 2, 3, 4].map((nth) => `${cwd}/campaign/${nth}.json`);
  const [merged, whole] = [await run(['merge', '--json', ...files]), await alone];
  if (whole === undefined) throw new Error('no harness was compiled');
  const [parts, one] = [summaryOf(merged), summaryOf(whole)];
  expect([merged.status, parts.verdict]).toEqual([0, 'conforms']);
  expect(one.ops).toBeGreaterThan(1_000_000);
  expect([parts.ops, parts.cases, parts.sometimes]).toEqual([one.ops, one.cases, one.sometimes]);
}

const timesOf = (cwd: string): readonly number[] =>
  [1, 2, 3, 4].map((nth) => statSync(`${cwd}/campaign/${nth}.json`).mtimeMs);

const lacksParallel = spawnSync('which', ['parallel']).status !== 0;

describe.skipIf(!isCompiled || lacksParallel)('GNU parallel', () => {
  test('four parts come to what one process says; those that are done are not done again', async () => {
    const where = campaign('parallel');
    const words = ['bash', example('parallel.sh'), '4', ...SEARCH, '--', HARNESS];
    const first = await carriedOut(words, where);
    expect([first.status, first.stdout.split('\n')[0]]).toEqual([0, expect.stringContaining('conforms')]);
    await expectWhole(where.cwd);

    const before = timesOf(where.cwd);
    rmSync(`${where.cwd}/campaign/2.json`);
    writeFileSync(`${where.cwd}/campaign/2.json.part`, '{"record":"hello"');
    const second = await carriedOut(words, where);
    expect(second.status).toBe(0);
    expect(timesOf(where.cwd).map((time, n) => time === before[n])).toEqual([true, false, true, true]);
    await expectWhole(where.cwd);
  });

  test('states are gone through in parts too', async () => {
    const where = campaign('states');
    const ran = await carriedOut(['bash', example('parallel.sh'), '2', '--exhaustive', '4', '--', HARNESS], where);
    expect([ran.status, ran.stdout]).toEqual([0, expect.stringContaining('26 of 26 states')]);
  });

  test('words with spaces stay whole, and a part that cannot be judged leaves no file', async () => {
    const where = campaign('spaces');
    const ran = await carriedOut(['bash', example('parallel.sh'), '2', '--', '/no such harness'], where);
    expect(ran.status).not.toBe(0);
    expect(existsSync(`${where.cwd}/campaign/1.json`)).toBe(false);
    expect(readFileSync(`${where.cwd}/campaign/1.json.part`, 'utf8')).toContain('/no such harness');
  });
});

test('the jobs of the workflow of GitHub Actions come to one verdict', () => {
  const text = readFileSync(example('github.yml'), 'utf8');
  const cwd = campaign('github').cwd;
  const npx = `npx() { shift; ${ORACLE} "$@"; }\n`;
  const [, parts = ''] = /run: \|\n((?: {10}.*\n)+)/u.exec(text) ?? [];
  const [, merge = ''] = /run: (npx buddy-oracle merge .*)\n/u.exec(text) ?? [];
  expect(/matrix:\n +part: \[(.*)\]/u.exec(text)?.[1]?.split(', ').length).toBe(8);
  const step = (script: string, env: object): number | null =>
    spawnSync('bash', ['-eo', 'pipefail', '-c', npx + script], { cwd, env: { ...process.env, ...env } }).status;
  for (const PART of ['1', '2']) {
    const env = { PART, PARTS: '2', HARNESS: `${process.execPath} ${path('fixtures/three-faults.js')}` };
    expect(step(parts.replace('--cases 100000', '--cases 40'), env)).toBe(0);
  }
  expect(step(merge, {})).toBe(1);
  expect(readFileSync(`${cwd}/junit.xml`, 'utf8')).toContain('failures="1"');
});

const lacking = noCluster();

describe.skipIf(!isCompiled || lacking !== undefined)(`Slurm${lacking === undefined ? '' : ` (${lacking})`}`, () => {
  let cluster: Cluster | undefined;
  beforeAll(async () => {
    mkdirSync(`${folder}/cluster`);
    cluster = await Cluster.start(`${folder}/cluster`);
  });
  afterAll(() => cluster?.stop());

  test('four tasks of an array come to what one process says; one that is killed is carried out again', async () => {
    const where = campaign('slurm');
    const env = { ...where.env, ...cluster?.env, BUDDY_ORACLE: ORACLE };
    const submit = (...more: readonly string[]): ReturnType<typeof carriedOut> =>
      carriedOut(['sbatch', '--parsable', '--array=1-4', ...more, example('slurm.sh'), ...SEARCH, '--', HARNESS], {
        ...where,
        env,
      });
    const job = (await submit()).stdout.trim();
    const part = `${where.cwd}/campaign/1.json.part`;
    for (let tries = 0; tries < 300 && !existsSync(part); tries++) await sleep(100);
    await carriedOut(['scancel', `${job}_1`], { ...where, env });
    expect(existsSync(`${where.cwd}/campaign/1.json`)).toBe(false);
    const again = await submit('--wait', `--dependency=afterany:${job}`);
    expect(again.status).toBe(0);
    await expectWhole(where.cwd);

    const before = timesOf(where.cwd);
    expect((await submit('--wait')).status).toBe(0);
    expect(timesOf(where.cwd)).toEqual(before);
  });
});
