/** Tests of the memory of a machine of 2.6.24: how it is made, and what is asked for while it reclaims. */
import { KERNEL, SMALL } from './low-memory.ts';
import { createMachine26, machineOf26 } from '../../../src/index.ts';
import { expect, test } from 'vitest';
import { gfp, order, pfn } from '../../../spec/unit.ts';
import type { Machine26, Outcome26 } from '../../../protocol/index.ts';
import type { Memory26, Reclaimer26 } from '../../../src/index.ts';

const IDLE: Reclaimer26 = { wakeKswapd: () => undefined, tryToFreePages: () => undefined };

function created(machine: Machine26, reclaimer: Reclaimer26 = IDLE): Memory26 {
  const made = createMachine26(machine, reclaimer);
  return made.kind === 'created' ? made.memory : expect.fail(made.why);
}

test('GATE-4, GATE-5 · a PC with 896 MiB of low memory and 4 GiB in all has the marks and reserves that such kernels print', () => {
  const machine = machineOf26([
    { name: 'DMA', base: pfn(0), pages: 4096, holes: [] },
    { name: 'Normal', base: pfn(4096), pages: 225280, holes: [] },
    { name: 'HighMem', base: pfn(229376), pages: 294896, holes: [] },
  ]);
  const zones = created(machine).observe().zones;
  expect(zones.map(({ watermarks: { high, low, min } }) => [min, low, high])).toEqual([
    [17, 21, 25],
    [939, 1173, 1408],
    [128, 435, 743],
  ]);
  expect(Array.from(zones[0]?.reserves ?? [])).toEqual([0, 0, 880, 2031]);
});

test('MAKE-6, GATE-13 · zones that do not ascend, none at all, and settings that cannot be set are refused', () => {
  const [dma, normal] = SMALL.zones;
  if (dma === undefined || normal === undefined) return expect.fail('no zones');
  const whyOf = (machine: Machine26): string => {
    const made = createMachine26(machine, IDLE);
    return made.kind === 'rejected' ? `${made.clause}: ${made.why}` : 'created';
  };
  expect(whyOf({ ...SMALL, zones: [normal, dma] })).toBe('MAKE-6: zone DMA does not lie above the zone before it');
  expect(whyOf({ ...SMALL, zones: [dma, dma] })).toBe('MAKE-6: zone DMA does not lie above the zone before it');
  expect(whyOf({ ...SMALL, zones: [] })).toBe('MAKE-6: a machine has at least one zone');
  expect(whyOf({ ...SMALL, orders: 0 })).toMatch(/^MAKE-1/u);
  expect(whyOf({ ...SMALL, settings: { ...SMALL.settings, minFreeKbytes: 0.5 } })).toMatch(/^GATE-13/u);
});

test('GATE-11 · what is asked for while memory is reclaimed is asked by a task that reclaims: no mark, no second reclaim', () => {
  const nested: Outcome26[] = [];
  const own: Memory26[] = [];
  const made = created(SMALL, {
    wakeKswapd: () => undefined,
    tryToFreePages: () => {
      for (const memory of own) nested.push(memory.allocPages(gfp(KERNEL), order(0)));
    },
  });
  own.push(made);
  const heads: number[] = [];
  for (;;) {
    const outcome = made.allocPages(gfp(KERNEL), order(0));
    if (outcome.kind !== 'granted') break;
    heads.push(outcome.head);
  }
  // 96 pages of Normal above its 32; then DMA has 15 above its 8 pages and the 8 that it keeps
  expect(heads).toHaveLength(96 + 16);
  expect(nested.map(({ kind }) => kind)).toEqual(['granted']);
  expect(made.allocPages(gfp(0x20), order(0)).kind).toBe('granted'); // the flag is gone, and a hurry is let through
});

test('COUNT-1 · everything that is granted and freed again comes back as the blocks that the machine began with', () => {
  const memory = created(SMALL);
  const before = memory.observe().zones.map(({ buddy }) => buddy.freeCount);
  const outcomes = Array.from({ length: 20 }, (_, n) => ({
    of: n % 3,
    outcome: memory.allocPages(gfp(KERNEL), order(n % 3)),
  }));
  for (const { of, outcome } of outcomes) if (outcome.kind === 'granted') memory.freePages(outcome.head, order(of));
  expect(memory.observe().zones.map(({ buddy }) => buddy.freeCount)).toEqual(before);
});
