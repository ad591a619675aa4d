/** Tests of the audit of large folders, and the audit itself. */

import { LARGE, beyond } from '../known.ts';
import { MOST_ENTRIES, auditSizes } from './size.ts';
import { committed } from '../prose/text.ts';
import { expect, test } from 'vitest';
import { tell } from '../rules.ts';
import { show } from '../tree.ts';

test('a listing of every folder fits on a screen', () => {
  const findings = auditSizes([...committed().keys()]);
  expect(beyond(Object.keys(LARGE), findings, ({ place }) => place, 'LARGE').map(tell('auditSizes'))).toEqual([]);
  expect(Object.values(LARGE).filter((reason) => reason.length < 20)).toEqual([]);
});

const files = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `src/room/${n}.ts`);

test('a folder of one entry too many is found, files and folders counted alike', () => {
  expect(auditSizes(files(MOST_ENTRIES))).toEqual([]);
  expect(auditSizes([...files(MOST_ENTRIES), 'src/room/deep/a.ts', 'src/room/deep/b.ts']).map(show)).toEqual([
    `src/room: has ${MOST_ENTRIES + 1} entries: group them in folders of at most ${MOST_ENTRIES}`,
  ]);
});
