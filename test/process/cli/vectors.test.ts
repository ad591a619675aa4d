/** Tests of the command `vectors`, and of the runners that it writes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { path } from '../started.ts';
import { run } from '../command.ts';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { Ran } from '../command.ts';

const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
const into = join(folder, 'vectors');
afterAll(() => rmSync(folder, { recursive: true }));

const isThere = (command: string): boolean => spawnSync(command, ['--version']).error === undefined;

let written: Ran;
beforeAll(async () => {
  written = await run(['vectors', into]);
});

test('it writes the vectors, their schema, runners, and how to run them', () => {
  expect(written.status).toBe(0);
  expect(written.stdout).toMatch(/has \d{4} vectors of \d\d clauses, \d{4} of boot memory and \d{4} of machines/u);
  expect(readdirSync(into).toSorted()).toEqual([
    'README.md',
    'run.c',
    'run.py',
    'vectors.json',
    'vectors.schema.json',
    'vectors.txt',
  ]);
  const { vectors } = JSON.parse(readFileSync(join(into, 'vectors.json'), 'utf8')) as {
    vectors: { kind: string; needs: string[] }[];
  };
  const more = ['resize', 'sized', 'bulk'];
  const arenas = vectors.filter(({ kind, needs }) => kind === 'buddy' && !more.some((need) => needs.includes(need)));
  expect(readFileSync(join(into, 'vectors.txt'), 'utf8').trimEnd().split('\n')).toHaveLength(arenas.length);
});

test('a folder that is not empty stays as it is', async () => {
  const again = await run(['vectors', into]);
  expect([again.status, again.stderr]).toEqual([2, `buddy-oracle: ${into} is not empty\n`]);
});

test('a runner has at most 40 lines', () => {
  for (const name of ['run.c', 'run.py']) {
    expect(readFileSync(join(into, name), 'utf8').trimEnd().split('\n').length, name).toBeLessThanOrEqual(40);
  }
});

const words = ({ status, stdout }: { status: number | null; stdout: string }): readonly [number | null, string] => [
  status,
  stdout.trimEnd().split('\n').at(-1) ?? '',
];

describe.skipIf(!isThere('cc'))('in C', () => {
  const judged = (...flags: readonly string[]): readonly [number | null, string] => {
    const program = join(folder, `run${flags.join('')}`);
    const scan = path('fixtures/allocators/scan.c');
    const built = spawnSync('cc', ['-Wall', '-Werror', ...flags, join(into, 'run.c'), scan, '-o', program], {
      encoding: 'utf8',
    });
    expect(built.stderr).toBe('');
    return words(spawnSync(program, [join(into, 'vectors.txt'), 'complete', 'range'], { encoding: 'utf8' }));
  };

  test('an allocator that is right passes', () => {
    expect(judged()).toEqual([0, expect.stringMatching(/^\d{3} vectors, 0 wrong$/u)]);
  });

  test('TAKE-2 · one that forgets alignment does not', () => {
    expect(judged('-DFAULT')).toEqual([1, expect.stringMatching(/^\d{3} vectors, [1-9]\d* wrong$/u)]);
  });
});

describe.skipIf(!isThere('python3'))('in Python', () => {
  const runner = (environment: object, ...claims: readonly string[]): { status: number | null; stdout: string } => {
    copyFileSync(path('fixtures/allocators/scan.py'), join(folder, 'scan.py'));
    const env = { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1', ...environment };
    const file = join(into, 'vectors.json');
    return spawnSync('python3', [join(into, 'run.py'), file, 'scan', ...claims], { encoding: 'utf8', env });
  };
  const judged = (environment: object, ...claims: readonly string[]): readonly [number | null, string] =>
    words(runner(environment, ...claims));

  test('an allocator that is right passes, and is not asked for what it does not claim', () => {
    expect(judged({}, 'complete')).toEqual([0, expect.stringMatching(/^\d{3} vectors, 0 wrong$/u)]);
    expect(judged({}, 'complete', 'best-fit')[0]).toBe(1);
  });

  test('TAKE-8 · of one that claims range, blocks are asked for within a range', () => {
    const count = (...claims: readonly string[]): number => Number(judged({}, ...claims)[1].split(' ')[0]);
    expect(judged({}, 'complete', 'range')).toEqual([0, expect.stringMatching(/ vectors, 0 wrong$/u)]);
    expect(count('complete', 'range')).toBeGreaterThan(count('complete'));
  });

  test('SIZED-1, RESIZE-1, BULK-1 · one that claims these features is asked for them, and its faults are seen', () => {
    const all = ['complete', 'resize', 'sized', 'bulk'];
    expect(judged({}, ...all)).toEqual([0, expect.stringMatching(/^\d{4} vectors, 0 wrong$/u)]);
    for (const feature of ['resize', 'sized', 'bulk']) {
      const { status, stdout } = runner({ FAULT: feature }, ...all);
      expect([feature, status]).toEqual([feature, 1]);
      const wrong = stdout.split('\n').filter((line) => / at \S+, permitted: /u.test(line));
      expect(wrong.filter((line) => !line.includes(`/${feature}/`))).toEqual([]);
      expect(wrong).not.toEqual([]);
    }
  });

  test('boot memory passes, too; what is left out is counted, with the reason', () => {
    expect(judged({}, 'complete', 'boot')).toEqual([0, expect.stringMatching(/^\d{3} vectors, 0 wrong$/u)]);
    const { stdout } = runner({}, 'complete', 'boot');
    expect(stdout).toMatch(/^\d+ are left out: they need boot:misuse$/mu);
    expect(stdout).toMatch(/^\d+ are left out: they need machine$/mu);
    expect(runner({}, 'complete', 'machine').stdout).toMatch(
      /^\d+ are left out: they have a shape that yours cannot have$/mu,
    );
  });

  test('RETIRE-1 · boot memory that keeps its free pages does not', () => {
    const { status, stdout } = runner({ FAULT: '1' }, 'boot');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^RETIRE-1\/boot\/.* at bt0, permitted: h/mu);
  });

  test('TAKE-6 · one that never gets a block back does not', () => {
    expect(judged({ FAULT: '1' }, 'complete')).toEqual([1, expect.stringMatching(/^\d{3} vectors, [1-9]\d* wrong$/u)]);
  });
});
