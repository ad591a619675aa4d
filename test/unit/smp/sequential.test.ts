/** Tests of a zone as one caller finds it: what it says of calls and answers, and which zones it takes for the same. */

import { arenaOf, plainShape } from '../../arbitrary/arena.ts';
import { expect, test } from 'vitest';
import { linuxOne, permissive, placement, startPlaced } from '../../../spec/index.ts';
import { order, pfn } from '../../../spec/unit.ts';
import type { Command } from '../../../protocol/index.ts';
import type { Placed } from '../../../spec/index.ts';

const asks = (of: number): Command => ({ kind: 'allocate', order: order(of) });
const frees = (head: number, of: number): Command => ({ kind: 'free', head: pfn(head), order: order(of) });

/** Pages 0 to 3 in orders 0 to 2, after some calls. */
const after = (...commands: readonly Command[]): Placed =>
  commands.reduce(
    (placed, command) => placement(placed, command).next,
    startPlaced('2.4', arenaOf(plainShape('2.4', 4, 3))),
  );

test('SMP-1 · a call is named by what it does', () => {
  for (const { nameOf } of [permissive(new Set()), linuxOne]) {
    expect([asks(1), { kind: 'hand-over', frame: pfn(5) } as const, frees(2, 1)].map(nameOf)).toEqual([
      'asks for order 1',
      'hands over frame 5',
      'frees the order 1 block at frame 2',
    ]);
  }
});

test('PLACE-1 · the block that Linux takes is right, and another is refuted by it', () => {
  expect(linuxOne.refute(after(), asks(0), { kind: 'granted', head: pfn(3) }, 0)).toBeUndefined();
  expect(linuxOne.refute(after(), asks(0), { kind: 'granted', head: pfn(2) }, 0)).toEqual({
    clause: 'PLACE-1',
    place: 'Linux 2.4',
    facts: ['it gives the order 0 block at frame 3', 'it gave the order 0 block at frame 2'],
  });
});

test('TAKE-6, TAKE-7 · what no allocator with the claims of Linux answers is refuted by the claim', () => {
  expect(linuxOne.refute(after(), asks(0), { kind: 'exhausted' }, 0)).toMatchObject({ clause: 'TAKE-6' });
  // Page 3 is taken: page 2 is a free block of order 0, and pages 0 and 1 are one of order 1.
  expect(linuxOne.refute(after(asks(0)), asks(0), { kind: 'granted', head: pfn(0) }, 0)).toMatchObject({
    clause: 'TAKE-7',
  });
});

test('PLACE-1 · two zones are the same if the same is held and the lists have the same sequence', () => {
  const all = [asks(0), asks(0), asks(0), asks(0)];
  const key = (...commands: readonly Command[]): string => linuxOne.keyOf(after(...commands));
  expect(key(...all, frees(0, 0), frees(2, 0))).not.toBe(key(...all, frees(2, 0), frees(0, 0)));
  expect(key(...all, frees(0, 0), frees(2, 0), asks(0), asks(0))).toBe(key(...all));
  // Pages 0 and 1 are free either way; pages 2 and 3 are one block or two.
  expect(key(asks(0), asks(0))).not.toBe(key(asks(1)));
});
