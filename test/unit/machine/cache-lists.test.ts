/** Tests of the two lists of the page cache: how pages are numbered, and which of them are on no list. */

import { LruLists } from '../../../src/machine/cache/lists.ts';
import { expect, test } from 'vitest';
import { machineOf, pfn } from '../../../src/index.ts';

/** Frames 0 to 3 are DMA, 4 to 7 and 16 to 19 Normal, 20 to 23 HighMem; 8 to 15 are of no zone. */
const lists = (): LruLists => {
  const nodes = [
    { first: 0, end: 8 },
    { first: 16, end: 24 },
  ];
  return new LruLists(machineOf(nodes, { limits: { dma: pfn(4), normal: pfn(20) } }));
};

test('ZONE-2 · the pages of the cache are those of all zones, numbered through; a frame of no zone is -1, and so back', () => {
  const made = lists();
  const frames = [0, 3, 4, 7, 16, 19, 20, 23];
  const nodes = [0, 3, 4, 7, 8, 11, 12, 15];
  expect(made.size).toBe(16);
  expect(frames.map((frame) => made.nodeOf(pfn(frame)))).toEqual(nodes);
  expect(nodes.map((node) => made.frameOf(node))).toEqual(frames);
  for (const frame of [-1, 8, 15, 24, 0.5, NaN]) expect(made.nodeOf(pfn(frame)), String(frame)).toBe(-1);
  expect(made.frameOf(-1)).toBe(-1);
  expect(nodes.filter((node) => made.isHighmem(node))).toEqual([12, 15]);
});

test('LIST-1, LIST-2 · at first no page is on a list; after the last page come the two heads, and nothing after them', () => {
  const made = lists();
  for (const node of [0, 7, 15]) expect(() => made.takeOff(node)).toThrow(`unlinked node ${node}`);
  expect(() => made.takeOff(18)).toThrow('unlinked node 18');
  expect([made.on(1), made.on(2), made.nrActive, made.nrInactive]).toEqual([[], [], 0, 0]);
  made.putFirst(15, 2);
  made.putFirst(0, 2);
  expect([made.on(1), made.on(2)]).toEqual([[], [0, 15]]);
});
