/** Tests of the audit of arrows between rooms, and the audit itself. */

import { ROOM_ARROWS, beyond } from '../known.ts';
import { expect, test } from 'vitest';
import { tell } from '../rules.ts';
import { memoryTree, theTree } from '../tree.ts';
import { auditRoomArrows } from './room-arrows.ts';

test('every import inside a layer follows an arrow between its rooms', () => {
  const findings = auditRoomArrows(theTree());
  expect(beyond(ROOM_ARROWS, findings, ({ what }) => what, 'ROOM_ARROWS').map(tell('auditRoomArrows'))).toEqual([]);
});

const found = (from: string, to: string, word = 'import'): readonly string[] =>
  auditRoomArrows(memoryTree({ [from]: `${word} { a } from '${specifier(from, to)}';`, [to]: '' })).map(
    ({ what }) => what,
  );

const specifier = (from: string, to: string): string => `${'../'.repeat(from.split('/').length - 1)}${to}`;

test.each([
  ['src/words/a.ts', 'src/buddy/b.ts', 'in src, words imports nothing from buddy'],
  ['src/buddy/a.ts', 'src/machine/b.ts', 'in src, buddy imports nothing from machine'],
  ['src/boot/a.ts', 'src/machine/b.ts', 'in src, boot imports nothing from machine'],
  ['src/machine/a.ts', 'src/start-kernel.ts', 'in src, machine imports nothing from top'],
  ['spec/unit.ts', 'spec/buddy/b.ts', 'in spec, shared imports nothing from buddy'],
  ['spec/boot/a.ts', 'spec/machine/b.ts', 'in spec, boot imports nothing from machine'],
  ['spec/machine/a.ts', 'spec/boot/b.ts', 'in spec, machine imports nothing from boot'],
  ['spec/machine/a.ts', 'spec/clauses.ts', 'in spec, machine imports nothing from top'],
  ['invariants/place.ts', 'invariants/buddy/b.ts', 'in invariants, shared imports nothing from buddy'],
  ['conformance/judge/a.ts', 'conformance/kinds/buddy/b.ts', 'in conformance, judge imports nothing from kinds/buddy'],
  ['conformance/judge/a.ts', 'conformance/subjects/b.ts', 'in conformance, judge imports nothing from subjects'],
  ['conformance/judge/a.ts', 'conformance/cli/b.ts', 'in conformance, judge imports nothing from cli'],
  ['conformance/judge/a.ts', 'conformance/wire/b.ts', 'in conformance, judge imports nothing from wire'],
  ['conformance/kinds/boot/a.ts', 'conformance/kinds/machine/b.ts', 'kinds/boot imports nothing from kinds/machine'],
  ['conformance/kinds/buddy/a.ts', 'conformance/subjects/b.ts', 'kinds/buddy imports nothing from subjects'],
  ['conformance/subjects/a.ts', 'conformance/judge/b.ts', 'in conformance, subjects imports only types from judge'],
  ['conformance/subjects/a.ts', 'conformance/demo/b.ts', 'in conformance, subjects imports nothing from demo'],
  ['conformance/wire/a.ts', 'conformance/kinds/buddy/b.ts', 'in conformance, wire imports nothing from kinds/buddy'],
])('%s that imports %s is found', (from, to, what) => {
  expect(found(from, to)).toEqual([expect.stringContaining(what)]);
});

test.each([
  ['src/machine/a.ts', 'src/boot/b.ts'],
  ['src/index.ts', 'src/start-kernel.ts'],
  ['spec/machine/a.ts', 'spec/arithmetic.ts'],
  ['spec/clauses.ts', 'spec/boot/clauses.ts'],
  ['conformance/cli/a.ts', 'conformance/kinds/all.ts'],
  ['conformance/index.ts', 'conformance/demo/b.ts'],
  ['conformance/kinds/all.ts', 'conformance/kinds/boot/b.ts'],
  ['conformance/kinds/buddy/deep/a.ts', 'conformance/kinds/buddy/b.ts'],
  ['test/law/boot/a.ts', 'test/law/machine/b.ts'],
])('%s may import %s', (from, to) => {
  expect(found(from, to)).toEqual([]);
});

test('types may be imported where nothing else may', () => {
  expect(found('conformance/subjects/a.ts', 'conformance/judge/b.ts', 'import type')).toEqual([]);
  expect(found('conformance/judge/a.ts', 'conformance/subjects/b.ts', 'import type')).toHaveLength(1);
});
