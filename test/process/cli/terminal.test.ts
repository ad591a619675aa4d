/** Tests of what a run shows at a terminal, and of what it keeps from a pipe. */
import { expect, test } from 'vitest';
import { path } from '../started.ts';
import { fixture } from '../command.ts';
import { spawnSync } from 'node:child_process';
import type { SpawnSyncReturns } from 'node:child_process';

const CLI = path('../../dist/conformance/cli/main.js');
const ESCAPE = '\u001b';
const ERASED = `\r${ESCAPE}[K`;
/** A colour, or another way to stand out. */
const STYLED = new RegExp(`${ESCAPE}\\[[\\d;]+m`, 'u');

type Environment = Readonly<Record<string, string | undefined>>;

/** What says anything of colours. */
const SAYS = ['CI', 'FORCE_COLOR', 'NODE_DISABLE_COLORS', 'NO_COLOR'];

/** Returns this process's environment without what says anything of colours, and with what is given. */
function environment(given: Environment): NodeJS.ProcessEnv {
  const rest = Object.entries(process.env).filter(([name]) => !SAYS.includes(name));
  return { ...Object.fromEntries(rest), TERM: 'xterm-256color', ...given };
}

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' ');

/** Runs the command at a pseudo terminal of so many columns; what it printed, on stdout and stderr. */
function atTerminal(columns: number, args: readonly string[], given: Environment = {}): string {
  const shell = `stty cols ${columns} rows 24; exec ${quoted([process.execPath, CLI, ...args])}`;
  const ran = spawnSync('script', ['-qec', shell, '/dev/null'], { encoding: 'utf8', env: environment(given) });
  if (ran.error !== undefined) throw ran.error;
  return ran.stdout;
}

/** Runs the command in a pipe. */
const inPipe = (args: readonly string[], given: Environment = {}): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', env: environment(given) });

const isThere = spawnSync('script', ['--version']).error === undefined;

const SOME = ['check', '--kind', 'buddy', '--time', '2'];
const FEW = ['check', '--kind', 'buddy', '--cases', '20'];

test.skipIf(!isThere)('at a terminal, one line is drawn again and again, and is gone at the end', () => {
  const printed = atTerminal(80, SOME);
  const [, ...drawn] = printed.split(ERASED);
  const lines = drawn.slice(0, -1).map((line) => line.replaceAll(new RegExp(STYLED, 'gu'), ''));
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) {
    expect(line).toMatch(/^buddy system · [\d,]+ cases · 0 found · 0:0\d left/u);
    expect(line.length).toBeLessThan(80);
  }
  expect(lines.at(-1)).toMatch(/· [\d,]+ ops\/s/u);
  expect(drawn.at(-1)).toMatch(/[\d,]+ cases, [\d,]+ operations in \d\.\d s/u);
});

test('in a pipe there is no line, but the numbers at the end', () => {
  const { stderr, stdout } = inPipe(FEW);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/20 cases, [\d,]+ operations in \d+\.\d s/u);
  expect(stdout).not.toContain(ESCAPE);
  const wrong = inPipe([...FEW, ...fixture('three-faults')]);
  expect(wrong.stdout).toMatch(/^[A-Z]+-\d+ \(.*\) refuted at/mu);
  expect(wrong.stdout + wrong.stderr).not.toContain(ESCAPE);
});

test.skipIf(!isThere)('a terminal that cannot draw a line again gets none', () => {
  expect(atTerminal(80, FEW, { TERM: 'dumb' })).not.toContain(ESCAPE);
});

test.skipIf(!isThere)('a terminal has colours unless NO_COLOR is set', () => {
  expect(atTerminal(80, FEW)).toMatch(STYLED);
  const plain = atTerminal(80, FEW, { NO_COLOR: '1' });
  expect(plain).toContain(ERASED);
  expect(plain).not.toMatch(STYLED);
});

test('a pipe has colours if FORCE_COLOR is set', () => {
  const { stderr, stdout } = inPipe(FEW, { FORCE_COLOR: '1' });
  expect([stderr, STYLED.test(stdout)]).toEqual(['', true]);
});

test.skipIf(!isThere)('a picture is as wide as the terminal permits', () => {
  const wrong = [...FEW, '--pages', '64', '--no-claim', 'capacity', '--time', '5', ...fixture('three-faults')];
  for (const [columns, frames] of [
    [40, 8],
    [100, 32],
    [300, 64],
  ] as const) {
    const rows = atTerminal(columns, wrong)
      .split('\r\n')
      .filter((line) => /^ *\d+ \|/u.test(line));
    expect(rows.length).toBeGreaterThan(0);
    expect(Math.max(...rows.map((row) => row.trim().length))).toBeLessThanOrEqual(columns);
    expect(Math.max(...rows.map((row) => (row.slice(row.indexOf('|')).length - 1) / 2))).toBeLessThanOrEqual(frames);
  }
});
