/** Tests of `--exhaustive` in parts: what several went through is what one goes through. */
import { afterAll, expect, test } from 'vitest';
import { fixture, run, summaryOf } from '../command.ts';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { patience } from '../../arbitrary/campaign.ts';
import { tmpdir } from 'node:os';

const folder = mkdtempSync(`${tmpdir()}/exhaustive-`);
afterAll(() => rmSync(folder, { recursive: true }));

let written = 0;

/** Goes through each of some parts; returns the files with what they printed. */
async function parts(pages: string, count: number, harness: readonly string[]): Promise<readonly string[]> {
  const files: string[] = [];
  for (let nth = 1; nth <= count; nth++) {
    const ran = await run(['check', '--json', '--exhaustive', pages, '--shard', `${nth}/${count}`, ...harness]);
    files.push(`${folder}/${++written}`);
    writeFileSync(files.at(-1) ?? '', ran.stdout);
  }
  return files;
}

test('the parts go through all states together, and the whole is told', async () => {
  const files = await parts('8', 3, fixture('sound'));
  const merged = await run(['merge', ...files]);
  expect(merged.status).toBe(0);
  expect(merged.stdout).toMatch(
    /677 of 677 states, every order tried in each; [\d,]+ of 2,653 frees passed through\n$/u,
  );
  const [first = ''] = files;
  expect(readFileSync(first, 'utf8')).toContain('"exhausted":{"states":226,"ofStates":226,');
});

test('at 32 frames one state of each orbit is gone through', { timeout: 2 * patience }, async () => {
  const ran = await run(['check', '--exhaustive', '32', '--shard', '64/64']);
  expect(ran.status).toBe(0);
  expect(ran.stdout).toContain('\n40,594 of 40,594 states, one of each orbit, every order tried in each; ');
});

test('what a part finds is what the merged parts find', async () => {
  const files = await parts('4', 2, fixture('three-faults'));
  const merged = await run(['merge', '--json', ...files]);
  expect([merged.status, summaryOf(merged).verdict]).toEqual([1, 'diverges']);
});

test('parts of other sizes, or of states that do not add up, are no whole', async () => {
  const [four = ''] = await parts('4', 2, fixture('sound'));
  const [, two = ''] = await parts('2', 2, fixture('sound'));
  const foreign = await run(['merge', four, two]);
  expect([foreign.status, foreign.stderr]).toEqual([2, expect.stringContaining('its search is')]);

  const [whole = ''] = await parts('4', 1, fixture('sound'));
  writeFileSync(`${folder}/less`, readFileSync(whole, 'utf8').replaceAll('"ofStates":26', '"ofStates":25'));
  const less = await run(['merge', `${folder}/less`]);
  expect([less.status, less.stderr]).toEqual([2, expect.stringContaining('25 states together: all are 26')]);

  writeFileSync(`${folder}/odd`, readFileSync(whole, 'utf8').replaceAll('"exhaustive":4', '"exhaustive":5'));
  const odd = await run(['merge', `${folder}/odd`]);
  expect([odd.status, odd.stderr]).toEqual([2, expect.stringContaining('--exhaustive 5: there is none')]);
});
