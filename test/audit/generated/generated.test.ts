/** Tests that every generated part is up to date; `npm run generate` lets them write. */

import { PARTS, withPart } from './generate.ts';
import { tell } from '../rules.ts';
import { ROOT, memoryTree, theTree } from '../tree.ts';
import { auditRooms, roomsPart } from './rooms.ts';
import { auditDepartures, departurePart, linuxPart } from './linux-table.ts';
import { expect, test } from 'vitest';
import { clausePart } from './clause-table.ts';
import { readFileSync } from 'node:fs';

const DOCUMENTS = [...new Set(PARTS.map(({ path }) => path))];

/** `npm run generate` is this test with leave to write. */
test.each(DOCUMENTS)('%s says what the sources say (if it does not: npm run generate)', async (path) => {
  const written = readFileSync(ROOT + path, 'utf8');
  const made = PARTS.filter((part) => part.path === path).reduce(
    (document, { name, make }) => withPart(document, name, make(theTree())),
    written,
  );
  await expect(made, `${path} is stale: npm run generate`).toMatchFileSnapshot(ROOT + path);
});

test('every folder of a layer is a room', () => {
  expect(auditRooms(theTree()).map(tell('auditRooms'))).toEqual([]);
});

test('a part is replaced, and what stands around it stays', () => {
  const document = 'before\n<!-- generated: a -->\nold\n<!-- end: a -->\nafter\n';
  expect(withPart(document, 'a', 'new')).toBe('before\n<!-- generated: a -->\n\nnew\n\n<!-- end: a -->\nafter\n');
  expect(withPart(withPart(document, 'a', 'new'), 'a', 'new')).toBe(withPart(document, 'a', 'new'));
});

test.each([
  '',
  '<!-- generated: a -->',
  '<!-- end: a --> <!-- generated: a -->',
  '<!-- generated: b --><!-- end: b -->',
])('a document without the markers is refused: %s', (document) => {
  expect(() => withPart(document, 'a', 'new')).toThrow('the document has no');
});

test('a folder that is no room is found; the table has a row for each room', () => {
  const tree = memoryTree({ 'src/buddy/zone.ts': '', 'src/index.ts': '', 'src/shed/widget.ts': '' });
  expect(auditRooms(tree).map(({ place }) => place)).toEqual(['src/shed']);
  expect(roomsPart(tree)).toContain('| buddy |  |  | [zone](src/buddy/zone.ts) |  |  |  |');
});

const KERNEL = `/** One. @linux mm/a.c one */ export function a() {}
/** @departure ODD it is odd,
 * and even
 * @linux mm/a.c two (2.6.24) */
export const b = 1;
class C {
  /** @linux include/c.h struct c @departure EVEN why */ d() {} }`;

test('functions stand beside those of the kernel, and departures are listed', () => {
  const test = `test('ODD, A-1 · it is odd', () => {}); test('not ODD', () => {}); test('EVENING', () => {});`;
  const tree = memoryTree({ 'src/a.ts': KERNEL, 'test/unit/a.test.ts': test });
  expect(linuxPart(tree).split('\n').slice(2)).toEqual([
    '| `a` | [a](a.ts) | `one` | mm/a.c | 2.4.22 |',
    '| `b` | [a](a.ts) | `two` | mm/a.c | 2.6.24 |',
    '| `C.d` | [a](a.ts) | `struct c` | include/c.h | 2.4.22 |',
  ]);
  expect(departurePart(tree).split('\n').slice(2)).toEqual([
    '| EVEN | why | `C.d` | [a](a.ts) |  |',
    '| ODD | it is odd, and even | `b` | [a](a.ts) | [unit/a](../test/unit/a.test.ts) |',
  ]);
});

test.each([
  ['/** @linux mm/a.c */ export const a = 1;', 'names no file and function'],
  ['/** @departure odd it is */ export const a = 1;', 'has no name and reason'],
])('a tag that says too little is refused: %s', (text, what) => {
  const tree = memoryTree({ 'src/a.ts': text });
  expect(() => [linuxPart(tree), departurePart(tree)]).toThrow(what);
});

test('a departure of boot memory without a test is found', () => {
  expect(auditDepartures(theTree()).map(tell('auditDepartures'))).toEqual([]);
  const files = { 'src/boot/bootmem.ts': '/** @departure ODD why */ export const a = 1;', 'src/a.ts': KERNEL };
  expect(auditDepartures(memoryTree(files)).map(({ place }) => place)).toEqual(['src/boot/bootmem.ts']);
  const test = { 'test/unit/a.test.ts': `test('ODD · it is odd', () => {});` };
  expect(auditDepartures(memoryTree({ ...files, ...test }))).toEqual([]);
});

test('a clause stands with all that cites it, and with the reasons', () => {
  const tree = memoryTree({
    'protocol/clause.ts': `export type Clause = 'TAKE-4' | 'MAP-1';`,
    'spec/buddy/step.ts': '/** @clause TAKE-4 */',
    'test/law/a.test.ts': `test('TAKE-4 · disjoint', () => {});`,
  });
  const part = clausePart(tree, { spec: { 'MAP-1': 'there is no map' }, src: {}, invariants: {} });
  expect(part).toMatch(
    /\| TAKE-4 \| `disjoint` \|.*\| \[buddy\/step\]\(buddy\/step\.ts\) \| {2}\| {2}\| \[law\/a\]\(\.\.\/test\/law\/a\.test\.ts\) \|/u,
  );
  expect(part).toContain('- MAP-1: there is no map.');
});
