/** Tests that boot memory is judged over a pipe. */
import { expect, test } from 'vitest';
import { fixture, run } from '../command.ts';
import { path } from '../started.ts';

const FEW = ['--kind', 'boot', '--cases', '40', '--ops', '30'];

interface BootSummary {
  readonly verdict: string;
  readonly clause?: string;
  readonly case?: { readonly init: { readonly boot: readonly unknown[] }; readonly run: string };
  readonly missing?: readonly string[];
  readonly sometimes: Readonly<Record<string, number>>;
}

const summaryOf = (stdout: string): BootSummary => JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as BootSummary;

test('BOOT-12, RETIRE-1 · a small boot allocator, the example of the harness, conforms', async () => {
  const { status, stdout } = await run([
    'check',
    '--json',
    ...FEW,
    '--',
    'node',
    path('../../conformance/harness/javascript/boot.js'),
  ]);
  const boot = summaryOf(stdout);
  expect([status, boot.verdict, boot.missing]).toEqual([0, 'conforms', undefined]);
  expect(boot.sometimes['granted']).toBeGreaterThan(50);
});

test("FIT-1, BOOT-7 · this project's own conforms over a pipe, placement and misuse included", async () => {
  const { status, stdout } = await run(['check', '--json', ...FEW, ...fixture('bootmem')]);
  const boot = summaryOf(stdout);
  expect([status, boot.verdict, boot.missing]).toEqual([0, 'conforms', undefined]);
  expect(boot.sometimes['rejected']).toBeGreaterThan(20);
});

test.each([
  ['overlaps', 'BOOT-10', 4],
  ['unaligned', 'BOOT-9', 2],
  ['refuses', 'BOOT-12', 2],
  ['silent', 'BOOT-5', 1],
  ['loses', 'RETIRE-1', 1],
  ['twice', 'RETIRE-1', 1],
  ['backwards', 'RETIRE-2', 3],
  ['lives', 'RETIRE-4', 2],
  ['accepts', 'BOOT-4', 2],
  ['nonsense', 'USE-3', 1],
  ['lowest', 'FIT-1', 2],
])('a harness that %s is refuted by %s, in at most %s commands, and the case replays', async (fault, clause, most) => {
  const { status, stdout } = await run(['check', '--json', ...FEW, ...fixture('bootmem', fault)]);
  const boot = summaryOf(stdout);
  expect([status, boot.verdict, boot.clause]).toEqual([1, 'diverges', clause]);
  expect(boot.case?.run.split(' ').length).toBeLessThanOrEqual(most);
  const saved = JSON.stringify(boot.case);
  const replayed = await run(['replay', '--json', '-', ...fixture('bootmem', fault)], saved);
  expect([replayed.status, summaryOf(replayed.stdout).clause]).toEqual([1, clause]);
  expect((await run(['replay', '-', ...fixture('bootmem')], saved)).status).toBe(0);
});

test('a harness that ends where it is retired crashes', async () => {
  const { status, stdout } = await run(['check', ...FEW, ...fixture('bootmem', 'crashes')]);
  expect(status).toBe(1);
  expect(stdout).toContain('crash: exited with status');
  expect(stdout).toContain('at operation 1: retire node 0');
  expect(stdout).toMatch(/as short as it could be made\n {2}node 0: .*\n {2}bt0 {3}\(1 operation\)\n/u);
});
