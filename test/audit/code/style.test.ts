/** The audit of style, and tests that see it fail. */

import { auditDocs, auditMedian, auditNames, auditReadmes, auditStyle } from './style.ts';
import { expect, test } from 'vitest';
import { tell } from '../rules.ts';
import { filesOf, memoryTree, show, theTree } from '../tree.ts';
import { committed } from '../prose/text.ts';

const lines = (count: number): string => Array.from({ length: count }, (_, n) => `  // ${n}`).join('\n');

test('the sources keep to the style', () => {
  expect(auditStyle(theTree()).map(tell('auditStyle'))).toEqual([]);
});

test('the median of the source files is 80 lines or fewer', () => {
  expect(auditMedian(theTree()).map(tell('auditMedian'))).toEqual([]);
});

test('every file and folder has a name that says what it is for', () => {
  expect(
    auditNames([...committed().keys(), ...filesOf(theTree()).map(([path]) => path)]).map(tell('auditNames')),
  ).toEqual([]);
});

test('a README is short', () => {
  expect(auditReadmes(committed()).map(tell('auditReadmes'))).toEqual([]);
});

test('everything public is described', () => {
  expect(auditDocs(theTree()).map(tell('auditDocs'))).toEqual([]);
});

test.each([
  ['says any', 'const a: any = 1;'],
  ['asserts that something is there', 'const a = b!;'],
  ['asserts that it is set', 'class A { b!: number }'],
  ['has the enum A', 'enum A { B }'],
  ['has a default export', 'export default 1;'],
  ['has a default export', 'export default function f() {}'],
  ['a.ts:1: has a function of 42 lines', `function f() {\n${lines(40)}\n}`],
  ['a.ts:1: has a function of 41 lines', `const f = () => {\n${lines(39)}\n};`],
  ['has 301 lines', lines(301)],
])('a file that %s is found', (what, text) => {
  expect(auditStyle(memoryTree({ 'src/a.ts': text })).map(show)).toEqual([expect.stringContaining(what)]);
});

test('a configuration file may have a default export, a describe more lines, and a function 40', () => {
  const files = {
    'a.config.ts': 'export default 1;',
    'test/a.test.ts': `describe('a', () => {\n${lines(60)}\n});`,
    'src/a.ts': `function f() {\n${lines(38)}\n}`,
  };
  expect(auditStyle(memoryTree(files))).toEqual([]);
});

test('a median over 80 is found; tests do not count', () => {
  const long = lines(81);
  expect(auditMedian(memoryTree({ 'src/a.ts': long, 'src/b.ts': long, 'src/c.ts': '' }))).toHaveLength(1);
  expect(auditMedian(memoryTree({ 'test/a.ts': long, 'test/b.ts': long, 'src/c.ts': '' }))).toEqual([]);
});

test('a name that says nothing is found', () => {
  expect(auditNames(['src/utils.ts', 'test/helpers/a.ts', 'src/common-a.ts', 'src/command.ts'])).toHaveLength(3);
});

test('a README of 41 lines is found, and the wire protocol may have more', () => {
  const texts = new Map(
    ['spec/README.md', 'protocol/README.md', 'test/unit/README.md'].map((path) => [path, lines(41)]),
  );
  expect(auditReadmes(texts).map(show)).toEqual(['test/unit/README.md: has 41 lines']);
});

test('a public name without a description is found, through every kind of export', () => {
  const tree = memoryTree({
    'src/a.ts': `export const a = 1;
      /** B. */ export const b = 1;
      /** @clause X */ export function c() {}
      interface Port { asked(): void }
      /** D. */ export class D implements Port { e() {} #f() {} asked() {} private h() {}
        /** G. */ g() {} }
      export type H = 1;`,
    'src/index.ts': `export { a, b, c, D } from './a.ts'; export type { H } from './a.ts';`,
    'spec/a.ts': `export const a = 1;
      /** B. */ export const b = 1;`,
    'spec/index.ts': `export * as all from './a.ts';`,
  });
  expect(auditDocs(tree).map(show)).toEqual([
    'spec/index.ts: all.a is public and has no description',
    'src/index.ts: a is public and has no description',
    'src/index.ts: c is public and has no description',
    'src/index.ts: D.e is public and has no description',
    'src/index.ts: H is public and has no description',
  ]);
});
