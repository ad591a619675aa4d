import { expect, test } from 'vitest';
import { initListHead, initUnlinked, listAdd, listDel, nextOf } from '../../src/list-head.ts';

/** Three nodes, and a list head behind them. */
function links(): { links: Int32Array; head: number } {
  const made = new Int32Array(8);
  for (let node = 0; node < 3; node++) initUnlinked(made, node);
  initListHead(made, 3);
  return { links: made, head: 3 };
}

test('LIST-2 · a head that is alone leads to itself, both ways', () => {
  const { links: made, head } = links();
  expect(Array.from(made)).toEqual([-1, -1, -1, -1, -1, -1, 3, 3]);
  expect(nextOf(made, head)).toBe(head);
});

test('LIST-1, PLACE-4 · what is added last is first', () => {
  const { links: made, head } = links();
  for (const node of [0, 1, 2]) listAdd(made, node, head);
  expect(Array.from(made)).toEqual([3, 1, 0, 2, 1, 3, 2, 0]);
});

test('LIST-1 · a node that is taken out leaves its neighbours linked, and nothing in itself', () => {
  const { links: made, head } = links();
  for (const node of [0, 1, 2]) listAdd(made, node, head);
  listDel(made, 1);
  expect(Array.from(made)).toEqual([3, 2, -1, -1, 0, 3, 2, 0]);
});

test.each([
  ['that never was on a list', []],
  ['that was taken out', [1]],
])('USE-2 · taking out a node %s is a bug of ours', (_, before) => {
  const { links: made, head } = links();
  for (const node of before) {
    listAdd(made, node, head);
    listDel(made, node);
  }
  expect(() => listDel(made, 1)).toThrow('bug in buddy-oracle: unlinked node 1');
});

test('USE-2 · half a link is a bug of ours', () => {
  const { links: made, head } = links();
  listAdd(made, 0, head);
  made[1] = -1;
  expect(() => listDel(made, 0)).toThrow('bug in buddy-oracle: unlinked node 0');
});

test('USE-2 · a node that there is not is a bug of ours', () => {
  const { links: made } = links();
  expect(() => nextOf(made, 4)).toThrow('bug in buddy-oracle: link 8');
  expect(() => listDel(made, 4)).toThrow('bug in buddy-oracle: link 8');
  expect(() => listAdd(made, 0, 4)).toThrow('bug in buddy-oracle: link 8');
});
