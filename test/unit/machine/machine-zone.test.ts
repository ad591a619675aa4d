/** Tests of a zone's watermarks and of the partition of frames into zones. */
import { DEFAULT_BALANCE, createMachine, i386Limits, machineOf, nodeId, order, pfn } from '../../../src/index.ts';
import { Field } from '../../../src/words/field.ts';
import { bootMachine } from '../../../spec/index.ts';
import { expect, test } from 'vitest';
import { nodesOn } from '../../../src/machine/create.ts';
import { plainMachine } from './low-memory.ts';
import { takePages, watermarks } from '../../../src/machine/machine-zone.ts';
import { watermarksOf, zoneNameOf } from '../../../spec/machine/zone.ts';
import type { Machine, Run } from '../../../protocol/index.ts';

const NOBODY = { wakeKswapd: () => undefined, tryToFreePagesZone: () => false };

test.each([
  [4096, 32, 64, 96],
  [28672, 224, 448, 672],
  [8192, 64, 128, 192],
  [225280, 255, 510, 765],
  [100, 20, 40, 60],
])('WATER-1 · a zone of %d pages has the marks %d, %d and %d', (pages, min, low, high) => {
  expect(watermarks(DEFAULT_BALANCE.Normal, pages)).toEqual({ min, low, high });
  expect(watermarksOf({ ratio: 128, least: 20, most: 255 }, pages)).toEqual({ min, low, high });
});

test('WATER-1 · pages that are not there do not count', () => {
  const machine = machineOf([{ first: 4096, end: 12288, holes: [[pfn(4096), 4096]] }]);
  const created = createMachine(machine, NOBODY);
  if (created.kind === 'rejected') expect.fail(created.why);
  expect(created.memory.observe().zones.map(({ watermarks }) => watermarks)).toEqual([{ min: 32, low: 64, high: 96 }]);
  expect(bootMachine(machine).zones.map(({ watermarks }) => watermarks)).toEqual([{ min: 32, low: 64, high: 96 }]);
});

test('PAGE-3, PASS-7 · where a zone has no block of the order, no page is granted and none gets a user', () => {
  const put: number[] = [];
  class Noting extends Field<number, number> {
    override put(page: number, users: number): void {
      put.push(page);
      super.put(page, users);
    }
  }
  const ground = {
    give: (bytes: number) => ({ buffer: new ArrayBuffer(bytes), byteOffset: 0 }),
    isNew: true,
    word: () => ({ words: new Int32Array(1), guard: undefined }),
    node: nodeId(0),
  };
  const made = nodesOn(plainMachine([[8]]), ground);
  if ('kind' in made) expect.fail(made.why);
  const zone = { ...(made[0]?.zones[0] ?? expect.fail('no zone')), counts: new Noting(new Int32Array(8)) };
  expect([takePages(zone, order(0)), put]).toEqual([-1, []]);
  zone.allocator.handOver(pfn(3));
  expect([takePages(zone, order(1)), put]).toEqual([-1, []]);
  expect([takePages(zone, order(0)), put]).toEqual([3, [3]]);
});

const MIB = 256;
const spansOf = ({ nodes }: Machine): readonly string[] =>
  nodes.flatMap(({ zones }, node) => zones.map(({ base, name, pages }) => `${node} ${name} ${base} ${pages}`));

test('ZONE-1 · a PC has DMA up to 16 MiB, Normal up to 896 MiB, and HighMem above', () => {
  expect(i386Limits(4096)).toEqual({ dma: 16 * MIB, normal: 896 * MIB });
  expect(i386Limits(8192)).toEqual({ dma: (16 * MIB) / 2, normal: (896 * MIB) / 2 });
  expect(spansOf(machineOf([{ first: 0, end: 1024 * MIB }]))).toEqual([
    '0 DMA 0 4096',
    '0 Normal 4096 225280',
    '0 HighMem 229376 32768',
  ]);
  expect(spansOf(machineOf([{ first: 0, end: 8 * MIB }]))).toEqual(['0 DMA 0 2048']);
  expect(spansOf(machineOf([{ first: -1, end: 8 * MIB }]))).toEqual(['0 DMA 0 2048']);
  expect(
    spansOf(
      machineOf([
        { first: 0, end: 16 * MIB },
        { first: 2048 * MIB, end: 2049 * MIB },
      ]),
    ),
  ).toEqual(['0 DMA 0 4096', '1 HighMem 524288 256']);
});

test('ZONE-1 · both sides part frames into zones alike, whatever the limits', () => {
  const limits = { dma: pfn(7), normal: pfn(11) };
  const spans = machineOf([{ first: 2, end: 20 }], { limits }).nodes[0]?.zones ?? [];
  for (let frame = 2; frame < 20; frame++) {
    const zone = spans.find(({ base, pages }) => frame >= base && frame < base + pages);
    expect(zone?.name, `frame ${frame}`).toBe(zoneNameOf(limits, pfn(frame)));
  }
});

test('MAKE-4 · holes are cut at the borders of zones', () => {
  const limits = { dma: pfn(8), normal: pfn(16) };
  const machine = machineOf(
    [
      {
        first: 0,
        end: 24,
        holes: [
          [pfn(6), 4],
          [pfn(15), 3],
        ],
      },
    ],
    { limits },
  );
  expect(machine.nodes[0]?.zones.map(({ holes }) => holes)).toEqual([
    [[6, 2]],
    [
      [8, 2],
      [15, 1],
    ],
    [[16, 2]],
  ]);
});

test.each<[Run, DMA: readonly Run[], Normal: readonly Run[]]>([
  [[pfn(6), 2], [[pfn(6), 2]], []],
  [[pfn(8), 2], [], [[pfn(8), 2]]],
])('MAKE-4 · the hole %j that ends or begins at a border is a hole of one zone', (hole, dma, normal) => {
  const limits = { dma: pfn(8), normal: pfn(16) };
  const machine = machineOf([{ first: 0, end: 16, holes: [hole] }], { limits });
  expect(machine.nodes[0]?.zones.map(({ holes }) => holes)).toEqual([dma, normal]);
});

const good = plainMachine([[8, 8, 8], [8]]);
const nodesWith = (change: object): Machine => ({
  ...good,
  nodes: [{ zones: [{ name: 'DMA', base: pfn(0), pages: 8, holes: [], ...change }] }],
});

test.each<[string, string, Machine]>([
  ['MAKE-6', 'no node', { ...good, nodes: [] }],
  ['MAKE-6', 'a ratio of 0', { ...good, balance: { ...good.balance, DMA: { ratio: 0, least: 0, most: 1 } } }],
  [
    'MAKE-6',
    'bounds the wrong way round',
    { ...good, balance: { ...good.balance, DMA: { ratio: 1, least: 2, most: 1 } } },
  ],
  ['MAKE-6', 'zones that descend', { ...good, nodes: good.nodes.map(({ zones }) => ({ zones: zones.toReversed() })) }],
  [
    'MAKE-6',
    'the same zone twice',
    {
      ...good,
      nodes: good.nodes.map(({ zones }) => ({ zones: zones.map((zone) => ({ ...zone, name: 'DMA' as const })) })),
    },
  ],
  [
    'MAKE-6',
    'nodes that overlap',
    { ...good, nodes: [...good.nodes, { zones: [{ name: 'DMA', base: pfn(30), pages: 4, holes: [] }] }] },
  ],
  [
    'MAKE-6',
    'nodes that share a single frame',
    { ...good, nodes: [...good.nodes, { zones: [{ name: 'DMA', base: pfn(31), pages: 4, holes: [] }] }] },
  ],
  ['MAKE-1', 'no orders', { ...good, orders: 0 }],
  ['MAKE-2', 'a zone without pages', nodesWith({ pages: 0 })],
  ['MAKE-3', 'a base that is no frame', nodesWith({ base: pfn(0.5) })],
  ['MAKE-4', 'a hole outside', nodesWith({ holes: [[pfn(7), 2]] })],
])('MAKE-6 · %s: a machine with %s is refused', (clause, _, machine) => {
  expect(createMachine(machine, NOBODY)).toMatchObject({ kind: 'rejected', clause });
});

test('MAKE-6 · a machine without anything wrong is made', () => {
  expect(createMachine(good, NOBODY).kind).toBe('created');
});
