/** The audits of arrows between layers and of imports of types, and tests that see them fail. */

import { tell } from '../rules.ts';
import { ROOT, memoryTree, theTree } from '../tree.ts';
import { auditArrows, auditTypeImports } from './arrows.ts';
import { expect, test } from 'vitest';
import { readFileSync } from 'node:fs';

interface Listed {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
const { name, dependencies, devDependencies } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as Listed;
const LISTED = [...Object.keys(dependencies), ...Object.keys(devDependencies)];

const REST = {
  ...{ 'src/a.ts': '', 'spec/a.ts': '', 'protocol/a.ts': '', 'test/a.ts': '', 'conformance/subjects/a.ts': '' },
  'test/mutate/told.d.ts': '',
};
const arrows = (path: string, text: string): readonly string[] =>
  auditArrows(memoryTree({ ...REST, [path]: text }), 'buddy-oracle', ['vitest']).map(({ what }) => what);

test('every import follows an arrow', () => {
  expect(auditArrows(theTree(), name, LISTED).map(tell('auditArrows'))).toEqual([]);
});

test('every import of types is an import type', () => {
  expect(auditTypeImports(theTree()).map(tell('auditTypeImports'))).toEqual([]);
});

test.each([
  ['spec/x.ts', `import { a } from '../src/a.ts';`, 'spec does not import src'],
  ['src/x.ts', `export { a } from '../spec/a.ts';`, 'src does not import spec'],
  ['protocol/x.ts', `import type { A } from '../spec/a.ts';`, 'protocol does not import spec'],
  ['conformance/x.ts', `import '../src/a.ts';`, 'conformance does not import src'],
  ['page/x.ts', `import { a } from '../conformance/subjects/a.ts';`, 'page does not import conformance'],
  ['page/x.ts', `import { readFileSync } from 'node:fs';`, 'page runs without Node'],
  ['conformance/x.ts', `export * from '../test/a.ts';`, 'conformance does not import test'],
  ['spec/x.ts', `const a = await import('../src/a.ts');`, 'spec does not import src'],
  ['spec/x.ts', `type A = import('../src/a.ts').A;`, 'spec does not import src'],
  ['spec/x.ts', 'const a = await import(`../src/a.ts`);', 'the specifier is not a plain string'],
  ['spec/x.ts', `import { a } from './a.js';`, 'a relative specifier ends with .ts'],
  ['test/x.ts', `import { a } from './a.js';`, 'a relative specifier ends with .ts'],
  ['test/mutate/x.ts', `import { a } from './untold.js';`, 'there is no such file'],
  ['spec/x.ts', `import { a } from './absent.ts';`, 'there is no such file'],
  ['test/x.ts', `import { a } from '../../dist/src/a.js';`, 'nothing reaches into dist'],
  ['test/x.ts', `import { a } from 'buddy-oracle/allocator';`, 'nothing imports the package by its own name'],
  ['test/x.ts', `import { a } from 'left-pad';`, 'test does not import this package'],
  ['src/x.ts', `import { a } from 'node:fs';`, 'src runs without Node'],
  ['src/x.ts', `import { z } from 'zod';`, 'src does not import this package'],
  ['conformance/x.ts', `import { test } from 'vitest';`, 'conformance does not import this package'],
])('%s with %s is found', (path, text, what) => {
  expect(arrows(path, text)).toEqual([expect.stringContaining(what)]);
});

test.each([
  ['conformance/subjects/x.ts', `import { a } from '../../src/a.ts';`],
  ['conformance/demo/x.ts', `import { a } from '../../src/a.ts';`],
  [
    'conformance/x.ts',
    `import { z } from 'zod'; import { a } from './subjects/a.ts'; import { b } from '../spec/a.ts';`,
  ],
  ['test/x.ts', `import { test } from 'vitest'; import { a } from '../src/a.ts'; import { b } from 'node:fs';`],
  ['test/mutate/x.ts', `import { a } from './told.js';`],
])('%s with %s is permitted', (path, text) => {
  expect(arrows(path, text)).toEqual([]);
});

test('a type among the names of an import or an export is found', () => {
  const text = `import { type A } from './a.ts'; export { type B } from './a.ts'; import type { C } from './a.ts';`;
  expect(auditTypeImports(memoryTree({ 'spec/x.ts': text }))).toHaveLength(2);
});
