/** Tests of doubly linked lists. */
import { expect, test } from 'vitest';
import { Links } from '../../../src/words/list-head.ts';
import type { ListHead, Page } from '../../../src/words/unit.ts';

/** Three nodes, and a list head behind them. */
function links(): { links: Links<Page>; head: ListHead } {
  const made = new Links<Page>(new Int32Array(8));
  for (let node = 0; node < 3; node++) made.initUnlinked(node);
  made.initListHead(3);
  return { links: made, head: 3 };
}

test('LIST-2 · a head that is alone leads to itself, both ways', () => {
  const { links: made, head } = links();
  expect(Array.from(made.links)).toEqual([-1, -1, -1, -1, -1, -1, 3, 3]);
  expect(made.nextOf(head)).toBe(head);
});

test('LIST-1, PLACE-4 · what is added last is first', () => {
  const { links: made, head } = links();
  for (const node of [0, 1, 2]) made.listAdd(node, head);
  expect(Array.from(made.links)).toEqual([3, 1, 0, 2, 1, 3, 2, 0]);
});

test('LIST-1 · a node that is taken out leaves its neighbours linked, and nothing in itself', () => {
  const { links: made, head } = links();
  for (const node of [0, 1, 2]) made.listAdd(node, head);
  made.listDel(1);
  expect(Array.from(made.links)).toEqual([3, 2, -1, -1, 0, 3, 2, 0]);
});

test.each([
  ['that never was on a list', []],
  ['that was taken out', [1]],
])('USE-2 · taking out a node %s is a bug of ours', (_, before) => {
  const { links: made, head } = links();
  for (const node of before) {
    made.listAdd(node, head);
    made.listDel(node);
  }
  expect(() => made.listDel(1)).toThrow('bug in buddy-oracle: unlinked node 1');
});

test.each([0, 1])('USE-2 · half a link is a bug of ours: slot %i has none', (slot) => {
  const { links: made, head } = links();
  made.listAdd(0, head);
  made.links[slot] = -1;
  expect(() => made.listDel(0)).toThrow('bug in buddy-oracle: unlinked node 0');
});

test('USE-2 · a node that there is not is a bug of ours', () => {
  const { links: made } = links();
  expect(() => made.nextOf(4)).toThrow('bug in buddy-oracle: node 4');
  expect(() => made.prevOf(4)).toThrow('bug in buddy-oracle: node 4');
  expect(() => made.listDel(4)).toThrow('bug in buddy-oracle: unlinked node 4');
  expect(() => made.listAdd(0, 4)).toThrow('bug in buddy-oracle: list head 4');
});
