/** The audit of harnesses, and tests that see it fail. */

import { MOST_HARNESS_LINES, auditHarnesses } from './harnesses.ts';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../conformance/cli/write/languages.ts';
import { LONG_HARNESSES } from '../known.ts';
import { committed } from '../prose/text.ts';
import { show } from '../tree.ts';

test('a harness has at most 200 lines of at most 120 characters, or a limit of its own', () => {
  const texts = committed();
  const places = LANGUAGES.map(({ folder, files: [harness] }) => `conformance/harness/${folder}/${harness}`);
  const harnesses = new Map(places.map((place) => [place, texts.get(place) ?? expect.fail(place)]));
  expect(auditHarnesses(harnesses, LONG_HARNESSES).map(show)).toEqual([]);
  expect(Object.values(LONG_HARNESSES).filter(({ reason }) => reason.length < 20)).toEqual([]);
});

const lines = (count: number): string => '//\n'.repeat(count);
const found = (text: string, own?: readonly [lines: number, wide: number]): readonly string[] => {
  const longer = own === undefined ? {} : { 'a.c': { lines: own[0], wide: own[1], reason: '' } };
  return auditHarnesses(new Map([['a.c', text]]), longer).map(show);
};

test('one that is longer than its limit is found, and one that is shorter than a limit of its own', () => {
  expect(found(lines(MOST_HARNESS_LINES))).toEqual([]);
  expect(found(lines(201))).toEqual(['a.c: has 201 lines, not 200']);
  expect(found(lines(250), [250, 0])).toEqual([]);
  expect(found(lines(251), [250, 0])).toEqual(['a.c: has 251 lines, not 250']);
  expect(found(lines(249), [250, 0])).toEqual([expect.stringContaining('has become shorter: 249 lines')]);
  expect(auditHarnesses(new Map(), { 'b.c': { lines: 250, wide: 0, reason: '' } })).toHaveLength(1);
});

test('a line that is too wide is found, a tab counted as four characters, and one that is wide no more', () => {
  const wide = 'x'.repeat(121);
  expect(found(wide.slice(1))).toEqual([]);
  expect(found(`a\n${wide}`)).toEqual([`a.c: has too wide a line: ${wide}`]);
  expect(found(`\t${'x'.repeat(117)}`)).toHaveLength(1);
  expect(found(`a\n${wide}`, [2, 1])).toEqual([]);
  expect(found('a\na', [2, 1])).toEqual([expect.stringContaining('has become shorter: 2 lines, 0 wide')]);
});
