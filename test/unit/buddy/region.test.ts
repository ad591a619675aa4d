/** Tests of how a zone's arrays lie in its region. */

import { describe, expect, test } from 'vitest';
import { carve, mapWords, regionBytes } from '../../../src/buddy/region.ts';
import { Zone } from '../../../src/buddy/zone.ts';
import { order as orderFrom, pfn } from '../../../src/index.ts';
import { plainShape } from '../../arbitrary/arena.ts';
import { regionFor } from '../../arbitrary/region.ts';

const upTo = (last: number, first = 1): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, n) => first + n);

/** The kernel's bytes: an eighth of the pairs, rounded up, in whole longs of four bytes. */
const kernelBytes = (pages: number, order: number): number => {
  const bytes = Math.floor((pages - 1) / 2 ** (order + 4)) + 1;
  return bytes + ((4 - (bytes % 4)) % 4);
};

test('MAP-1 · a map has the words that the kernel gives it, for 1 to 600 pages', () => {
  const wrong = upTo(600).flatMap((pages) =>
    upTo(10, 0)
      .filter((order) => 4 * mapWords(pages, orderFrom(order)) !== kernelBytes(pages, order))
      .map((order) => [pages, order]),
  );
  expect(wrong).toEqual([]);
});

test.each<[base: number, orders: number, offset: number]>([
  [21, 3, 1], // blocks of four: 20 is a multiple
  [22, 4, 6], // of eight: 16
  [40, 4, 0],
  [7, 1, 0], // of one
])(
  'BLOCK-1 · a zone of 2.6 from frame %i on, with %i orders, begins %i frames after a multiple of its largest block',
  (base, orders, offset) => {
    const shape = plainShape('2.6', 16, orders, base);
    expect(new Zone('2.6', shape, regionFor(shape)).offset).toBe(offset);
    expect(new Zone('2.4', shape, regionFor({ ...shape, kernel: '2.4' })).offset).toBe(0);
  },
);

test('MAP-1 · a map has room for every pair, and no word too many', () => {
  const wrong = upTo(600).flatMap((pages) =>
    upTo(10, 0)
      .filter((order) => mapWords(pages, orderFrom(order)) !== Math.ceil(Math.ceil(pages / 2 ** (order + 1)) / 32))
      .map((order) => [pages, order]),
  );
  expect(wrong).toEqual([]);
});

test('MAP-1 · no map of any order overlaps another, and the top order has none', () => {
  for (const pages of [1, 31, 32, 33, 63, 64, 65, 129, 600, 4096]) {
    const zone = new Zone('2.4', { base: pfn(0), pages, orders: 6 }, regionFor(plainShape('2.4', pages, 6)));
    const maps = zone.freeArea.slice(0, -1).map((area) => zone.mapOf(area));
    expect(maps.reduce((words, map) => words + map.length, 0)).toBe(zone.map.length);
    for (const [at, map] of maps.entries()) map.fill(at + 1);
    expect(Array.from(zone.map)).toEqual(maps.flatMap((map, at) => new Array<number>(map.length).fill(at + 1)));
  }
});

describe.each(['2.4', '2.6'] as const)('MAKE-5 · the arrays of %s', (kernel) => {
  test.each([1, 2, 3, 4, 5, 31, 64, 65, 600])('fill the region of %i pages without gaps', (pages) => {
    const orders = 7;
    const region = regionFor(plainShape(kernel, pages, orders), { shared: false, wordsBefore: 3, bytesBehind: 0 });
    const { counters, links, map, buddyFlag, privateOrder, owners } = carve(kernel, pages, orders, region);
    const arrays = [counters, links, map, buddyFlag, privateOrder, owners];
    const ends = arrays.map((array) => array.byteOffset + array.byteLength);
    expect(arrays.map(({ byteOffset }) => byteOffset)).toEqual([region.byteOffset, ...ends.slice(0, -1)]);
    expect(Math.ceil(Number(ends.at(-1)) / 4) * 4).toBe(region.byteOffset + regionBytes(kernel, pages, orders));
    expect(links).toHaveLength(2 * (pages + orders));
    expect(counters).toHaveLength(kernel === '2.6' ? 1 + orders : 1);
    for (const marks of [buddyFlag, privateOrder]) expect(marks).toHaveLength(kernel === '2.6' ? pages : 0);
    expect(owners).toHaveLength(pages);
    expect(map.length > 0).toBe(kernel === '2.4');
  });
});
