/** The audit of toggles, and tests that see it fail. */

import { expect, test } from 'vitest';
import { memoryTree, show, theTree } from '../tree.ts';
import { auditToggles } from './toggles.ts';

const found = (text: string): readonly string[] => auditToggles(memoryTree({ 'src/buddy/a.ts': text })).map(show);

test('every toggle of src stands beside the operation on a list that it is about', () => {
  expect(auditToggles(theTree()).map(show)).toEqual([]);
});

test.each([
  ['function rmqueue(zone) {\n  zone.markUsed(1, 0);\n}', 'src/buddy/a.ts:2: a toggle without a list'],
  ['function freePagesOk(zone) {\n  zone.map[0] ^= 1;\n}', 'src/buddy/a.ts:2: a map is written'],
  ['class Zone {\n  clear() {\n    this.map.fill(0);\n  }\n}', 'src/buddy/a.ts:3: a map is written'],
  ['const flip = (map) => (map[0] = 1);', 'src/buddy/a.ts:1: a map is written'],
])('%s is found', (text, what) => {
  expect(found(text)).toEqual([
    expect.stringMatching(new RegExp(`^${what} - a bit says which half .*; instead `, 'u')),
  ]);
});

test('a toggle beside a list, the toggle itself, and a new zone are right; other layers are not looked at', () => {
  const right = `
    class Zone { markUsed(a, b) { const { map } = this; map[a] = b; return true; } }
    function initZone(zone) { zone.map.fill(0); }
    function rmqueue(zone) { zone.listDel(1); if (zone) zone.markUsed(1, 0); return zone.map[0]; }`;
  expect(found(right)).toEqual([]);
  expect(auditToggles(memoryTree({ 'src/boot/a.ts': 'function f(map) { map[0] = 1; }' }))).toEqual([]);
});
