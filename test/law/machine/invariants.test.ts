/** Tests of the invariants of a machine, each seen refuted. */

import { expect, test } from 'vitest';
import { GFP_KERNEL, order, pfn } from '../../../src/index.ts';
import { change, machine, request, step, stepTold, taken } from './moments.ts';
import { gfp } from '../../../spec/unit.ts';
import {
  snapshotMachine,
  machineInvariants,
  machineStepInvariants,
  refuteMachine,
  tell,
} from '../../../invariants/index.ts';
import type { MachineObservation, ZoneObservation } from '../../../protocol/index.ts';
import type { MachineStep } from '../../../invariants/index.ts';
import type { PhysicalMemory } from '../../../src/index.ts';

const told = (seen: MachineObservation): readonly string[] => refuteMachine(seen).map(tell);

function moment(): MachineObservation {
  const memory = machine();
  memory.allocPages(GFP_KERNEL, order(1));
  return snapshotMachine(memory.observe());
}

test('ZONE-2, ZONE-3, NODE-2, WATER-1, PAGE-3 · of a machine that nothing is wrong with, nothing is refuted', () => {
  expect(told(moment())).toEqual([]);
  expect(machineInvariants.map(({ clause }) => clause)).toEqual(['ZONE-2', 'NODE-2', 'ZONE-3', 'WATER-1', 'PAGE-3']);
});

test('ZONE-2 · zones that share frames are found', () => {
  const seen = change(moment(), 1, ({ buddy }) => ({ buddy: { ...buddy, arena: { ...buddy.arena, base: pfn(60) } } }));
  expect(told(seen)).toContain('ZONE-2 refuted at frame 60: it lies in node 0 DMA, but it lies in node 0 Normal');
});

test('ZONE-2 · zones that share a single frame are found, and adjacent ones are not', () => {
  const at = (base: number): MachineObservation =>
    change(moment(), 1, ({ buddy }) => ({ buddy: { ...buddy, arena: { ...buddy.arena, base: pfn(base) } } }));
  expect(told(at(63))).toContain('ZONE-2 refuted at frame 63: it lies in node 0 DMA, but it lies in node 0 Normal');
  expect(told(at(64)).filter((line) => line.startsWith('ZONE-2'))).toEqual([]);
});

const relisted = (mask: number, places: readonly number[]): MachineObservation => {
  const seen = moment();
  return { ...seen, zonelists: seen.zonelists.map((lists, node) => (node === 0 ? lists.with(mask, places) : lists)) };
};

test.each([
  [
    'NODE-2',
    0,
    [1, 0, 4],
    'NODE-2 refuted at node 0 zonelist 0: it has node 1 Normal, but that is a zone of another node',
  ],
  ['ZONE-3', 0, [1], 'ZONE-3 refuted at node 0 zonelist 0: node 0 DMA is passed over, but it has frames'],
  ['ZONE-3', 2, [2, 0], 'ZONE-3 refuted at node 0 zonelist 2: node 0 Normal is passed over, but it has frames'],
  ['ZONE-3', 0, [0, 1], 'ZONE-3 refuted at node 0 zonelist 0: node 0 Normal is passed over, but it has frames'],
  [
    'ZONE-3',
    3,
    [2, 1, 0],
    'ZONE-3 refuted at node 0 zonelist 3: node 0 HighMem comes here, but a request does not rise to that zone',
  ],
  [
    'ZONE-3',
    1,
    [0, 0],
    'ZONE-3 refuted at node 0 zonelist 1: node 0 DMA comes here, but a request does not rise to that zone',
  ],
] as const)('ZONE-3, NODE-2 · a wrong zonelist refutes %s: %d %j', (_, mask, places, message) => {
  expect(told(relisted(mask, places))[0]).toBe(message);
});

test('WATER-1 · marks that do not follow from the size are found', () => {
  for (const watermarks of [
    { min: 21, low: 40, high: 60 },
    { min: 20, low: 41, high: 60 },
    { min: 20, low: 40, high: 40 },
  ]) {
    expect(told(change(moment(), 3, () => ({ watermarks })))[0]).toMatch(
      /^WATER-1 refuted at node 1 DMA: its marks are/u,
    );
  }
});

test('PAGE-3 · a free page with a user, and an outstanding head without, are found', () => {
  const seen = moment();
  const counts = (frame: number, users: number) => (zone: ZoneObservation) => ({
    counts: Array.from(zone.counts).with(frame, users),
  });
  expect(told(change(seen, 1, counts(3, 1)))).toEqual([
    'PAGE-3 refuted at frame 67: it has 1 users, but it heads no outstanding block: nobody',
  ]);
  expect(told(change(seen, 1, counts(62, 0)))).toEqual([
    'PAGE-3 refuted at frame 126: it has 0 users, but it heads an outstanding block: order 1',
  ]);
});

test('COUNT-1 · a fault of a zone’s own buddy system is reported with the zone', () => {
  const seen = change(moment(), 4, ({ buddy }) => ({ buddy: { ...buddy, freeCount: 63 } }));
  expect(told(seen)).toEqual([
    'COUNT-1 refuted at node 1 Normal arena: the count of free frames is 63, but the listed blocks have 64 frames',
  ]);
});

test('ZONE-2, ZONE-4, WATER-2, PASS-2, PAGE-1, PAGE-2 · of a step that is right nothing is refuted', () => {
  expect(stepTold(taken())).toEqual([]);
  expect(machineStepInvariants.map(({ clause }) => clause)).toEqual([
    'ZONE-2',
    'ZONE-4',
    'WATER-2',
    'PASS-2',
    'PAGE-1',
    'PAGE-2',
  ]);
});

test('ZONE-2 · another zone that changed with it is found, whatever of it changed', () => {
  const { after } = taken();
  const changes: readonly ((zone: ZoneObservation) => Partial<ZoneObservation>)[] = [
    ({ buddy }) => ({ buddy: { ...buddy, freeCount: 1 } }),
    ({ buddy }) => ({ buddy: { ...buddy, links: Array.from(buddy.links).with(0, 9) } }),
    ({ buddy }) => ({ buddy: { ...buddy, owners: Array.from(buddy.owners).with(0, order(0)) } }),
    ({ buddy }) => ({ buddy: { ...buddy, maps: buddy.maps.map(() => [1]) } }),
    ({ counts }) => ({ counts: Array.from(counts).with(0, 9) }),
  ];
  for (const wrong of changes) {
    expect(stepTold(taken({ after: change(after, 3, wrong) }))[0]).toMatch(
      /^ZONE-2 refuted at node 1 DMA: .* frame 127 lies in another zone$/u,
    );
  }
  const still = { outcome: { kind: 'exhausted' } as const };
  expect(stepTold(taken(still))[0]).toMatch(/^ZONE-2 refuted at node 0 Normal: .* nothing was granted or freed$/u);
});

test('ZONE-4 · a grant from a zone that the request does not go to is found', () => {
  expect(stepTold(taken({ command: request(0x1f1) }))[0]).toBe(
    'ZONE-4 refuted at frame 127: it was granted from node 0 Normal, but the request does not go to that zone',
  );
  expect(stepTold(taken({ outcome: { kind: 'granted', head: pfn(999) } }))).toContain(
    'ZONE-4 refuted at frame 999: it was granted, but it lies in no zone',
  );
});

test('WATER-2, WATER-3 · a grant below the marks is found: all of pages_min for who may wait, a quarter for who may not', () => {
  const { before } = taken();
  const low = (free: number, mask: number): MachineStep =>
    taken({
      before: change(before, 1, ({ buddy }) => ({ buddy: { ...buddy, freeCount: free } })),
      command: request(mask),
    });
  const marks = (of: MachineStep): readonly string[] => stepTold(of).filter((line) => line.startsWith('WATER-2'));
  expect(marks(low(21, 0x1f0))).toEqual([
    'WATER-2 refuted at node 0 Normal: it had 21 free pages and gave a block, but it may not go down to 21 pages for this request',
  ]);
  expect(marks(low(22, 0x1f0))).toEqual([]);
  expect([marks(low(6, 0x20)).length, marks(low(7, 0x20)).length]).toEqual([1, 0]);
});

test('PASS-2 · a zone that begins to ask for balance and is not the class zone is found', () => {
  const asks = (at: number, wrong: Partial<MachineStep> = {}): readonly string[] =>
    stepTold(taken({ ...wrong, after: change(taken().after, at, () => ({ needBalance: true })) }));
  expect(asks(0)).toEqual([
    'PASS-2 refuted at node 0 DMA: it asks to be balanced, but it is not the class zone of the request',
  ]);
  expect(asks(1)).toEqual([]);
  const freed = { command: { kind: 'free-pages', head: pfn(127), order: order(0) } as const };
  expect(asks(1, freed).at(0)).toContain('nothing was asked of it');
});

test('PASS-2 · a zone that asks though it alone could give a page above pages_low is found', () => {
  const dma = step(request(0x1f1), (memory) => memory.allocPages(gfp(0x1f1), order(0)));
  const asking = { ...dma, after: change(dma.after, 0, () => ({ needBalance: true })) };
  expect([stepTold(dma), stepTold(asking)]).toEqual([
    [],
    ['PASS-2 refuted at node 0 DMA: it asks to be balanced, but it had 64 free pages, high is 60'],
  ]);
});

test('PAGE-1 · a block that is granted with two users is found', () => {
  const { after } = taken();
  const two = change(after, 1, ({ counts }) => ({ counts: Array.from(counts).with(63, 2) }));
  expect(stepTold(taken({ after: two }))).toContain(
    'PAGE-1 refuted at frame 127: it has 2 users, but it was granted just now, to one',
  );
});

test('PAGE-2 · a free that leaves the count, and one that frees what others use, are found', () => {
  const share = (memory: PhysicalMemory): void => {
    memory.allocPages(GFP_KERNEL, order(0));
    memory.getPage(pfn(127));
  };
  const free = { kind: 'free-pages', head: pfn(127), order: order(0) } as const;
  const shared = step(free, (memory) => memory.freePages(pfn(127), order(0)), {}, share);
  expect(stepTold(shared)).toEqual([]);
  expect(stepTold({ ...shared, after: shared.before })).toEqual([
    'PAGE-2 refuted at frame 127: its users went from 2 to 2, but one of them freed it',
  ]);
  const early = change(shared.after, 1, ({ buddy }) => ({ buddy: { ...buddy, freeCount: 64 } }));
  expect(stepTold({ ...shared, after: early })).toEqual([
    'PAGE-2 refuted at frame 127: 2 users had it, and one freed it, but 1 frames became free',
  ]);
});
