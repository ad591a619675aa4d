/** Tests that the audits see every file. */

import { LAYERS, filesOf, layerOf, memoryTree, pathsIn, theTree } from './tree.ts';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROOT } from './tree.ts';

const present = LAYERS.filter((layer) => existsSync(ROOT + layer));

test('the audits see every TypeScript file of every folder', () => {
  const seen = filesOf(theTree()).map(([path]) => path);
  const there = present.flatMap(pathsIn);
  expect(there.length).toBeGreaterThan(40);
  expect(seen.filter((path) => layerOf(path) !== undefined)).toEqual(there.toSorted());
});

test('no folder is empty to the audits', () => {
  expect(present.filter((layer) => filesOf(theTree(), layer).length === 0)).toEqual([]);
  expect(present).toEqual(expect.arrayContaining(['protocol', 'spec', 'src', 'invariants', 'conformance', 'test']));
});

test('files in memory have the same kind of path', () => {
  expect(filesOf(memoryTree({ 'spec/a.ts': '' })).map(([path]) => [path, layerOf(path)])).toEqual([
    ['spec/a.ts', 'spec'],
  ]);
});
