/** Tests of request masks and task flags. */

import { expect, test } from 'vitest';
import * as core from '../../../src/machine/gfp.ts';
import * as src from '../../../src/index.ts';
import { LowMemory, plainMachine } from './low-memory.ts';
import { gfp, taskFlags } from '../../../spec/unit.ts';
import {
  isExempt,
  isGfp,
  isTaskFlags,
  mayEnterFs,
  mayStartIo,
  mayWait,
  wantedZone,
} from '../../../spec/machine/gfp.ts';

test('GFP-2 · the masks and flags are those of 2.4.22', () => {
  const masks = [src.GFP_ATOMIC, src.GFP_NOIO, src.GFP_NOHIGHIO, src.GFP_NOFS, src.GFP_KERNEL, src.GFP_NFS];
  expect(masks).toEqual([0x020, 0x030, 0x070, 0x0f0, 0x1f0, 0x1f0]);
  expect([src.GFP_USER, src.GFP_KSWAPD, src.GFP_HIGHUSER, src.GFP_DMA]).toEqual([0x1d0, 0x1d0, 0x1d2, 0x001]);
  expect([src.PF_MEMALLOC, src.PF_MEMDIE, src.PF_NONE]).toEqual([0x800, 0x1000, 0]);
});

test('GFP-1 · a zone modifier chooses the zone, and is added to a mask without one', () => {
  expect(src.withZone(src.GFP_USER, 'HIGHMEM')).toBe(src.GFP_HIGHUSER);
  expect(src.withZone(src.GFP_KERNEL, 'DMA')).toBe(0x1f1);
  expect([0x1f0, 0x1f1, 0x1d2, 0x1d3].map((mask) => wantedZone(gfp(mask)))).toEqual([
    'Normal',
    'DMA',
    'HighMem',
    'DMA',
  ]);
});

test('GFP-2 · of all masks those are taken that have no other bits', () => {
  expect([0, 0x1f3, 0x1d3].every(isGfp)).toBe(true);
  expect([0x004, 0x008, 0x1ff, 0x200, -1, 0.5, NaN, 2 ** 40].some(isGfp)).toBe(false);
  expect([0, 0x800, 0x1000, 0x1800].every(isTaskFlags)).toBe(true);
  expect([0x2000, 0x4000, 1, -1].some(isTaskFlags)).toBe(false);
});

test('GFP-2 · the core takes the same masks and flags as its specification', () => {
  const masks = [0, 1, 0x04, 0x08, 0x10, 0x14, 0x1ff, 0x1d0, 0x1f3, 0x200, 0x210, 0x3f3, 0x1000];
  const flags = [0, 1, 0x7ff, 0x800, 0x801, 0x1000, 0x17ff, 0x1800, 0x1801, 0x2000, 0x3800];
  const none = [-1, -0x800, 0.5, 0x10 + 0.5, 0x800 + 0.5, 2 ** 32, 2 ** 32 + 0x800, 2 ** 40, NaN, Infinity];
  expect([...masks, ...none].filter(core.isGfp)).toEqual([0, 1, 0x10, 0x1d0, 0x1f3]);
  expect([...flags, ...none].filter(core.isTaskFlags)).toEqual([0, 0x800, 0x1000, 0x1800]);
  expect([...masks, ...none].filter(isGfp)).toEqual([0, 1, 0x10, 0x1d0, 0x1f3]);
  expect([...flags, ...none].filter(isTaskFlags)).toEqual([0, 0x800, 0x1000, 0x1800]);
});

test('GFP-3, WATER-4 · WAIT says who may wait, and two flags whom no mark holds', () => {
  expect([0x20, 0x01, 0x22].some((mask) => mayWait(gfp(mask)))).toBe(false);
  expect([0x10, 0x30, 0x1d0].every((mask) => mayWait(gfp(mask)))).toBe(true);
  expect([0, 0x800, 0x1000].map((flags) => isExempt(taskFlags(flags)))).toEqual([false, true, true]);
});

test('RECLAIM-7, RECLAIM-8, RECLAIM-9 · FS lets a reclaim enter the filesystem, IO start I/O, and HIGHIO on high memory too', () => {
  const masks = [0, 0x40, 0x80, 0xc0, 0x100, 0x1c0].map(gfp);
  expect(masks.map((mask) => mayStartIo(mask, false))).toEqual([false, true, false, true, false, true]);
  expect(masks.map((mask) => mayStartIo(mask, true))).toEqual([false, false, false, true, false, true]);
  expect(masks.map(mayEnterFs)).toEqual([false, false, false, false, true, true]);
});

const HIGH = 0x20;

test.each([0x00, 0x10, 0x01, 0x02, 0x12, 0x11, 0xd0, 0x1d0])(
  'GFP-3 · with HIGH or without, %i is answered alike, page by page until it is answered no more',
  (mask) => {
    const [without, high] = [mask, mask | HIGH].map((gfpMask) => {
      const low = new LowMemory(plainMachine([[48, 48, 48]], { balance: SMALL }));
      const answers: string[] = [];
      while (answers.length < 200 && !['exhausted', 'stalled'].includes(answers.at(-1) ?? '')) {
        answers.push(JSON.stringify(low.ask({ gfp: gfpMask }).outcome).replace(/^\{"kind":"(\w+)"\}$/u, '$1'));
      }
      return answers;
    });
    expect(without).toEqual(high);
    expect(without?.length).toBeGreaterThan(20);
  },
);

const BALANCE = { ratio: 8, least: 2, most: 20 };
const SMALL = { DMA: BALANCE, Normal: BALANCE, HighMem: BALANCE };
