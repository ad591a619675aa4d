/** The command `trace`: files, pipes, records, and its exit status. */
import { expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../command.ts';
import { RECORDED } from '../../unit/trace/judged.ts';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

const folder = mkdtempSync(join(tmpdir(), 'trace-'));
const recorded = (name: string): string =>
  fileURLToPath(new URL(`../../unit/trace/recorded/${name}.gz`, import.meta.url));

/** Writes a file and returns its path. */
function file(name: string, bytes: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

test('a recording conforms, and its buddy system is replayed exactly', async () => {
  const args = ['trace', '--free', recorded('huge-pages-split.free.txt'), recorded('huge-pages-split.txt')];
  const { status, stderr, stdout } = await run(args);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('trace: conforms');
  expect(stdout).toContain('each block as the allocator of 2.6 takes and joins it');
  const record = JSON.parse((await run([...args, '--json'])).stdout.trimEnd().split('\n').at(-1) ?? '') as object;
  expect(record).toMatchObject({ record: 'summary', complete: true, verdict: 'conforms', faults: 0 });
});

test('a trace of several chunks is read to its end, from a file, a pipe and gzip alike', async () => {
  // nothing but frees: the same again is no fault
  const frees = RECORDED.split('\n')
    .filter((line) => line.includes(' mm_page_free: '))
    .join('\n');
  const text = `${frees}\n`.repeat(4);
  expect(text.length).toBeGreaterThan(3 * 2 ** 20);
  const events = async (args: readonly string[], input = ''): Promise<unknown> => {
    const last = (await run(['trace', '--json', ...args], input)).stdout.trimEnd().split('\n').at(-1) ?? '{}';
    return (JSON.parse(last) as { events?: unknown }).events;
  };
  expect(await events([file('a.txt', text)])).toBe(4 * 10069);
  expect(await events(['-'], text)).toBe(4 * 10069);
  expect(await events([file('a.gz', gzipSync(text))])).toBe(4 * 10069);
});

test('two lives that overlap end with status 1, and two lines that cannot both be', async () => {
  const line = (pfn: string): string => `  wk-1 [000] ..... 5: mm_page_alloc: page=1 pfn=${pfn} order=1`;
  const { status, stdout } = await run(['trace', '-'], `${line('0x10')}\n${line('0x10')}\n`);
  expect(status).toBe(1);
  expect(stdout).toContain('TAKE-4 refuted on processor 0:');
  expect(stdout).toContain('line 2 grants order 1 at 0x10');
});

test.each([
  [['trace', '-'], 'nothing\n', 2, /no event in 1 lines/],
  [['trace', '/nonexistent'], '', 2, /cannot be read/],
  [['trace', '--free', '-', '-'], 'x\n', 2, /line 1 of - is no "frame order"/],
  [['trace', '-'], '  wk-1 [000] ..... 5: mm_page_free: page=1 pfn=0x10 order=0\n', 5, /^$/],
])('%j ends with its status and at most one line', async (args, input, expected, said) => {
  const { status, stderr } = await run(args, input);
  expect([status, stderr.trimEnd().split('\n').length]).toEqual([expected, 1]);
  expect(stderr).toMatch(said);
});

test('a packed trace that was cut is judged as far as it goes, and says so', async () => {
  const packed = readFileSync(recorded('huge-pages-split.txt'));
  const { status, stderr, stdout } = await run([
    'trace',
    '--json',
    file('cut.gz', packed.subarray(0, packed.length >> 1)),
  ]);
  const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as object;
  expect(last).toMatchObject({ complete: false, verdict: 'inconclusive' });
  expect([status, stderr.trimEnd().split('\n').length]).toEqual([5, 1]);
});

/** Returns the most memory that a process had, in bytes, while it judged a trace. */
function memoryFor(trace: string): number {
  const says = 'data:text/javascript,process.on("exit",()=>console.error(process.resourceUsage().maxRSS))';
  const cli = fileURLToPath(new URL('../../../dist/conformance/cli/main.js', import.meta.url));
  const { stderr } = spawnSync(process.execPath, ['--import', says, cli, 'trace', '-'], { input: trace });
  return 1024 * Number(/(\d+)\s*$/u.exec(stderr.toString())?.[1]);
}

test.each([
  ['a machine of 16 GiB', 2 ** 22, 9, 512],
  ['frames far apart, each alone in its neighbourhood', 2 ** 18, 0, 1001],
])('%s: 12 bytes a frame, and 64 MiB', (_, frames, order, apart) => {
  const lines = Array.from(
    { length: frames / 2 ** order },
    (__, n) => `{"op":"alloc","order":${order},"pfn":${n * apart}}\n`,
  );
  const more = memoryFor(lines.join('')) - memoryFor(lines[0] ?? '');
  expect(more).toBeLessThanOrEqual(12 * frames + 64 * 2 ** 20);
});
