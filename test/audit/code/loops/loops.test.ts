/** The audit of loops, and tests that see it fail. */

import { MEASURES, WAITING } from './measures.ts';
import { auditLoops } from './loops.ts';
import { expect, test } from 'vitest';
import { memoryTree, show, theTree } from '../../tree.ts';
import type { Listed } from './loops.ts';

test('every loop of src counts towards a bound, or has a measure, or says for whom it waits', () => {
  expect(auditLoops(theTree(), [...MEASURES, ...WAITING]).map(show)).toEqual([]);
  expect(WAITING.filter(({ because }) => because.length < 20)).toEqual([]);
});

const found = (body: string, listed: readonly Listed[] = []): readonly string[] =>
  auditLoops(memoryTree({ 'src/a.ts': `function f(n, all) {\n${body}\n}` }), listed).map(show);

test.each([
  ['while (n > 0) n--;', 'while (n > 0)'],
  ['for (;;) {}', 'for (;;)'],
  ['do { n--; } while (n > 0);', 'do'],
  ['for (let i = 0; i !== n; i++) {}', 'for (let i = 0; i !== n; i++)'],
  ['for (let i = 0; i < n; i--) {}', 'for (let i = 0; i < n; i--)'],
  ['for (let i = n; i >= 0; i++) {}', 'for (let i = n; i >= 0; i++)'],
  ['for (let i = 0; i < n; i++) i = 0;', 'for (let i = 0; i < n; i++)'],
  ['for (let i = 0; i < n; i++) { if (i) i--; }', 'for (let i = 0; i < n; i++)'],
  ['for (let i = 0; i < n; i++) n += 1;', 'for (let i = 0; i < n; i++)'],
  ['for (let i = 0; i < n || all; i++) {}', 'for (let i = 0; i < n || all; i++)'],
  ['for (let i = 1; i < n; i *= 2) {}', 'for (let i = 1; i < n; i *= 2)'],
  ['for (const one of all) all.push(one);', 'for (const one of all)'],
])('%s need not end', (body, head) => {
  expect(found(body)).toEqual([
    expect.stringMatching(/^src\/a\.ts:2: '.*' need not end - a loop that need not end .*; instead count /u),
  ]);
  expect(found(body)[0]).toContain(`'${head}'`);
  expect(found(body, [{ file: 'src/a.ts', loop: head }])).toEqual([]);
});

test.each([
  'for (let i = 0; i < n; i++) all[i] = 0;',
  'for (let i = n; i > 0 && all; i--) {}',
  'for (let i = 0; 32 * i < n; ++i) {}',
  'let i = 0; for (; i < n; i++) if (all[i]) break;',
  'for (const one of all) { other.push(one); }',
])('%s ends', (body) => {
  expect(found(body)).toEqual([]);
});

test('a loop that is listed and is not there is found, and loops of other layers are not looked at', () => {
  expect(found('', [{ file: 'src/a.ts', loop: 'for (;;)' }])).toEqual([
    expect.stringMatching(/^src\/a\.ts: 'for \(;;\)' is listed, and is not there once - .*; instead delete it/u),
  ]);
  expect(auditLoops(memoryTree({ 'proof/a.ts': 'for (;;) {}' }), [])).toEqual([]);
});
