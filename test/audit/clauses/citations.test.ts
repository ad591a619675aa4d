/** The audit of citations, and tests that see it fail. */

import { auditCitations, auditUnknown, citations, describedIds, idsOf } from './citations.ts';
import { expect, test } from 'vitest';
import { tell } from '../rules.ts';
import { memoryTree, show, theTree } from '../tree.ts';
import { CLAUSES } from '../../../spec/clauses.ts';
import { EXEMPT } from './exempt.ts';

test('every clause has its data, and a place in each folder or a reason for none, and a test', () => {
  expect(idsOf(theTree()).length).toBeGreaterThan(50);
  expect(auditCitations(theTree(), EXEMPT).map(tell('auditCitations'))).toEqual([]);
});

test('no citation names a clause that there is not', () => {
  expect(auditUnknown(theTree()).map(tell('auditUnknown'))).toEqual([]);
});

test('the data of the clauses are in order, each with a property of its own and one sentence', () => {
  const all = Object.values(CLAUSES);
  expect(describedIds(theTree())).toEqual(idsOf(theTree()));
  expect(Object.keys(CLAUSES)).toEqual(idsOf(theTree()));
  expect(new Set(all.map(({ property }) => property)).size).toBe(all.length);
  for (const { property, sentence } of all) {
    expect(property).toMatch(/^[a-z]+(?:-[a-z]+)*$/u);
    expect(sentence).toMatch(/^[A-Z][^.]*(?:\.\d[^.]*)*\.$/u);
  }
});

const SOURCE = [
  /^Gorman, Understanding the Linux Virtual Memory Manager, \d\.\d [A-Z][A-Za-z ]+$/u,
  /^linux 2\.(?:4\.22|6\.24|6\.35) [a-z0-9/_-]+\.[ch] \w+$/u,
  /^(?:Knowlton 1965|Herlihy and Wing 1990|Knuth, TAOCP 1, 2\.5|wire protocol|this project)$/u,
  /^follows from [A-Z]+-\d+(?:, [A-Z]+-\d+)*(?: and [A-Z]+-\d+)?$/u,
];

test('every source is one that a reader can look up', () => {
  const sources = Object.values(CLAUSES).flatMap(({ source }) => source.split('; '));
  expect(sources.filter((source) => !SOURCE.some((form) => form.test(source)))).toEqual([]);
  const cited = sources.join(' ').match(/\b[A-Z]+-\d+\b/gu) ?? [];
  expect(cited.filter((id) => !idsOf(theTree()).includes(id))).toEqual([]);
});

const GOOD = {
  'protocol/clause.ts': `export type Clause = 'A-1' | 'A-2';`,
  'spec/clauses.ts': `export const CLAUSES = { 'A-1': 1, 'A-2': 2 };`,
  'spec/a.ts': '/** One. @clause A-1 @clause A-2 */ export const a = 1;',
  'src/a.ts': '/** @clause A-1\n * @clause A-2 */ export const a = 1;',
  'invariants/a.ts': `export const one = { clause: 'A-1', refute: 1 }; export const two = { clause: 'A-2', refute: 1 };`,
  'test/a.test.ts': "test('A-1 · one', () => {}); test.each([1])(`A-1, A-2 · two ${x}`, () => {});",
};
const NONE = { spec: {}, src: {}, invariants: {} };

test('what is cited everywhere is not found', () => {
  const tree = memoryTree(GOOD);
  expect([...auditCitations(tree, NONE), ...auditUnknown(tree)]).toEqual([]);
  expect(citations(tree).get('A-2')).toEqual({
    spec: ['spec/a.ts'],
    src: ['src/a.ts'],
    invariants: ['two'],
    tests: ['test/a.test.ts'],
  });
});

test.each([
  ['spec/clauses.ts', `export const CLAUSES = { 'A-1': 1 };`, 'A-2: has no data in spec/clauses.ts'],
  ['spec/a.ts', '/** @clause A-1 */', 'A-2: is cited nowhere in spec'],
  ['src/a.ts', '/** @clause A-2 */', 'A-1: is cited nowhere in src'],
  [
    'invariants/a.ts',
    `/** @clause A-2 */ const one = { clause: 'A-1', refute: 1 };`,
    'A-2: is cited nowhere in invariants',
  ],
  [
    'test/a.test.ts',
    `test('A-1 · one', () => {}); test('two', () => { a('A-2 · '); });`,
    'A-2: is in the name of no test',
  ],
])('%s with %s is found', (path, text, what) => {
  expect(auditCitations(memoryTree({ ...GOOD, [path]: text }), NONE).map(show)).toEqual([what]);
});

test('a table that is spread into that of the clauses is part of it', () => {
  const parts = {
    'spec/clauses.ts': `import { MORE } from './more.ts'; export const CLAUSES = { 'A-1': 1, ...MORE };`,
    'spec/more.ts': `export const MORE = { 'A-2': 2 };`,
  };
  expect(describedIds(memoryTree({ ...GOOD, ...parts }))).toEqual(['A-1', 'A-2']);
  expect(auditCitations(memoryTree({ ...GOOD, ...parts }), NONE)).toEqual([]);
});

test('a reason stands for a citation, and a reason beside a citation is found', () => {
  const tree = memoryTree({ ...GOOD, 'src/a.ts': '/** @clause A-2 */' });
  expect(auditCitations(tree, { ...NONE, src: { 'A-1': 'why' } })).toEqual([]);
  expect(auditCitations(tree, { ...NONE, src: { 'A-1': 'why', 'A-2': 'why' } }).map(show)).toEqual([
    'A-2: is cited in src (src/a.ts), but has a reason not to be',
  ]);
});

test('an id of another kind in a name is no citation', () => {
  const text = `test('UTF-8 is read, and A-1 holds', () => {});`;
  expect(auditUnknown(memoryTree({ ...GOOD, 'test/b.test.ts': text }))).toEqual([]);
});

test.each([
  ['spec/b.ts', '/** @clause A-3 */'],
  ['conformance/b.ts', '/** @clause A-11 */'],
  ['test/b.test.ts', `test('B-9 · nine', () => {});`],
  ['test/b.test.ts', `test('nine, as A-9 says', () => {});`],
  ['spec/clauses.ts', `export const CLAUSES = { 'A-1': 1, 'A-2': 2, 'A-3': 3 };`],
])('a citation of no clause is found: %s with %s', (path, text) => {
  expect(auditUnknown(memoryTree({ ...GOOD, [path]: text }))).toHaveLength(1);
});
