/** Tests that the README shows what the command prints, and the example that is run. */

import { expect, test } from 'vitest';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

const ROOT = join(import.meta.dirname, '../../..');
const README = join(ROOT, 'README.md');
const COMMAND = ['conformance/harness/javascript/buddy-tree.js', '2.3.0'];
const TRANSCRIPT =
  /(<!-- transcript: .*\n\n```text\n\$ npx buddy-oracle (.*)\n)([^]*?)(\n```\n\n<!-- end: transcript -->)/;

/** The transcript without what the clock says. */
const timeless = (transcript: string): string => transcript.replace(/in [\d.]+ s/, 'in a while');

/** `npm run generate` sets this, and has the transcript written anew. */
const writes = process.env['BUDDY_ORACLE_GENERATE'] !== undefined;

test('USE-2 · the README opens with what the judge really prints', { timeout: 180_000 }, () => {
  const readme = readFileSync(README, 'utf8');
  const [, before = '', command, shown = '', after = ''] = TRANSCRIPT.exec(readme) ?? [];
  expect(command).toBe(`check -- node ${COMMAND.join(' ')}`);

  const cli = join(ROOT, 'dist/conformance/cli/main.js');
  const run = spawnSync(process.execPath, [cli, 'check', '--', 'node', ...COMMAND], { cwd: ROOT, encoding: 'utf8' });
  expect(run.status).toBe(1);
  const printed = run.stdout.trimEnd();
  if (writes)
    writeFileSync(
      README,
      readme.replace(TRANSCRIPT, () => before + printed + after),
    );
  else expect(timeless(shown)).toBe(timeless(printed));
});

test('USE-2 · the test that the README shows is the one that is run', () => {
  const readme = readFileSync(README, 'utf8');
  const example = readFileSync(join(ROOT, 'examples/allocator.test.ts'), 'utf8');
  expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``);
});
