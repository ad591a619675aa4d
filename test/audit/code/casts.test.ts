/** The audit of casts, and tests that see it fail. */

import { CHECKED } from './checked.ts';
import { auditCasts } from './casts.ts';
import { expect, test } from 'vitest';
import { memoryTree, show, theTree } from '../tree.ts';
import type { Checked } from './casts.ts';

test('every cast outside tests is one that something has checked', () => {
  expect(auditCasts(theTree(), CHECKED).map(show)).toEqual([]);
  expect(CHECKED.filter(({ by }) => by.length < 20)).toEqual([]);
});

const found = (text: string, ...checked: readonly Checked[]): readonly string[] =>
  auditCasts(memoryTree({ 'src/a.ts': text }), checked).map(show);

test.each(['const a = b as C;', 'const a = b as unknown as C;', 'const a = <C>b;', 'f(b as string);'])(
  '%s is found',
  (text) => {
    expect(found(`\n${text}`)).toEqual([
      expect.stringMatching(/^src\/a\.ts:2: '.*' is an unchecked cast - a cast that .*; instead narrow it/u),
    ]);
  },
);

test('one more than is listed is found, and one fewer', () => {
  const one: Checked = { by: 'a test', casts: { 'src/a.ts': 1 } };
  expect(found('const a = b as C;', one)).toEqual([]);
  expect(found('const a = b as C;\nconst d = b as E;', one)).toEqual([expect.stringContaining('src/a.ts:2')]);
  expect(found('', one)).toEqual([expect.stringContaining('has fewer than the 1 casts that are listed')]);
});

test('a constant as it is, the file that gives units, and tests are not looked at', () => {
  const right = { 'src/a.ts': 'const a = [1] as const;', 'spec/unit.ts': 'a as B;', 'src/words/unit.ts': 'a as B;' };
  expect(auditCasts(memoryTree({ ...right, 'test/a.ts': 'a as B;' }), [])).toEqual([]);
});
