/** Tests of the descriptions that make no machine. */

import fc from 'fast-check';
import { GFP_ATOMIC, createMachine, nodeId, order, pfn, regionBytes } from '../../../src/index.ts';
import { campaign } from '../../arbitrary/campaign.ts';
import { describe, expect, test } from 'vitest';
import { machines } from '../../arbitrary/machine.ts';
import { misaligned } from '../../../spec/machine/zone.ts';
import { plainMachine } from './low-memory.ts';
import type { Machine, ZoneName, ZoneSpan } from '../../../protocol/index.ts';

const NOBODY = { wakeKswapd: () => undefined, tryToFreePagesZone: () => false };
const GOOD = plainMachine([[8]]);

const zone = (name: ZoneName, base: number, pages: number): ZoneSpan => ({ name, base: pfn(base), pages, holes: [] });
const nodes = (...all: readonly (readonly ZoneSpan[])[]): Machine => ({
  ...GOOD,
  nodes: all.map((zones) => ({ zones })),
});
const balanced = (name: ZoneName, ratio: number, least: number, most: number): Machine => ({
  ...GOOD,
  balance: { ...GOOD.balance, [name]: { ratio, least, most } },
});

test.each<[why: string, machine: Machine]>([
  ['a machine has at least one node', nodes()],
  ['the ratio of HighMem is 0, not a whole number from 1', balanced('HighMem', 0, 0, 1)],
  ['the ratio of Normal is 1.5, not a whole number from 1', balanced('Normal', 1.5, 0, 1)],
  ['pages_min of DMA is bounded by -1 and 4', balanced('DMA', 1, -1, 4)],
  ['pages_min of DMA is bounded by 2 and 1', balanced('DMA', 1, 2, 1)],
  ['zone Normal does not lie above the zone before it', nodes([zone('DMA', 0, 8), zone('Normal', 7, 8)])],
  ['zone DMA does not lie above the zone before it', nodes([zone('Normal', 0, 8), zone('DMA', 8, 8)])],
  [
    'zone DMA does not lie above the zone before it',
    nodes([zone('DMA', 0, 8)], [zone('Normal', 16, 8), zone('DMA', 24, 8)]),
  ],
  ['zone DMA does not lie above the zone before it', nodes([zone('DMA', -1, 8)])],
  [
    'zone Movable does not lie above the zone before it',
    nodes([Object.assign(zone('DMA', 0, 8), { name: 'Movable' })]),
  ],
  ['node 0 DMA and node 1 Normal share frame 7', nodes([zone('DMA', 0, 8)], [zone('Normal', 7, 8)])],
  ['node 1 DMA and node 0 Normal share frame 15', nodes([zone('Normal', 15, 8)], [zone('DMA', 8, 8)])],
])('MAKE-6 · %s', (why, machine) => {
  expect(createMachine(machine, NOBODY)).toEqual({ kind: 'rejected', clause: 'MAKE-6', why });
});

test.each<[what: string, machine: Machine]>([
  ['a ratio of 1 and bounds of 0', balanced('DMA', 1, 0, 0)],
  ['its higher node first', nodes([zone('Normal', 8, 8)], [zone('DMA', 0, 8)])],
  ['a node without zones', nodes([zone('DMA', 0, 8)], [])],
])('MAKE-6 · a machine may have %s', (_, machine) => {
  expect(createMachine(machine, NOBODY).kind).toBe('created');
});

describe('MAKE-1, MAKE-2, MAKE-5 · memory is asked for the state of a zone', () => {
  /** How many bytes are asked for, where there are none. */
  const asked = (pages: number, orders: number): readonly number[] => {
    const sizes: number[] = [];
    createMachine({ ...nodes([zone('DMA', 0, pages)]), orders }, NOBODY, undefined, (bytes) => {
      sizes.push(bytes);
      return { buffer: new ArrayBuffer(0), byteOffset: 0 };
    });
    return sizes;
  };

  test.each([
    [0, 5],
    [1.5, 5],
    [2 ** 28 + 1, 5],
    [64, 0],
    [64, 1.5],
    [64, 32],
  ])('not where it cannot have %d pages and %d orders', (pages, orders) => {
    expect(asked(pages, orders)).toEqual([0]);
  });

  test.each([
    [1, 1],
    [2 ** 28, 5],
    [64, 31],
  ])('as much as it takes, where it has %d pages and %d orders', (pages, orders) => {
    expect(asked(pages, orders)).toEqual([regionBytes('2.4', pages, orders)]);
  });

  test('and for a count of users of each page, of four bytes', () => {
    const sizes: number[] = [];
    createMachine({ ...nodes([zone('DMA', 0, 64), zone('Normal', 64, 32)]), orders: 5 }, NOBODY, undefined, (bytes) => {
      sizes.push(bytes);
      return { buffer: new ArrayBuffer(bytes), byteOffset: 0 };
    });
    expect(sizes).toEqual([regionBytes('2.4', 64, 5), 4 * 64, regionBytes('2.4', 32, 5), 4 * 32]);
  });
});

test('MAKE-5, PAGE-3 · whatever is in the memory that is given, no page has users and no zone asks to be balanced', () => {
  const machine = nodes([zone('DMA', 0, 8)], [zone('Normal', 8, 8)]);
  const created = createMachine(machine, NOBODY, undefined, (bytes) => {
    return { buffer: new Uint8Array(bytes).fill(0xff).buffer, byteOffset: 0 };
  });
  if (created.kind === 'rejected') expect.fail(created.why);
  const { zones } = created.memory.observe();
  expect(zones.map(({ counts, needBalance }) => [Array.from(counts), needBalance])).toEqual([
    [new Array<number>(8).fill(0), false],
    [new Array<number>(8).fill(0), false],
  ]);
});

test('NODE-4 · without nodes of their own, the first request begins at the last node, and the next at the one before', () => {
  const balance = { ratio: 1000, least: 0, most: 0 };
  const machine = plainMachine([[8], [8], [8]], {
    policy: 'round-robin',
    balance: { DMA: balance, Normal: balance, HighMem: balance },
  });
  const created = createMachine(machine, NOBODY);
  if (created.kind === 'rejected') expect.fail(created.why);
  created.memory.handOverAll();
  const answers = [1, 2].map(() => created.memory.allocPages(GFP_ATOMIC, order(0)));
  expect(answers).toEqual([
    { kind: 'granted', head: 23 },
    { kind: 'granted', head: 15 },
  ]);
});

test('ZONE-5 · a zone that does not begin at a multiple of the largest block is complained about, made, and aligned from its first frame', () => {
  const machine = { ...nodes([zone('DMA', 0, 12), zone('Normal', 12, 8)], [zone('HighMem', 24, 8)]), orders: 4 };
  const created = createMachine(machine, NOBODY);
  if (created.kind === 'rejected') expect.fail(created.why);
  expect(created.misaligned).toEqual([{ node: 0, name: 'Normal' }]);
  for (let frame = 12; frame < 20; frame++) created.memory.handOver(pfn(frame));
  expect(created.memory.allocPagesNode(nodeId(0), GFP_ATOMIC, order(3))).toEqual({ kind: 'exhausted' });
  const { buddy } = created.memory.observe().zones[1] ?? expect.fail();
  expect([buddy.freeCount, buddy.links[2 * (buddy.arena.pages + 3)]]).toEqual([8, 0]);
});

test('ZONE-5 · whatever the machine, both sides complain about the same zones', () => {
  const seen = { some: 0, none: 0 };
  fc.assert(
    fc.property(machines, (machine) => {
      const [zones] = machine.nodes;
      const lowest = { ...machine, nodes: [{ zones: zones?.zones.slice(0, 1) ?? [] }] };
      for (const one of [machine, lowest]) {
        const created = createMachine(one, NOBODY);
        if (created.kind === 'rejected') expect.fail(created.why);
        expect(created.misaligned).toEqual(misaligned(one));
        seen[created.misaligned.length > 0 ? 'some' : 'none']++;
      }
    }),
    campaign(200, 20),
  );
  expect(Math.min(seen.some, seen.none)).toBeGreaterThan(2);
});
