/** The command `explain`: what it prints, its records, and its exit status. */
import { expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../command.ts';
import { textOf } from '../../unit/explain/texts.ts';
import { tmpdir } from 'node:os';

const folder = mkdtempSync(join(tmpdir(), 'explain-'));

/** Writes a file and returns its path. */
function file(name: string, bytes: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

test('a refusal is explained, from a file, a pipe and gzip alike', async () => {
  const text = textOf('failure-arm');
  const plain = await run(['explain', file('a.txt', text)]);
  expect([plain.status, plain.stderr]).toEqual([0, '']);
  expect(plain.stdout).toContain('554 - 493 * 1 = 61 <= 135 / 2 = 67');
  expect(plain.stdout).toContain('verdict: agrees');
  expect(await run(['explain', '-'], text)).toEqual(plain);
  expect(await run(['explain', file('a.gz', gzipSync(text))])).toEqual(plain);
});

test('records end with a summary', async () => {
  const { status, stdout } = await run(['explain', '--json', '-'], textOf('killer-syslog'));
  const records = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(status).toBe(0);
  expect(records.at(-1)).toMatchObject({ record: 'summary', complete: true, verdict: 'agrees', rule: '2.6.24' });
  expect(records.filter(({ record }) => record === 'tried').map(({ zone }) => zone)).toEqual(['Normal', 'DMA']);
});

test.each([
  [['explain', '-'], 'Nothing of interest.\n', 2, /nothing to explain: none of its 1 lines/],
  [['explain', '-'], '', 2, /nothing to explain/],
  [['explain', '-'], '\u0000\u0001\u0002', 2, /nothing to explain/],
  [['explain', '--nth', '2', '-'], textOf('failure-arm'), 2, /it has 1 dumps/],
  [['explain', '--mode', 'x', '-'], '', 2, /a mask such as 0x20/],
  [['explain', '--order', '31', '-'], '', 2, /from 0 to 30/],
  [['explain', '/nonexistent\u001b[31m'], '', 2, /\\u\{1b\}\[31m cannot be read/],
  [['explain', '/'], '', 2, /cannot be read/],
  [['explain', '-'], textOf('later-journal'), 5, /^$/],
  [['explain', '-'], textOf('sysrq-broken-at-80'), 1, /^$/],
  [['demo', 'buddyinfo', '-'], textOf('buddyinfo-stamps'), 0, /^$/],
])('%j ends with its status and at most one line', async (args, input, expected, said) => {
  const { status, stderr } = await run(args, input);
  expect(status).toBe(expected);
  expect(stderr).toMatch(said);
  if (status !== 2 || !args.some((arg) => arg.startsWith('--'))) expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('a packed file that was cut is refused in one line', async () => {
  const packed = gzipSync(textOf('failure-arm'));
  const { status, stderr } = await run(['explain', file('cut.gz', packed.subarray(0, packed.length - 20))]);
  expect([status, stderr.trimEnd().split('\n').length]).toEqual([2, 1]);
});

test('a question is answered in place of the request', async () => {
  const { status, stdout } = await run(['explain', '--order', '5', '--mode', '0x1f0', '-'], textOf('sysrq-32m'));
  expect(status).toBe(0);
  expect(stdout).toContain('verdict: refused');
  expect(stdout).toContain('51 <= 32 + 32 of Normal = 64');
});
