/** Tests of a node's state: its map, the bytes that are taken, and the rest of the last page. */

import { PAGE, after, free, node, reserve, retire, take } from './nodes.ts';
import { areNodes, bootMisuse, bootmem, startBoot } from '../../../spec/index.ts';
import { expect, test } from 'vitest';
import { pfn } from '../../../spec/unit.ts';
import type { Boot, Waits } from '../../../spec/index.ts';
import type { BootNode } from '../../../protocol/index.ts';

const always: Waits = () => true;

/** A node of pages of 1,024 bytes, from page 0 on; a page of its map has bits for 8,192. */
const paged = (pages: number, pageSize = 1024): BootNode => ({ start: pfn(0), end: pfn(pages), map: pfn(0), pageSize });

/** A node of four pages, of which all but the first are free. */
const open = (): Boot => after(startBoot([node(0, 4)]), free(PAGE, 3 * PAGE));

const spansOf = (boot: Boot): unknown => boot[0]?.taken;
const restIn = ([state]: Boot): unknown => (state === undefined ? state : bootmem.restOf(state));

test('BOOT-11 · a map has a bit for each page, in whole pages', () => {
  expect([1, 8192, 8193, 16_384, 16_385].map((pages) => bootmem.mapPagesOf(paged(pages)))).toEqual([1, 1, 2, 2, 3]);
  expect([32_768, 32_769].map((pages) => bootmem.mapPagesOf(node(0, pages)))).toEqual([1, 2]);
});

test('RETIRE-3 · a map of which the last page alone is free keeps a node from being retired', () => {
  const part = startBoot([paged(8193)]);
  expect(bootMisuse(part, retire, always)).toBeUndefined();
  expect(bootMisuse(after(part, free(1024, 1024)), retire, always)).toBe('map-not-reserved');
});

test('BOOT-15 · pages have from 2^10 to 2^20 bytes, a power of two', () => {
  const are = (pageSize: number): boolean => areNodes([paged(2, pageSize)]);
  expect([2 ** 10, 2 ** 19, 2 ** 20].map(are)).toEqual([true, true, true]);
  expect([2 ** 9, 1025, 3 * 2 ** 10, 2 ** 20 + 2 ** 19, 2 ** 21].map(are)).toEqual([false, false, false, false, false]);
});

test('BOOT-7 · a size is below 2^52, and an alignment is a power of two', () => {
  const misuse = (size: number, align: number): unknown => bootMisuse(open(), take(size, align), always);
  expect([misuse(2 ** 52 - 1, 1), misuse(2 ** 52, 1), misuse(0, 1)]).toEqual([
    undefined,
    'no-such-size',
    'no-such-size',
  ]);
  expect([1, 2, 3, 6, 4096].map((align) => misuse(1, align))).toEqual([
    undefined,
    undefined,
    'no-such-alignment',
    'no-such-alignment',
    undefined,
  ]);
});

test('BOOT-2, BOOT-3 · taken spans are apart and ascend, and none is empty', () => {
  expect(spansOf(open())).toEqual([[0, PAGE]]);
  const three = after(open(), reserve(3 * PAGE, 1), reserve(PAGE, 1));
  expect(spansOf(three)).toEqual([
    [0, PAGE],
    [PAGE, 2 * PAGE],
    [3 * PAGE, 4 * PAGE],
  ]);
  expect(spansOf(after(three, free(PAGE, PAGE)))).toEqual([
    [0, PAGE],
    [3 * PAGE, 4 * PAGE],
  ]);
});

test('BOOT-2 · freeing less than a page, or bytes of two pages, frees nothing', () => {
  const boot = startBoot([node(0, 4)]);
  expect(after(boot, free(PAGE + 1, PAGE - 2))).toEqual(boot);
  expect(after(boot, free(PAGE + 1, PAGE - 1))).toEqual(boot);
  expect(after(boot, free(PAGE + 1, PAGE))).toEqual(boot);
});

test('FIT-2 · the rest of the last page begins where the last grant ended; a grant of whole pages leaves none', () => {
  expect(restIn(open())).toBeUndefined();
  expect(restIn(after(open(), take(100)))).toEqual([PAGE + 100, 2 * PAGE]);
  expect(restIn(after(open(), take(PAGE)))).toBeUndefined();
  expect(restIn(after(open(), take(100), reserve(PAGE, 1)))).toBeUndefined();
});

test('BOOT-10 · what begins before a node or ends behind it is not free', () => {
  const [state] = after(startBoot([node(2, 5)]), free(3 * PAGE, 2 * PAGE));
  if (state === undefined) expect.fail('no node');
  const isFree = (from: number, to: number): boolean => bootmem.isFree(state, [from, to]);
  expect([isFree(3 * PAGE, 5 * PAGE), isFree(3 * PAGE, 5 * PAGE + 1), isFree(PAGE, PAGE + 1)]).toEqual([
    true,
    false,
    false,
  ]);
});
