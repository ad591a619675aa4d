/** The part about speed: the last whole run of the bench. */

import { itemsIn, tablesIn } from '../markdown.ts';
import { read, sinceWritten } from '../freshness.ts';
import type { Block, Part } from '../part.ts';

/** The record, which `npm run bench` writes. */
export const BENCH = 'BENCH.md';

/** What the record is about: what is timed, and what times it. */
export const TIMED: readonly string[] = ['protocol', 'spec', 'src', 'invariants', 'conformance', 'page', 'test/bench'];

const blocksOf = (text: string): readonly Block[] => [
  { kind: 'list', caption: 'How it was measured', items: itemsIn(text) },
  ...tablesIn(text),
];

/** Returns the part about speed. `text`: the record; undefined if it is not there. */
export const benchPart = (text: string | undefined): Part => ({
  id: 'bench',
  title: 'How fast it is',
  about:
    'The allocators beside the same algorithm in C, and the judge in operations a second. On a machine that had other work, ratios say more than times.',
  state:
    text === undefined
      ? { is: 'missing', why: `there is no ${BENCH}; \`npm run bench\` writes it` }
      : sinceWritten(BENCH, TIMED),
  read: text === undefined ? [] : read(BENCH, ...TIMED),
  blocks: text === undefined ? [] : blocksOf(text),
});
