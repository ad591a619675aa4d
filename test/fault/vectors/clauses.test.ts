/** Tests that every clause has test vectors, or a reason to have none that is still true. */
import { CLAUSES } from '../../../spec/index.ts';
import { expect, test } from 'vitest';
import { readFileSync, readdirSync } from 'node:fs';
import { generateVectors } from '../../../conformance/vectors/generate.ts';
import type { Clause } from '../../../protocol/index.ts';

/** Clauses that an invariant refutes by all that an allocator holds: arrays, maps, page flags, the page cache. */
const HELD: readonly Clause[] = [
  ...([
    'BLOCK-1',
    'MAP-1',
    'MAP-3',
    'MAP-4',
    'MARK-1',
    'LIST-1',
    'STATE-1',
    'STATE-2',
    'STATE-3',
    'STEP-1',
    'STEP-2',
  ] as const),
  ...(['BOOT-14', 'RETIRE-6', 'ZONE-2', 'ZONE-3', 'WATER-1', 'NODE-2', 'PAGE-1', 'PAGE-2', 'PAGE-3'] as const),
  ...(['RECLAIM-4', 'RECLAIM-5', 'RECLAIM-6', 'RECLAIM-7', 'RECLAIM-8', 'RECLAIM-9'] as const),
];

/** Other clauses that no vector shows, by why not. */
const UNSHOWN: Readonly<Record<string, readonly Clause[]>> = {
  'an answer that breaks it breaks a clause that is checked before it': [
    ...(['BLOCK-2', 'PAIR-1', 'PAIR-2', 'PAIR-3', 'GIVE-2', 'MISUSE-7', 'BOOT-1'] as const),
    ...(['GFP-1', 'GFP-3', 'ZONE-1', 'PASS-5', 'RECLAIM-2', 'RESIZE-2', 'SIZED-2'] as const),
  ],
  'no operation of a vector asks for it': [
    ...(['BLOCK-3', 'HAND-1', 'HAND-2', 'HAND-3', 'RETIRE-5', 'GFP-2', 'NODE-5', 'PAGE-5', 'PAGE-6'] as const),
  ],
  'it is of what a shape may be, and every vector has one that is valid': [
    ...(['MAKE-1', 'MAKE-2', 'MAKE-3', 'MAKE-4', 'MAKE-5', 'MAKE-6', 'BOOT-15', 'ZONE-5', 'CAP-1'] as const),
  ],
  'no answer tells what memory holds': ['USE-1', 'BOOT-13'],
  'who crashes or hangs does not answer': ['USE-2'],
};

/** Rooms that are no kind of vectors: fragmentation, several processors, what firmware reports, 2.6.24. */
const ELSEWHERE = /^(?:FRAG|SMP|SIZE|GATE)-/u;

test('every clause has vectors, or a reason to have none', () => {
  const shown = new Set<string>(generateVectors().map(({ clause }) => clause));
  const others = Object.keys(CLAUSES).filter((clause) => ELSEWHERE.test(clause));
  const reasons = [...HELD, ...Object.values(UNSHOWN).flat(), ...others];
  expect(reasons.filter((clause) => shown.has(clause))).toEqual([]);
  expect([...shown, ...reasons].toSorted()).toEqual(Object.keys(CLAUSES).toSorted());
});

test('what only an invariant refutes has an invariant', () => {
  const folder = new URL('../../../invariants/', import.meta.url);
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));
  expect(HELD.filter((clause) => !texts.some((text) => text.includes(`clause: '${clause}'`)))).toEqual([]);
});
