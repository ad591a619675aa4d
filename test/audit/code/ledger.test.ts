/** The audit of the ledger of equivalent mutants: a declaration that has another text by now excuses nothing any more. */

import { entries, mutantOf } from '../../mutate/ledger/ledger.js';
import { expect, test } from 'vitest';
import { textOf } from '../tree.ts';

test('no entry is lost: its declaration and its evidence are as they were (if not: npm run mutate -- --ledger)', () => {
  const lost = entries().flatMap((entry) => {
    const found = mutantOf(entry, textOf(entry.file));
    return 'lost' in found ? [found.lost] : [];
  });
  expect(lost).toEqual([]);
});

test('no entry is there twice', () => {
  const hashes = entries().map(({ hash }) => hash);
  expect(hashes.filter((hash, n) => hashes.indexOf(hash) !== n)).toEqual([]);
});
