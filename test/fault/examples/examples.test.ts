/**
 * Tests of the mutants of the examples: that the list of those which are permitted is about lines that there are, and, if
 * BUDDY_ORACLE_EXAMPLES names languages or is `all`, that the judge refutes every other one. All of them take hours.
 */
import { LANGUAGES, harnesses } from '../../../conformance/cli/write/languages.ts';
import { afterAll, expect, test } from 'vitest';
import { isAbout, pageOf, tryExample } from './tried.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { PERMITTED } from './permitted.ts';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { placedIn } from '../../../conformance/audit/mutants/run.ts';
import type { Example } from './tried.ts';

const folder = mkdtempSync(join(tmpdir(), 'examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('every entry of the list is about a mutant, and has a reason', () => {
  for (const { example, folder: of, name } of LANGUAGES) {
    const mutants = placedIn(join(harnesses(), of), [example[0]]);
    for (const one of PERMITTED.filter(({ language }) => language === name)) {
      expect(
        mutants.some((mutant) => isAbout(one, mutant, name)),
        one.line,
      ).toBe(true);
    }
  }
  const names = LANGUAGES.map(({ name }) => name);
  expect(PERMITTED.filter(({ language, reason }) => !names.includes(language) || reason.length < 20)).toEqual([]);
});

const counts = { refuted: 3, survived: 1, alike: 2, 'not built': 4 };
const one: Example = { language: 'go', counts, left: 0, survivors: [{ what: '`x`: y becomes z', reason: undefined }] };

test('the page is written of a whole run alone, and names what nobody explains', () => {
  expect(pageOf([one], 2)).toBeUndefined();
  expect(pageOf([{ ...one, left: 1 }], 1)).toBeUndefined();
  expect(pageOf([one], 1)).toContain('| go | 3 | 4 | 2 | 0 | 1 |');
  expect(pageOf([one], 1)).toContain('- go, `x`: y becomes z. **Not explained.**');
  const explained = { ...one, survivors: [{ what: '`x`: y becomes z', reason: 'it may' }] };
  expect(pageOf([explained], 1)).toContain('| go | 3 | 4 | 2 | 1 | 0 |');
});

const wanted = (process.env['BUDDY_ORACLE_EXAMPLES'] ?? '').split(',');
const chosen = LANGUAGES.filter(({ name }) => wanted.includes('all') || wanted.includes(name));
const HOURS = 3_600_000;

test.runIf(chosen.length > 0)(
  'the judge refutes every mutant of an example that is not alike, or permitted',
  { timeout: 12 * HOURS },
  async () => {
    const examples: Example[] = [];
    for (const language of chosen) {
      const tried = await tryExample(language, folder, { seconds: 20, jobs: availableParallelism() });
      process.stderr.write(`${language.name}: ${JSON.stringify(tried, undefined, 2)}\n`);
      examples.push(tried);
    }
    const page = pageOf(examples, LANGUAGES.length);
    if (page !== undefined) writeFileSync(new URL('EXAMPLES.md', import.meta.url), page);
    expect(examples.flatMap(({ survivors }) => survivors.filter(({ reason }) => reason === undefined))).toEqual([]);
  },
);
