/** Tests of the audit of circles, and the audit itself. */

import { auditCircles, auditKnownCircles } from './circles.ts';
import { expect, test } from 'vitest';
import { tell } from '../rules.ts';
import { memoryTree, show, theTree } from '../tree.ts';
import { CIRCLES } from '../known.ts';

test('no file imports itself by way of others, types included', () => {
  expect(auditCircles(theTree(), CIRCLES).map(tell('auditCircles'))).toEqual([]);
  expect(auditKnownCircles(theTree(), CIRCLES).map(tell('auditKnownCircles'))).toEqual([]);
});

const imports = (...of: readonly string[]): string => of.map((from) => `import { a } from '${from}';`).join('\n');

test('a circle is found, with the file to split: the one that is imported against an arrow', () => {
  const tree = memoryTree({
    'src/buddy/allocator.ts': `import { seenZone } from '../machine/observe.ts';`,
    'src/machine/observe.ts': imports('./zone.ts'),
    'src/machine/zone.ts': imports('../buddy/allocator.ts'),
  });
  expect(auditCircles(tree).map(show)).toEqual([
    'src/buddy/allocator.ts -> src/machine/observe.ts: circle of imports: src/buddy/allocator.ts -> ' +
      'src/machine/observe.ts -> src/machine/zone.ts -> src/buddy/allocator.ts; split src/machine/observe.ts: give ' +
      'seenZone, which src/buddy/allocator.ts needs, a file of its own',
  ]);
});

test('a circle of types is one, and types are what is to be moved', () => {
  const tree = memoryTree({
    'spec/a.ts': `import { b } from './b.ts';`,
    'spec/b.ts': `import type { A } from './a.ts';`,
    'spec/c.ts': imports('./a.ts', './b.ts'),
  });
  expect(auditCircles(tree).map(({ place }) => place)).toEqual(['spec/b.ts -> spec/a.ts']);
});

test('each circle is found once, also if two share a file', () => {
  const tree = memoryTree({
    'spec/a.ts': imports('./b.ts', './c.ts'),
    'spec/b.ts': imports('./a.ts'),
    'spec/c.ts': imports('./d.ts'),
    'spec/d.ts': imports('./a.ts'),
  });
  expect(auditCircles(tree).map(({ what }) => what.split(';')[0])).toEqual([
    'circle of imports: spec/a.ts -> spec/b.ts -> spec/a.ts',
    'circle of imports: spec/a.ts -> spec/c.ts -> spec/d.ts -> spec/a.ts',
  ]);
});

test('a known circle is not found, and an entry that closes none is', () => {
  const files = { 'spec/a.ts': imports('./b.ts'), 'spec/b.ts': imports('./a.ts'), 'spec/c.ts': imports('./a.ts') };
  const known = ['spec/b.ts -> spec/a.ts'];
  expect(auditCircles(memoryTree(files), known)).toEqual([]);
  expect(auditKnownCircles(memoryTree(files), known)).toEqual([]);
  const cut = memoryTree({ ...files, 'spec/b.ts': '' });
  expect(auditKnownCircles(cut, [...known, 'spec/c.ts -> spec/a.ts']).map(({ place }) => place)).toEqual([
    'spec/b.ts -> spec/a.ts',
    'spec/c.ts -> spec/a.ts',
  ]);
});
