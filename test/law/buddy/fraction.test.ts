/** Tests of frames that are no whole numbers. */

import { expect, test } from 'vitest';
import { arenaOf, plainShape } from '../../arbitrary/arena.ts';
import { buddy, freeMisuse, refute } from '../../../spec/index.ts';
import { order, pfn } from '../../../spec/unit.ts';
import type { Buddy } from '../../../spec/index.ts';

const state = (): Buddy => buddy.start(arenaOf(plainShape('2.4', 2, 1)));

test.each([0.5, Number.NaN])('TAKE-1 · no block at frame %s can be granted', (head) => {
  const outcome = { kind: 'granted', head: pfn(head) } as const;
  expect(refute(new Set(), state(), { kind: 'allocate', order: order(0) }, outcome)).toBeDefined();
});

test.each([0.5, Number.NaN])('MISUSE-1 · a free at frame %s is out-of-range', (head) => {
  expect(freeMisuse(state(), { head: pfn(head), order: order(0) })).toBe('out-of-range');
});
