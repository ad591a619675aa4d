/** Results as GitHub Actions shows them: annotations of a run, and the summary of a step; and a badge. */
import { bodyOf, headOf } from './results.ts';
import { standingOf } from './results.ts';
import type { Result, Results, Standing } from './results.ts';

/** Escapes what would end a workflow command, or be read as one. */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const COMMAND: Readonly<Record<Standing, 'error' | 'warning' | undefined>> = {
  passed: undefined,
  failed: 'error',
  broken: 'error',
  open: 'warning',
  skipped: undefined,
};

/** Returns a workflow command for each result that is no pass, one a line. */
export const annotations = ({ results, subject }: Results): string =>
  results
    .flatMap((one) => {
      const command = COMMAND[one.standing];
      if (command === undefined) return [];
      return [`::${command} title=${property(`${subject}: ${headOf(one)}`)}::${data(bodyOf(one).join('\n'))}\n`];
    })
    .join('');

/** Escapes text for Markdown, where it may hold HTML and tables. */
const plain = (text: string): string =>
  text.replaceAll(/[\\`*_{}[\]()#+!|<>&~]/gu, (one) => `&#${one.codePointAt(0) ?? 0};`).replaceAll('\n', ' ');

/** Returns lines as a block of code that they cannot end. */
function fenced(lines: readonly string[]): readonly string[] {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/gu) ?? []).map(({ length }) => length)));
  const fence = '`'.repeat(longest + 1);
  return [fence, ...lines, fence];
}

const section = (result: Result): readonly string[] =>
  result.standing === 'passed' || result.standing === 'skipped'
    ? []
    : ['', `### ${plain(headOf(result))}`, '', ...fenced(bodyOf(result))];

/** Returns the summary of a step, in Markdown. */
export function stepSummary({ results, subject, verdict }: Results): string {
  const rows = results.map(
    ({ cases, operations, title, verdict: one }) => `| ${plain(title)} | ${one} | ${cases} | ${operations} |`,
  );
  return [
    `## ${plain(subject)}: ${verdict}`,
    '',
    '| kind | verdict | cases | operations |',
    '| --- | --- | ---: | ---: |',
    ...rows,
    ...results.flatMap(section),
    '',
    '',
  ].join('\n');
}

const COLOUR: Readonly<Record<Standing, string>> = {
  passed: 'brightgreen',
  failed: 'red',
  broken: 'lightgrey',
  open: 'yellow',
  skipped: 'lightgrey',
};

/** Returns a badge as shields.io reads it from an endpoint. */
export const badge = ({ verdict }: Results): object => ({
  schemaVersion: 1,
  label: 'buddy-oracle',
  message: verdict,
  color: COLOUR[standingOf(verdict)],
});
