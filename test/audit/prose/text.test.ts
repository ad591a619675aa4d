/** The audit of foreign words, and tests that see it fail. */

import { auditWords, committed } from './text.ts';
import { expect, test } from 'vitest';
import { tell } from '../rules.ts';

test('every text can be read by a stranger', () => {
  const texts = committed();
  expect(texts.size).toBeGreaterThan(60);
  expect(texts.has('src/buddy/buddy.ts') && texts.has('package.json') && texts.has('LICENSE')).toBe(true);
  expect(auditWords(texts).map(tell('auditWords'))).toEqual([]);
});

/** Each word in two halves, so that it is not found in this file. */
test.each([
  ['/wo', 'rk/main'],
  ['../sh', 'ared/a.md'],
  ['se', 'ed 003'],
  ['see', 'ds/a'],
  ['linux-', 'facts'],
  ['this ses', 'sion'],
])('%s%s is found', (...halves) => {
  const found = auditWords(new Map([['a.md', `one\ntwo ${halves.join('')} three`]]));
  expect(found.map(({ place }) => place)).toContain('a.md:2');
});

test.each(['--seed 7', 'seed 0 of 3', 'worker/main', 'a shared bug', '.stryker-tmp'])('%s is not found', (word) => {
  expect(auditWords(new Map([['a.md', word]]))).toEqual([]);
});
