import { expect, test, vi } from 'vitest';
import { SHAPE, THREE, numberAfter, started } from '../started.ts';

test('what left the group and holds the pipes is named in the failure, and not waited for', async () => {
  const subject = await started('runaway');
  await subject.open(SHAPE);
  const failure = await subject.run(THREE);
  if (!('kind' in failure)) throw new Error('it answered');
  const runaway = numberAfter('runaway', failure.stderr);
  const name = `buddy-oracle: process ${runaway} (node) left the group of the harness and still holds its stdout, stderr\n`;
  process.kill(runaway, 'SIGKILL');
  expect(failure.stderr).toBe(`pid ${subject.pid}\nrunaway ${runaway}\n${name}`);
});

test('if the harness ends well, it is named on stderr', async () => {
  const subject = await started('hostile/daemon');
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    expect(await subject.close()).toBeUndefined();
    const [[text]] = said.mock.calls as [[string]];
    expect(text).toMatch(
      /^buddy-oracle: process \d+ \(node\) left the group of the harness and still holds its stdout\n$/,
    );
    process.kill(Number(/\d+/.exec(text)?.[0]), 'SIGKILL');
    expect(said).toHaveBeenCalledOnce();
  } finally {
    said.mockRestore();
  }
});

test('the end of stderr is fit to be shown, line by line', async () => {
  const subject = await started('hostile/obscene');
  await subject.open(SHAPE);
  const failure = await subject.run(THREE);
  if (!('kind' in failure)) throw new Error('it answered');
  const words = '\\u{1b}[2Jred\n\\u{9b}\\u{202e}\\u{2028}\ttab\n\ufffd\ufffd\\u{0}';
  expect(failure.stderr).toBe(`pid ${subject.pid}\n${words}`);
});
