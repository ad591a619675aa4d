/** Tests of the invariants of lists, each seen refuted. */

import { expect, test } from 'vitest';
import { pfn } from '../../../../src/index.ts';
import { bootZone, handOverAll } from './zone.ts';
import { clausesOf, doctored, mark, refutationOf, relist, sixteen } from './known-zones.ts';

test('LIST-1 · a link back must lead to where the link forth came from', () => {
  const { arrays, seen } = sixteen('2.4');
  arrays.links[2 * 14 + 1] = 3;
  expect(clausesOf(seen)).toEqual(['LIST-1']);
  expect(refutationOf('LIST-1', seen)).toBe(
    'LIST-1 refuted at list 0: after the head of list 0 comes frame 14, but before frame 14 comes frame 3',
  );
});

test('LIST-1 · the first frame is a frame like any other', () => {
  const { arrays, seen } = sixteen('2.4');
  arrays.links[2 * 0 + 1] = 5;
  expect(clausesOf(seen)).toEqual(['LIST-1']);
  expect(refutationOf('LIST-1', seen)).toBe(
    'LIST-1 refuted at list 3: after the head of list 3 comes frame 0, but before frame 0 comes frame 5',
  );
});

test("LIST-1 · the link back of a list's head must lead to its last frame", () => {
  const { arrays, seen } = sixteen('2.4');
  arrays.links[2 * 16 + 1] = 16;
  expect(clausesOf(seen)).toEqual(['LIST-1']);
  expect(refutationOf('LIST-1', seen)).toBe(
    'LIST-1 refuted at list 0: after frame 14 comes the head of list 0, but before the head of list 0 comes the head of list 0',
  );
});

test.each([
  [-1, 'node -1'],
  [17, 'the head of list 1'],
  [21, 'node 21'],
  [2 ** 31 - 1, 'node 2147483647'],
])("LIST-1 · LIST-2 · a link may lead to no node but a frame and the list's own head: %i", (node, name) => {
  const { arrays, seen } = sixteen('2.4');
  arrays.links[2 * 14] = node;
  expect(clausesOf(seen)).toEqual(['LIST-1', 'LIST-2']);
  expect(refutationOf('LIST-2', seen)).toBe(
    `LIST-2 refuted at list 0: following it ends at ${name}, but it must come back to the head of list 0`,
  );
  expect(refutationOf('LIST-1', seen)).toBe(
    `LIST-1 refuted at list 0: after frame 14 comes ${name}, but that is neither a frame nor the head of list 0`,
  );
});

test('LIST-2 · a list that comes back to its own frame never ends', () => {
  const { arrays, seen } = sixteen('2.4');
  arrays.links[2 * 14] = 14;
  expect(clausesOf(seen)).toEqual(['LIST-1', 'LIST-2']);
  expect(refutationOf('LIST-2', seen)).toBe(
    'LIST-2 refuted at frame 14: it is met on list 0, but it was met on list 0 already',
  );
});

test('LIST-2 · a frame is on one list at most', () => {
  const { arrays, seen } = sixteen('2.4');
  arrays.links[2 * 0] = 8;
  expect(clausesOf(seen)).toEqual(['LIST-1', 'LIST-2']);
  expect(refutationOf('LIST-2', seen)).toBe(
    'LIST-2 refuted at frame 8: it is met on list 3, but it was met on list 2 already',
  );
});

test('LIST-2 · a list that leads into another does not come back', () => {
  const { arrays, seen } = sixteen('2.4');
  arrays.links[2 * 8] = 0;
  expect(clausesOf(seen)).toEqual(['LIST-1', 'LIST-2', 'STATE-1', 'LIST-4', 'COUNT-1', 'MAP-3']);
  expect(refutationOf('LIST-2', seen)).toBe(
    'LIST-2 refuted at list 2: following it ends at the head of list 3, but it must come back to the head of list 2',
  );
});

test.each([
  [-3, "frame 10 is boot memory's"],
  [1, 'frame 10 is in the outstanding order 1 block at frame 10'],
])('LIST-3 · no frame of a listed block is in use: owner %i', (owner, fact) => {
  const { arrays, seen } = sixteen('2.4');
  arrays.owners[10] = owner;
  expect(clausesOf(seen)).toEqual(['LIST-3', 'STATE-1', 'MAP-2']);
  expect(refutationOf('LIST-3', seen)).toBe(
    `LIST-3 refuted at order 2 block at frame 8: it is on a free list, but ${fact}`,
  );
});

test('LIST-3 · STATE-1 · no frame of a listed block is a hole', () => {
  const zone = sixteen('2.6');
  zone.arrays.owners[10] = -4;
  const seen = doctored(zone.seen, { arena: { ...zone.seen.arena, holes: [[pfn(10), 1]] } });
  expect(clausesOf(seen)).toEqual(['LIST-3', 'STATE-1']);
  expect(refutationOf('LIST-3', seen)).toBe(
    'LIST-3 refuted at order 3 block at frame 8: it is on a free list, but frame 10 is a hole',
  );
  expect(refutationOf('STATE-1', seen)).toBe(
    'STATE-1 refuted at frame 10: it is a hole, but the free order 3 block at frame 8 holds it',
  );
});

test('LIST-3 · BLOCK-1 · a listed block is aligned', () => {
  const zone = sixteen('2.6');
  relist(zone, 3, []);
  relist(zone, 2, [4, 9]);
  relist(zone, 1, [14]);
  relist(zone, 0, [1, 8, 13]);
  mark(zone, [9], 2);
  mark(zone, [14], 1);
  mark(zone, [8, 13], 0);
  expect(clausesOf(zone.seen)).toEqual(['BLOCK-1', 'LIST-3']);
  expect(refutationOf('LIST-3', zone.seen)).toBe(
    'LIST-3 refuted at order 2 block at frame 9: it is on a free list, but it is not aligned',
  );
  expect(refutationOf('BLOCK-1', zone.seen)).toBe(
    'BLOCK-1 refuted at order 2 block at frame 9: it is free, but its head is no multiple of 4 frames from frame 0',
  );
});

test('LIST-3 · BLOCK-1 · a listed block ends inside the arena', () => {
  const zone = bootZone({ kernel: '2.6', base: pfn(32), pages: 6, orders: 4, holes: [] });
  handOverAll(zone);
  relist(zone, 2, [0, 4]);
  relist(zone, 1, []);
  mark(zone, [4], 2);
  expect(clausesOf(zone.seen)).toEqual(['BLOCK-1', 'LIST-3', 'PAIR-4', 'COUNT-1']);
  expect(refutationOf('LIST-3', zone.seen)).toBe(
    'LIST-3 refuted at order 2 block at frame 36: it is on a free list, but the arena ends before frame 38',
  );
});

test('LIST-4 · a free frame that no list reaches is lost', () => {
  const zone = sixteen('2.6');
  relist(zone, 0, []);
  mark(zone, [1], 'none');
  zone.arrays.counters[0] = 12;
  expect(clausesOf(zone.seen)).toEqual(['STATE-1', 'LIST-4']);
  expect(refutationOf('LIST-4', zone.seen)).toBe(
    'LIST-4 refuted at frame 1: it is free, but no block on any list holds it',
  );
});
