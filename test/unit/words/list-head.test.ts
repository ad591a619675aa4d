/** Tests of doubly linked lists. */
import { expect, test } from 'vitest';
import { Links } from '../../../src/words/list-head.ts';
import { frameIndex, listHead } from '../../../src/words/unit.ts';
import type { FrameIndex } from '../../../protocol/index.ts';
import type { ListHead } from '../../../src/words/unit.ts';

/** Three nodes, and a list head behind them. */
function links(): { links: Links<FrameIndex>; head: ListHead } {
  const made = new Links<FrameIndex>(new Int32Array(8));
  for (let node = frameIndex(0); node < 3; node++) made.initUnlinked(node);
  made.initListHead(listHead(3));
  return { links: made, head: listHead(3) };
}

test('LIST-2 · a head that is alone leads to itself, both ways', () => {
  const { links: made, head } = links();
  expect(Array.from(made.links)).toEqual([-1, -1, -1, -1, -1, -1, 3, 3]);
  expect(made.nextOf(head)).toBe(head);
});

test('LIST-1, PLACE-4 · what is added last is first', () => {
  const { links: made, head } = links();
  for (const node of [0, 1, 2]) made.listAdd(frameIndex(node), head);
  expect(Array.from(made.links)).toEqual([3, 1, 0, 2, 1, 3, 2, 0]);
});

test('LIST-1 · a node that is taken out leaves its neighbours linked, and nothing in itself', () => {
  const { links: made, head } = links();
  for (const node of [0, 1, 2]) made.listAdd(frameIndex(node), head);
  made.listDel(frameIndex(1));
  expect(Array.from(made.links)).toEqual([3, 2, -1, -1, 0, 3, 2, 0]);
});

test.each([
  ['that never was on a list', []],
  ['that was taken out', [1]],
])('USE-2 · taking out a node %s is a bug of ours', (_, before) => {
  const { links: made, head } = links();
  for (const node of before) {
    made.listAdd(frameIndex(node), head);
    made.listDel(frameIndex(node));
  }
  expect(() => made.listDel(frameIndex(1))).toThrow('bug in buddy-oracle: unlinked node 1');
});

test.each([0, 1])('USE-2 · half a link is a bug of ours: slot %i has none', (slot) => {
  const { links: made, head } = links();
  made.listAdd(frameIndex(0), head);
  const words: Int32Array = made.links;
  words[slot] = -1;
  expect(() => made.listDel(frameIndex(0))).toThrow('bug in buddy-oracle: unlinked node 0');
});

test('USE-2 · a node that there is not is a bug of ours', () => {
  const { links: made } = links();
  expect(() => made.nextOf(frameIndex(4))).toThrow('bug in buddy-oracle: node 4');
  expect(() => made.prevOf(frameIndex(4))).toThrow('bug in buddy-oracle: node 4');
  expect(() => made.listDel(frameIndex(4))).toThrow('bug in buddy-oracle: unlinked node 4');
  expect(() => made.listAdd(frameIndex(0), listHead(4))).toThrow('bug in buddy-oracle: list head 4');
});
