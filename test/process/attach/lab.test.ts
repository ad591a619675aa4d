/** The assignment of examples/lab: its starter earns nothing, a wrong allocator what it does right, and the right one all points. */
import { TRIED, lacking } from './languages.ts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { end } from '../command.ts';
import { join } from 'node:path';
import { path } from '../started.ts';
import { spawn, spawnSync } from 'node:child_process';
import { patience } from '../../arbitrary/campaign.ts';
import { tmpdir } from 'node:os';
import { z } from 'zod';
import type { Ran } from '../command.ts';

vi.setConfig({ testTimeout: 2 * patience, hookTimeout: 2 * patience });

const LAB = path('../../examples/lab');
const HARNESS = path('../../conformance/harness/c');
const C = TRIED.find(({ language }) => language.name === 'c');
const missing = C === undefined ? 'there is no C' : lacking(C);

const folder = mkdtempSync(join(tmpdir(), 'lab-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Builds a program as the assignment says. */
function build(name: string, source: string): void {
  const flags = ['-g', '-std=c99', '-Wall', '-Wextra', '-Werror', '-I', HARNESS];
  const built = spawnSync('cc', [...flags, '-o', join(folder, name), source], { encoding: 'utf8' });
  expect(built.status, built.stderr).toBe(0);
}

const grade = (...args: readonly string[]): Promise<Ran> =>
  end(spawn(process.execPath, [join(LAB, 'grade.js'), ...args], { stdio: 'pipe' }));

const graded = z.object({
  verdict: z.string(),
  points: z.number(),
  of: z.number(),
  parts: z.array(
    z.object({
      title: z.string(),
      tasks: z.array(
        z.object({
          clause: z.string(),
          sentence: z.string(),
          state: z.enum(['earned', 'refuted', 'not seen']),
          points: z.number(),
          of: z.number(),
          facts: z.array(z.string()).optional(),
          unseen: z.array(z.string()).optional(),
          hint: z.string().optional(),
        }),
      ),
    }),
  ),
});

type Graded = z.infer<typeof graded>;
type Task = Graded['parts'][number]['tasks'][number];

async function gradedJson(
  name: string,
): Promise<Graded & { readonly status: number | null; readonly tasks: readonly Task[] }> {
  const { status, stdout } = await grade('--json', '--cases', '120', '--', join(folder, name));
  const read = graded.parse(JSON.parse(stdout));
  return { ...read, status, tasks: read.parts.flatMap(({ tasks }) => tasks) };
}

const stateOf = (tasks: readonly Task[], clause: string): string | undefined =>
  tasks.find((task) => task.clause === clause)?.state;

describe.skipIf(missing !== undefined)(`in C${missing === undefined ? '' : ` (${missing})`}`, () => {
  beforeAll(() => {
    const broken = join(folder, 'broken');
    cpSync(HARNESS, broken, { recursive: true });
    const { file, right, wrong } = C?.slip ?? { file: '', right: '', wrong: '' };
    const text = readFileSync(join(broken, file), 'utf8');
    expect(text).toContain(right);
    writeFileSync(join(broken, file), text.replace(right, wrong));
    build('starter', join(LAB, 'starter.c'));
    build('wrong', join(broken, 'attach.c'));
    build('right', join(HARNESS, 'attach.c'));
  });

  test('the starter compiles, is judged, and earns nothing', async () => {
    const { of, points, status, tasks, verdict } = await gradedJson('starter');
    expect([status, points, of, verdict]).toEqual([1, 0, 100, 'diverges']);
    expect(stateOf(tasks, 'TAKE-1')).toBe('not seen');
    expect(stateOf(tasks, 'TAKE-6')).toBe('refuted');
    expect(stateOf(tasks, 'MISUSE-6')).toBe('refuted');
  });

  test('a wrong one earns what it does right; each task that it lost has a reason, and a hint', async () => {
    const { points, status, tasks } = await gradedJson('wrong');
    expect(status).toBe(1);
    expect(points).toBeGreaterThan(0);
    expect(points).toBeLessThan(100);
    expect(stateOf(tasks, 'TAKE-1')).toBe('refuted');
    for (const { facts, hint, state, unseen } of tasks) {
      if (state === 'earned') continue;
      expect(hint).toMatch(/\?|\.$/u);
      expect((facts ?? unseen ?? []).length).toBeGreaterThan(0);
    }
  });

  test('the right one earns every point', async () => {
    const { of, points, status, tasks } = await gradedJson('right');
    expect(tasks.filter(({ state }) => state !== 'earned')).toEqual([]);
    expect([status, points, of]).toEqual([0, 100, 100]);
  });

  test('it ends when the time that it has is over, however many cases are left', async () => {
    const from = performance.now();
    const { stdout } = await grade('--json', '--time', '1', '--cases', '1000000', '--', join(folder, 'right'));
    expect(performance.now() - from).toBeLessThan(30_000); // without the option: a minute and more
    const states = graded.parse(JSON.parse(stdout)).parts.flatMap(({ tasks }) => tasks.map(({ state }) => state));
    expect(states).not.toContain('refuted');
  });

  test('as text, each clause has a line, and what is lost a hint', async () => {
    const { status, stdout } = await grade('--cases', '40', '--', join(folder, 'starter'));
    expect(status).toBe(1);
    expect(stdout).toContain('   0/10  TAKE-6   complete: refuted\n');
    expect(stdout).toContain('but here: the request was refused\n');
    expect(stdout).toContain('hint: If the list of an order is empty, where else can a block come from?');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('0 of 100 points (diverges)');
  });

  test('a program that dies before it says a word loses all, and the reason is there', async () => {
    writeFileSync(join(folder, 'dead.c'), 'int main(void) { return 3; }\n');
    build('dead', join(folder, 'dead.c'));
    const { points, tasks } = await gradedJson('dead');
    expect(points).toBe(0);
    expect(tasks.find(({ clause }) => clause === 'USE-3')?.facts).toEqual([
      'exited with status 3 before it answered hello',
    ]);
  });

  test('one that aborts is told by which signal', async () => {
    const text = readFileSync(join(LAB, 'starter.c'), 'utf8');
    writeFileSync(join(folder, 'aborts.c'), text.replace('return oracle_refused();', 'abort();'));
    build('aborts', join(folder, 'aborts.c'));
    const { tasks } = await gradedJson('aborts');
    expect(tasks.find(({ clause }) => clause === 'USE-2')?.facts).toEqual(['killed by SIGABRT']);
  });
});

test('without a program it says how it is called', async () => {
  const { status, stderr } = await grade('--json');
  expect([status, stderr]).toEqual([2, 'grade.js: no program is named: node grade.js -- ./allocator\n']);
});
