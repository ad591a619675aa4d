/** The audit of switches, and tests that see it fail; ESLint holds a rule that is alike in every file. */

import { expect, test } from 'vitest';
import { memoryTree, show, theTree } from '../tree.ts';
import { auditSwitches } from './switches.ts';

test('every switch of spec, src and invariants names each case, and no other', () => {
  expect(auditSwitches(theTree()).map(show)).toEqual([]);
});

const found = (cases: string, type = "'a' | 'b'"): readonly string[] => {
  const text = `export function f(of: ${type}): number {\n  switch (of) { ${cases} }\n  return 0;\n}`;
  return auditSwitches(memoryTree({ 'src/a.ts': text })).map(show);
};

test.each([
  ["case 'a': return 1;", 'forgets "b"'],
  ["case 'a': return 1; default: return 2;", 'leaves "b" to its default'],
  ["case 'a': return 1; case 'b': return 2; default: return 3;", 'names every case, and has a default besides'],
])('a switch with %s is found: it %s', (cases, what) => {
  expect(found(cases)).toEqual([
    expect.stringMatching(new RegExp(`^src/a\\.ts:2: a switch ${what} - a case that .*; instead name each case`, 'u')),
  ]);
});

test('the cases of a switch within another are its own', () => {
  expect(found("case 'a': switch (of as 'a' | 'b') { case 'a': return 1; case 'b': return 2; }")).toEqual([
    expect.stringContaining('src/a.ts:2: a switch forgets "b"'),
  ]);
});

test('what has no list of cases needs a default', () => {
  expect(found('case 1: return 1;', 'number')).toEqual([
    expect.stringContaining('has no list of cases, and no default'),
  ]);
  expect(found('case 1: return 1; default: return 2;', 'number')).toEqual([]);
});

test('a switch that names each case is right', () => {
  expect(found("case 'a': return 1; case 'b': return 2;")).toEqual([]);
});
