/** Tests of the formats for CI systems, on results that are made by hand and as hostile as they can be. */
import { annotations, badge, stepSummary } from '../../../conformance/judge/report/github.ts';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { junit } from '../../../conformance/judge/report/junit.ts';
import { sarif } from '../../../conformance/judge/report/sarif.ts';
import type { Result, Results } from '../../../conformance/judge/report/results.ts';

const passed: Result = {
  kind: 'buddy',
  title: 'buddy system',
  verdict: 'conforms',
  standing: 'passed',
  seconds: 1.5,
  cases: 3,
  operations: 40,
  claims: ['complete'],
  refuted: undefined,
  because: [],
  description: [],
  replay: '',
};
const refuted: Result = {
  ...passed,
  kind: 'boot',
  title: 'boot memory',
  verdict: 'diverges',
  standing: 'failed',
  refuted: { clause: 'BOOT-9', property: 'boot-aligned', sentence: 'Granted memory is aligned.', place: 'bytes 1, 2' },
  because: ['it was "<granted>" & 100%', 'it is ```no``` multiple'],
  replay: "echo '::error::' | replay",
};
const crashed: Result = {
  ...passed,
  verdict: 'crash',
  standing: 'failed',
  because: ['killed\u0001 by \ud800 SIGSEGV'],
};
const unseen: Result = { ...passed, verdict: 'inconclusive', standing: 'open', because: ['not exercised: refusal'] };
const absent: Result = { ...passed, verdict: 'not-applicable', standing: 'skipped', because: ['no nodes here'] };

const of = (...results: readonly Result[]): Results => ({
  subject: 'mine | <b>',
  verdict: 'diverges',
  seed: 7,
  results,
});

test('JUnit: each kind is a test case, and what is no pass has its element', () => {
  const text = junit(of(passed, refuted, unseen, absent));
  const counts = 'tests="4" failures="1" errors="1"';
  expect(text).toContain(`<testsuites name="buddy-oracle" ${counts} time="6.000">`);
  expect(text).toContain(`<testsuite name="mine | &lt;b&gt;" ${counts} skipped="1" time="6.000">`);
  expect(text).toContain('<failure message="BOOT-9 (boot-aligned) refuted at bytes 1, 2" type="diverges">');
  expect(text).toContain(
    '<error message="buddy system: inconclusive" type="inconclusive">not exercised: refusal</error>',
  );
  expect(text).toContain('<skipped message="buddy system: not-applicable">no nodes here</skipped>');
  expect(text.match(/<testcase /gu)).toHaveLength(4);
});

test('JUnit: nothing in a text ends an element, and what XML cannot hold is replaced', () => {
  expect(junit(of(refuted))).toContain('it was &quot;&lt;granted&gt;&quot; &amp; 100%, but it is ```no``` multiple');
  expect(junit(of(crashed))).toContain('killed\ufffd by \ufffd SIGSEGV');
});

const local = createRequire(import.meta.url);
const validator = createRequire(local.resolve('@microsoft/jest-sarif'));

/** What the schema of SARIF 2.1.0 objects to in a log. */
function objections(log: unknown): unknown {
  const Ajv = validator('ajv') as new (options: object) => {
    addMetaSchema: (schema: unknown) => void;
    compile: (schema: unknown) => ((value: unknown) => boolean) & { errors: unknown };
  };
  const ajv = new Ajv({ schemaId: 'auto', unknownFormats: 'ignore' });
  ajv.addMetaSchema(validator('ajv/lib/refs/json-schema-draft-04.json'));
  const validate = ajv.compile(validator('./schemas/sarif-2.1.0-rtm.5.json'));
  return validate(log) ? null : validate.errors;
}

test('SARIF: the schema of 2.1.0 accepts every log, and not any', () => {
  expect(objections(sarif(of(passed, refuted, crashed, unseen, absent)))).toBeNull();
  expect(objections(sarif(of(passed)))).toBeNull();
  expect(objections({ version: '2.1.0', runs: [{ results: [] }] })).not.toBeNull();
});

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number; readonly level: string }[];
    readonly properties: { readonly resultsWithoutLocation: number };
  }[];
}

test('SARIF: a rule for each clause, and results without a place are counted', () => {
  const [run] = (sarif(of(passed, refuted, crashed, unseen, refuted)) as Log).runs;
  expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(['BOOT-9', 'crash', 'inconclusive']);
  expect(run?.results.map(({ level, ruleIndex }) => [ruleIndex, level])).toEqual([
    [0, 'error'],
    [1, 'error'],
    [2, 'none'],
    [0, 'error'],
  ]);
  expect(run?.properties.resultsWithoutLocation).toBe(2);
});

test('GitHub: one workflow command a line, and nothing in it ends it', () => {
  const lines = annotations(of(passed, refuted, unseen))
    .trimEnd()
    .split('\n');
  expect(lines.map((line) => /^::(\w+) title=[^:,]*::/u.exec(line)?.[1])).toEqual(['error', 'warning']);
  expect(lines[0]).toContain('title=mine | <b>%3A BOOT-9 (boot-aligned) refuted at bytes 1%2C 2::');
  expect(lines[0]).toContain('& 100%25, but');
});

test('GitHub: the summary has a row for each kind; texts are neither tables nor HTML, and do not end their block', () => {
  const text = stepSummary(of(passed, refuted));
  expect(text).toContain('## mine &#124; &#60;b&#62;: diverges');
  expect(text).toContain('| buddy system | conforms | 3 | 40 |');
  expect(text).toContain('\n````\nit was');
});

test('a badge says the verdict', () => {
  expect(badge(of(refuted))).toEqual({ schemaVersion: 1, label: 'buddy-oracle', message: 'diverges', color: 'red' });
});
