/** Tests of a machine that boots from its firmware's map of memory. */

import { expect, test } from 'vitest';
import {
  GFP_ATOMIC,
  GFP_HIGHUSER,
  LruReclaimer,
  createMachine,
  machineOf,
  order,
  pfn,
  byteAddress,
  startKernel,
} from '../../../src/index.ts';
import fc from 'fast-check';
import { campaign } from '../../arbitrary/campaign.ts';
import { isUsable, sizes } from '../../../spec/boot/firmware.ts';
import { refuteMachine } from '../../../invariants/index.ts';
import type { Firmware, UsableRange } from '../../../protocol/index.ts';
import { nodeId } from '../../../spec/unit.ts';
import type { Region, Running } from '../../../src/index.ts';

const PAGE = 4096;
const bytes = (first: number, end: number): UsableRange => ({
  address: byteAddress(first * PAGE),
  size: (end - first) * PAGE,
});
const IMAGE = bytes(16, 24);

/** No page cache: what is asked of it is in vain. */
const none = (): LruReclaimer => new LruReclaimer(machineOf([]));

const firmwareOf = (usable: readonly UsableRange[], ...ends: readonly number[]): Firmware => ({
  usable,
  nodes: ends.map((end, n) => ({ start: pfn(ends[n - 1] ?? 0), end: pfn(end) })),
  dmaLimit: byteAddress(128 * PAGE),
  lowLimit: byteAddress(448 * PAGE),
});

function started(firmware: Firmware): Running {
  const running = startKernel(firmware, none, { image: IMAGE, orders: 6 });
  return running.kind === 'running' ? running : expect.fail(`${running.clause}: ${running.why}`);
}

const freeIn = ({ memory }: Running): number =>
  memory.observe().zones.reduce((sum, { buddy }) => sum + buddy.freeCount, 0);

test('SIZE-5, WATER-1 · on a PC with one node the marks of DMA count the hole below 1 MiB, with two nodes they do not', () => {
  const marksOf = (...ends: readonly number[]): unknown => {
    const firmware: Firmware = {
      ...firmwareOf([bytes(0, 159), bytes(256, 16_384)], ...ends),
      dmaLimit: byteAddress(4096 * PAGE),
      lowLimit: byteAddress(229_376 * PAGE),
    };
    const running = startKernel(firmware, none, { image: bytes(256, 512) });
    if (running.kind === 'rejected') return running.why;
    const { zones } = running.memory.observe();
    expect(refuteMachine(running.memory.observe())).toEqual([]);
    // the hole is not usable, whatever the zone is told: none of its pages is ever free
    const dma = zones[0]?.buddy;
    expect(Array.from({ length: 97 }, (_, n) => dma?.owners[159 + n]).every((owner) => owner !== -2)).toBe(true);
    return zones.map(({ name, watermarks: { min, low, high } }) => [name, min, low, high]);
  };
  expect(marksOf(16_384)).toEqual([
    ['DMA', 32, 64, 96],
    ['Normal', 96, 192, 288],
  ]);
  expect(marksOf(8192, 16_384)).toEqual([
    ['DMA', 31, 62, 93],
    ['Normal', 32, 64, 96],
    ['Normal', 64, 128, 192],
  ]);
});

test('SIZE-3, RETIRE-1, HAND-1 · a machine of two nodes boots; every usable page is free but those in use', () => {
  const running = started(firmwareOf([bytes(0, 159), bytes(256, 1000)], 600, 1000));
  const spans = running.machine.nodes.map(({ zones }) => zones.map(({ name, base, pages }) => [name, base, pages]));
  expect(spans).toEqual([
    [
      ['DMA', 0, 128],
      ['Normal', 128, 320],
      ['HighMem', 448, 152],
    ],
    [['HighMem', 600, 400]],
  ]);
  expect(running.high).toBe(152 + 400);
  expect(freeIn(running)).toBe(running.low + running.high);
  // In use for ever: page 0, the kernel's eight, and what the zones' own states lie in.
  const lowUsable = 159 + (448 - 256);
  expect(lowUsable - running.low).toBeGreaterThan(1 + 8);
  expect(lowUsable - running.low).toBeLessThan(1 + 8 + 12);
  expect(refuteMachine(running.memory.observe())).toEqual([]);
  expect(running.bootmem.observe().nodes.map(({ retired }) => retired)).toEqual([true]);
  // 152 frames are four largest blocks, one of 16 and one of 8 at the end. High memory is freed from its end down, so that
  // the list of the largest blocks begins with the lowest.
  const ask = (of: number): unknown => running.memory.allocPages(GFP_HIGHUSER, order(of));
  expect([ask(0), ask(0), ask(5)]).toEqual([599, 598, 448].map((head) => ({ kind: 'granted', head })));
});

test("BOOT-15, RETIRE-1 · the map of boot memory lies neither on page 0 nor in the kernel's image, which end a node", () => {
  const running = startKernel(firmwareOf([bytes(0, 64)], 64), none, { image: bytes(56, 64), orders: 6 });
  if (running.kind === 'rejected') expect.fail(running.why);
  const granted: number[] = [];
  for (let n = 0; n < 64; n++) {
    const outcome = running.memory.allocPages(GFP_ATOMIC, order(0));
    if (outcome.kind === 'granted') granted.push(outcome.head);
  }
  // The map lay on page 1, which is free since.
  expect(granted).toContain(1);
  expect(granted.filter((frame) => frame === 0 || frame >= 56)).toEqual([]);
});

test("HAND-1 · a page of high memory that the kernel's image lies in is not handed over", () => {
  const firmware = { ...firmwareOf([bytes(0, 16)], 16), dmaLimit: byteAddress(0), lowLimit: byteAddress(11 * PAGE) };
  const { high, memory } = bootedWith(firmware, bytes(12, 13)).running;
  expect(high).toBe(16 - 11 - 1);
  const [buddy] = memory.observe().zones.flatMap((zone) => (zone.name === 'HighMem' ? [zone.buddy] : []));
  // Frame 12 is still held as it was at boot; frame 13 was handed over.
  expect([buddy?.arena.base, buddy?.owners[1], buddy?.owners[2]]).toEqual([11, -3, -2]);
});

test("BOOT-15 · a node that is all the kernel's image has no room for a map, and the machine does not boot", () => {
  const nodes = [
    { start: pfn(16), end: pfn(64) },
    { start: pfn(64), end: pfn(128) },
  ];
  const firmware = { ...firmwareOf([bytes(16, 128)], 64, 128), nodes };
  const image = { image: bytes(16, 64), orders: 6 };
  expect(startKernel(firmware, none, image)).toMatchObject({ kind: 'rejected', clause: 'BOOT-15' });
  expect(startKernel(firmware, none, { ...image, image: bytes(16, 63) })).toMatchObject({ kind: 'running' });
});

test('HAND-3 · the zones of a machine are doors for their own frames alone', () => {
  const created = createMachine(machineOf([{ first: 0, end: 64 }], { orders: 5 }), none());
  if (created.kind === 'rejected') expect.fail(created.why);
  expect(created.memory.doors()).toHaveLength(1);
  expect(created.memory.doors()[0]?.handOver(pfn(64))).toMatchObject({ misuse: 'no-such-frame' });
});

test('BOOT-12 · a machine without memory for the state of its zones does not boot', () => {
  expect(startKernel(firmwareOf([bytes(0, 25)], 4096), none, { image: bytes(1, 24), orders: 6 })).toMatchObject({
    kind: 'rejected',
    clause: 'BOOT-12',
  });
});

const ranges: fc.Arbitrary<readonly UsableRange[]> = fc
  .array(fc.record({ at: fc.integer({ min: 64, max: 900 }), pages: fc.integer({ min: 1, max: 300 }) }), {
    maxLength: 5,
  })
  .map((more) => [bytes(0, 64), ...more.map(({ at, pages }) => bytes(at, at + pages))]);

/** The first page of the kernel's image, and the first after it. */
const images: fc.Arbitrary<readonly [number, number]> = fc.oneof(
  fc.constant([16, 24] as const),
  fc.tuple(fc.integer({ min: 0, max: 32 }), fc.constantFrom(40, 60, 63, 64)),
);

test('SIZE-1, SIZE-4, TAKE-3 · whatever firmware reports, usable pages are free or in use, and no other is ever granted', () => {
  let [booted, refused] = [0, 0];
  fc.assert(
    fc.property(ranges, fc.integer({ min: 64, max: 1200 }), images, (usable, border, [first, end]) => {
      const firmware = firmwareOf(usable, border, 1200);
      const running = startKernel(firmware, none, { image: bytes(first, end), orders: 6 });
      if (running.kind === 'rejected') {
        refused++;
        return;
      }
      booted++;
      expect(refuteMachine(running.memory.observe())).toEqual([]);
      const pages = Array.from({ length: 1200 }, (_, page) => page).filter((page) => isUsable(firmware, page));
      const high = pages.filter((page) => page >= 448).length;
      expect(running.high).toBe(high);
      expect(sizes(firmware).maxPfn).toBe(1 + (pages.at(-1) ?? 0));
      expect(freeIn(running)).toBe(running.low + high);
      const granted = new Set<number>();
      for (;;) {
        const outcome = running.memory.allocPages(GFP_HIGHUSER, order(0));
        if (outcome.kind !== 'granted') break;
        expect(granted.has(outcome.head), `frame ${outcome.head} twice`).toBe(false);
        granted.add(outcome.head);
      }
      expect([...granted].filter((frame) => !isUsable(firmware, frame) || frame === 0)).toEqual([]);
      expect([...granted].filter((frame) => frame >= first && frame < end)).toEqual([]);
    }),
    campaign(60),
  );
  expect(booted).toBeGreaterThan(refused);
});

/** The pages of boot memory that the state of the zones lies in, as they are asked for while a machine boots. */
function bootedWith(firmware: Firmware, image: UsableRange): { running: Running; state: ReadonlySet<number> } {
  const state = new Set<number>();
  const regionAt = (address: number, count: number): Region => {
    for (let byte = address; byte < address + count; byte += 4) state.add(Math.floor(byte / PAGE));
    return { buffer: new ArrayBuffer(count), byteOffset: 0 };
  };
  const running = startKernel(firmware, none, { image, orders: 6, regionAt });
  return running.kind === 'running' ? { running, state } : expect.fail(`${running.clause}: ${running.why}`);
}

const mapsOf = ({ bootmem }: Running): readonly number[] => bootmem.observe().nodes.map(({ map }) => map);
const freeOf = ({ memory }: Running): readonly number[] => memory.observe().zones.map(({ buddy }) => buddy.freeCount);

test('RETIRE-1, FIT-4 · of two nodes of low memory all is free but page 0, the image and the state of the zones in the last', () => {
  const { running, state } = bootedWith(firmwareOf([bytes(0, 128)], 64, 128), IMAGE);
  expect(mapsOf(running)).toEqual([24, 64]);
  expect([...state].every((page) => page > 64 && page < 128)).toBe(true);
  expect(state.size).toBeGreaterThan(0);
  expect(freeOf(running)).toEqual([64 - 1 - 8, 64 - state.size]);
  expect([running.low, running.high]).toEqual([128 - 1 - 8 - state.size, 0]);
});

test('BOOT-15, RETIRE-1 · where the image ends with low memory, the map lies where the node begins', () => {
  const { running, state } = bootedWith(firmwareOf([bytes(8, 64)], 64), bytes(56, 64));
  expect(mapsOf(running)).toEqual([8]);
  expect(running.low).toBe(56 - 8 - state.size);
});

test('BOOT-11, RETIRE-1 · a node far up has a map for its own pages alone', () => {
  const far: Firmware = {
    usable: [bytes(32_768, 32_832)],
    nodes: [{ start: pfn(32_768), end: pfn(32_832) }],
    dmaLimit: byteAddress(0),
    lowLimit: byteAddress(40_000 * PAGE),
  };
  const { running, state } = bootedWith(far, bytes(32_770, 32_774));
  expect(mapsOf(running)).toEqual([32_774]);
  expect(running.low).toBe(64 - 4 - state.size);
});

test('BOOT-15, MAKE-6 · a machine without low memory does not boot, and neither does one with bad watermarks', () => {
  const options = { image: IMAGE, orders: 6 };
  expect(startKernel(firmwareOf([bytes(500, 600)], 600), none, options)).toEqual({
    kind: 'rejected',
    clause: 'BOOT-15',
    why: 'there is no node',
  });
  const mark = { ratio: 0, least: 0, most: 0 };
  const balance = { DMA: mark, Normal: mark, HighMem: mark };
  expect(startKernel(firmwareOf([bytes(0, 64)], 64), none, { ...options, balance })).toMatchObject({
    kind: 'rejected',
    clause: 'MAKE-6',
  });
});

test('BOOT-12 · what boot memory has not granted is nowhere', () => {
  const places: number[] = [];
  const regionAt = (address: number, count: number): Region => {
    places.push(address);
    return { buffer: new ArrayBuffer(count), byteOffset: 0 };
  };
  const refused = startKernel(firmwareOf([bytes(0, 25)], 25), none, { image: bytes(1, 24), orders: 6, regionAt });
  if (refused.kind === 'running') expect.fail('it runs');
  expect(refused.why).toMatch(/^boot memory has no \d+ bytes for the state of a zone$/u);
  expect(places.filter((address) => !Number.isInteger(address))).toEqual([]);
});

test('RETIRE-5 · zones whose states lie in one another wait for no pages, and the machine does not boot', () => {
  const buffer = new ArrayBuffer(1 << 16);
  const regionAt = (): Region => ({ buffer, byteOffset: 0 });
  expect(startKernel(firmwareOf([bytes(0, 448)], 448), none, { image: IMAGE, orders: 6, regionAt })).toEqual({
    kind: 'rejected',
    clause: 'RETIRE-5',
    why: 'retirement was answered no-zone',
  });
});

test('SIZE-3 · a single frame of high memory is a zone', () => {
  const { machine, high } = started(firmwareOf([bytes(0, 449)], 449));
  expect([machine.nodes[0]?.zones.map(({ name }) => name), high]).toEqual([['DMA', 'Normal', 'HighMem'], 1]);
});

test('HAND-1 · the frames of each node are handed over from its own end down', () => {
  const running = startKernel(firmwareOf([bytes(0, 700)], 600, 700), none, { image: IMAGE, orders: 1 });
  if (running.kind === 'rejected') expect.fail(running.why);
  const heads = [0, 1].map((node) => running.memory.allocPagesNode(nodeId(node), GFP_HIGHUSER, order(0)));
  expect(heads).toEqual([448, 600].map((head) => ({ kind: 'granted', head })));
});
