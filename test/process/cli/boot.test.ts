/** Tests of the command `boot`. */
import { expect, test } from 'vitest';
import { run } from '../command.ts';

const LOG = `BIOS-e801: 0000000000000000 - 000000000009f000 (usable)
BIOS-e801: 0000000000100000 - 0000000002000000 (usable)
On node 0 totalpages: 8192
`;

test('a log is started, and its status says whether the sizes are those that it has', async () => {
  const agrees = await run(['boot', '-'], LOG);
  expect([agrees.status, agrees.stderr]).toEqual([0, '']);
  expect(agrees.stdout).toMatch(/DMA +4,096 from 0 +marks 32\/64\/96, 3,486 free/u);
  expect(agrees.stdout).toContain('pages in all: 8192 (SIZE-1) agrees');

  const differs = await run(['boot', '-'], LOG.replace('8192', '8193'));
  const line = 'pages in all: 8193, here 8192 (SIZE-1) differs';
  expect([differs.status, differs.stdout]).toEqual([1, expect.stringContaining(line)]);

  // with another limit it is another machine
  const other = await run(['boot', '-', '--mem', '16M'], LOG);
  expect(other.status).toBe(0);
  expect(other.stdout).not.toContain('against what the kernel printed');

  const kept = await run(['boot', '-', '--json', '--keep', 'initrd=217K@0x1f00000'], LOG);
  expect(kept.stdout).toContain('{"name":"initrd","from":32505856,"end":32728064}');
});

test.each([
  [['boot', '-'], 'nothing of the kind', 'is of a table of memory'],
  [['boot', '/no/such'], '', 'cannot be read'],
  [['boot', '-'], '{"usable":1}', 'usable: '],
  [['boot', '-', '--mem', 'much'], LOG, 'a number of bytes such as'],
  [['boot', '-', '--keep', 'initrd'], LOG, 'It must be NAME=SIZE@START'],
  [['boot', '-', '--mem', '4K'], LOG, ': '],
])('%j of %j is refused', async (words, text, why) => {
  const ran = await run(words, text);
  expect([ran.status, ran.stdout]).toEqual([2, '']);
  expect(ran.stderr).toContain(why);
});
