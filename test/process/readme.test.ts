import { expect, test } from 'vitest';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

const ROOT = join(import.meta.dirname, '../..');
const COMMAND = ['conformance/harness/javascript/buddy-tree.js', '2.3.0'];

/** The session without what the clock says. */
const timeless = (session: string): string => session.replace(/in [\d.]+ s, [\d,]+ judged a second/, 'in a while');

test('USE-2 · the README opens with what the judge really prints', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const shown = /<!-- session: .*\n\n```text\n\$ npx buddy-oracle (.*)\n([^]*?)\n```\n\n<!-- end: session -->/.exec(
    readme,
  );
  expect(shown?.[1]).toBe(`check -- node ${COMMAND.join(' ')}`);

  const cli = join(ROOT, 'dist/conformance/cli.js');
  const run = spawnSync(process.execPath, [cli, 'check', '--', 'node', ...COMMAND], { cwd: ROOT, encoding: 'utf8' });
  expect(run.status).toBe(1);
  expect(timeless(shown?.[2] ?? '')).toBe(timeless(run.stdout.trimEnd()));
});
