/** Results as JUnit XML, as Jenkins and GitLab read it. */
import { counted, inMarkup } from '../../show.ts';
import { bodyOf, headOf } from './results.ts';
import type { Result, Results, Standing } from './results.ts';

/** What XML 1.0 cannot hold, even escaped. */
const FORBIDDEN = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;

const escaped = (text: string): string => inMarkup(text.replaceAll(FORBIDDEN, '\ufffd'));

const attribute = (text: string): string => escaped(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');

/** The element of a test case that says how it stands; a pass has none. */
const ELEMENT: Readonly<Record<Standing, 'failure' | 'error' | 'skipped' | undefined>> = {
  passed: undefined,
  failed: 'failure',
  broken: 'error',
  open: 'error',
  skipped: 'skipped',
};

function testCase(result: Result): string {
  const { cases, claims, kind, operations, seconds, standing, title, verdict } = result;
  const element = ELEMENT[standing];
  const said = `${counted(cases, 'case')}, ${counted(operations, 'operation')}; judged: ${['always', ...claims].join(', ')}`;
  const head = `<testcase classname="buddy-oracle.${attribute(kind)}" name="${attribute(title)}" time="${seconds.toFixed(3)}">`;
  const message = `message="${attribute(headOf(result))}"`;
  const type = element === 'skipped' ? '' : ` type="${verdict}"`;
  return [
    `    ${head}`,
    ...(element === undefined
      ? []
      : [`      <${element} ${message}${type}>${escaped(bodyOf(result).join('\n'))}</${element}>`]),
    `      <system-out>${escaped(said)}</system-out>`,
    '    </testcase>',
  ].join('\n');
}

/** Returns a report in which each kind is a test case. What is inconclusive, or could not be judged, is an error. */
export function junit({ results, seed, subject }: Results): string {
  const count = (element: string): number => results.filter(({ standing }) => ELEMENT[standing] === element).length;
  const time = results.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3);
  const counts = `tests="${results.length}" failures="${count('failure')}" errors="${count('error')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="buddy-oracle" ${counts} time="${time}">`,
    `  <testsuite name="${attribute(subject)}" ${counts} skipped="${count('skipped')}" time="${time}">`,
    `    <properties><property name="seed" value="${seed}"/></properties>`,
    ...results.map(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
