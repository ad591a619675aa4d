/** The audit of harnesses, and tests that see it fail. */

import { MOST_HARNESS_LINES, auditHarnesses } from './harnesses.ts';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../conformance/cli/write/languages.ts';
import { committed } from '../prose/text.ts';
import { tell } from '../rules.ts';
import { show } from '../tree.ts';

test('each part of a harness has at most 200 lines of at most 120 characters', () => {
  const texts = committed();
  const places = LANGUAGES.flatMap(({ folder, harness, parts }) =>
    [harness, ...parts].map((file) => `conformance/harness/${folder}/${file}`),
  );
  const harnesses = new Map(places.map((place) => [place, texts.get(place) ?? expect.fail(place)]));
  expect(auditHarnesses(harnesses).map(tell('auditHarnesses'))).toEqual([]);
});

const found = (text: string): readonly string[] => auditHarnesses(new Map([['a.c', text]])).map(show);

test('one that is longer is found', () => {
  expect(found('//\n'.repeat(MOST_HARNESS_LINES))).toEqual([]);
  expect(found('//\n'.repeat(201))).toEqual(['a.c: has 201 lines, not 200']);
});

test('a line that is too wide is found, a tab counted as four characters', () => {
  const wide = 'x'.repeat(121);
  expect(found(wide.slice(1))).toEqual([]);
  expect(found(`a\n${wide}`)).toEqual([`a.c: has too wide a line: ${wide}`]);
  expect(found(`\t${'x'.repeat(117)}`)).toHaveLength(1);
});
