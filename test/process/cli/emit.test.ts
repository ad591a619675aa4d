/** Tests the command `emit`. */

import { expect, test } from 'vitest';
import { path } from '../started.ts';
import { readFileSync } from 'node:fs';
import { run } from '../command.ts';

test.concurrent.for([
  ['buddy24.h', 'Linux 2.4'],
  ['buddy24.h', 'Linux 2.4', '--kernel', '2.4'],
  ['buddy26.h', 'Linux 2.6', '--kernel', '2.6'],
] as const)('prints %s, the algorithm of %s', async ([file, title, ...options]) => {
  const { status, stderr, stdout } = await run(['emit', 'c', ...options]);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toBe(readFileSync(path(`../../conformance/harness/c/example/${file}`), 'utf8'));
  expect(stdout.split('\n')[1]).toContain(title);
});

test.concurrent.for([
  [['emit', 'pascal'], 'nothing is printed in pascal; the language is c'],
  [['emit', 'c', '--kernel', '2.5'], 'Allowed choices are 2.4, 2.6'],
  [['emit'], "missing required argument 'language'"],
] as const)('%j is an error of usage', async ([words, says]) => {
  const { status, stderr, stdout } = await run(words);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(says);
});
