/** Tests of clauses about a whole history: the state depends on what is outstanding alone. */

import { expect, test } from 'vitest';
import fc from 'fast-check';
import { anyCodes, anyShape, bootZone, drive, handOverAll } from './zone.ts';
import { campaign } from '../../../arbitrary/campaign.ts';
import { combed, doctored, flip, relist } from './known-zones.ts';
import { freeUndoesAllocate, historyLeavesNoTrace, snapshot, tell } from '../../../../invariants/index.ts';
import { order, pfn } from '../../../../src/index.ts';
import type { Block, Kernel, Observation } from '../../../../protocol/index.ts';
import type { Invariant, Moments } from '../../../../invariants/index.ts';
import type { OpenZone } from './zone.ts';

const toldOf = (invariant: Invariant<Moments>, moments: Moments): string | undefined => {
  const found = invariant.refute(moments);
  return found === undefined ? undefined : tell(found);
};

type Tamper = (zone: OpenZone) => void;

const isOutstanding = ({ seen }: OpenZone, { head, order: of }: Block): boolean =>
  seen.owners[head - seen.arena.base] === of;

const hasOutstanding = ({ seen }: OpenZone, { head, order: of }: Block): boolean =>
  Array.from({ length: 2 ** of }, (_, n) => seen.owners[head - seen.arena.base + n] ?? -1).some((owner) => owner >= 0);

/** Grants all that is free, largest blocks first. */
function drain({ allocator, shape }: OpenZone): Block[] {
  const blocks: Block[] = [];
  for (let of = shape.orders - 1; of >= 0; of--) {
    for (
      let outcome = allocator.allocate(order(of));
      outcome.kind === 'granted';
      outcome = allocator.allocate(order(of))
    ) {
      blocks.push({ head: outcome.head, order: order(of) });
    }
  }
  return blocks;
}

/**
 * Another zone, of that kernel, in which the same frames are handed over and the same blocks outstanding as in the model, by
 * another way: all is granted, then each block that holds a wanted one is freed and granted again by halves, which are its
 * own as nothing else is free; at last what is not wanted is freed.
 */
function retrace(model: OpenZone, kernel: Kernel): OpenZone {
  const zone = bootZone({ ...model.shape, kernel });
  const { base, pages } = zone.shape;
  for (let n = pages - 1; n >= 0; n--) {
    if ((model.seen.owners[n] ?? 0) >= -2) zone.allocator.handOver(pfn(base + n));
  }
  const [open, unwanted] = [drain(zone), new Array<Block>()];
  for (let block = open.pop(); block !== undefined; block = open.pop()) {
    if (isOutstanding(model, block)) continue;
    if (!hasOutstanding(model, block)) {
      unwanted.push(block);
      continue;
    }
    zone.allocator.free(block.head, block.order);
    const half = order(block.order - 1);
    for (const outcome of [zone.allocator.allocate(half), zone.allocator.allocate(half)]) {
      if (outcome.kind === 'granted') open.push({ head: outcome.head, order: half });
    }
  }
  for (const { head, order: of } of unwanted) zone.allocator.free(head, of);
  return zone;
}

/** Owners without their history. */
const uses = ({ owners }: Observation): readonly number[] => Array.from(owners, (owner) => (owner === -1 ? -2 : owner));

test('STATE-2 · what is free does not depend on how it came to be so', () => {
  let [used, otherLists, otherKernel] = [0, 0, 0];
  const property = fc.property(anyShape, anyCodes, fc.constantFrom<Kernel>('2.4', '2.6'), (shape, codes, kernel) => {
    const zone = bootZone(shape);
    handOverAll(zone);
    const live = drive(zone, codes, new Map(), () => undefined);
    const { base, orders } = shape;
    const other = retrace(zone, base % 2 ** (orders - 1) === 0 ? kernel : shape.kernel);
    expect(uses(other.seen)).toEqual(uses(zone.seen));
    expect(toldOf(historyLeavesNoTrace, { before: zone.seen, after: other.seen })).toBeUndefined();
    if (live.length > 0) used++;
    if (other.shape.kernel !== shape.kernel) otherKernel++;
    if (Array.from(zone.seen.links).some((link, n) => link !== other.seen.links[n])) otherLists++;
  });
  fc.assert(property, campaign(200));
  expect(Math.min(used, otherLists, otherKernel)).toBeGreaterThan(0);
});

test('STATE-2 · a block that was not joined is a trace', () => {
  const [before, zone] = [combed('2.4').seen, combed('2.4')];
  relist(zone, 3, []);
  relist(zone, 2, [4, 0]);
  const facts =
    'it headed a free block of order 3, but with the same blocks outstanding it heads a free block of order 2';
  expect(toldOf(historyLeavesNoTrace, { before, after: zone.seen })).toBe(`STATE-2 refuted at frame 32: ${facts}`);
  const other = bootZone({ ...zone.shape, kernel: '2.6' }).seen;
  const mixed = doctored(other, { owners: zone.seen.owners });
  expect(toldOf(historyLeavesNoTrace, { before, after: mixed })).toBe(
    'STATE-2 refuted at frame 32: it headed a free block of order 3, but with the same blocks outstanding it heads no free block',
  );
});

test('STATE-2 · a bit of the map is a trace', () => {
  const [before, zone] = [combed('2.4').seen, combed('2.4')];
  flip(zone, 2, 1);
  expect(toldOf(historyLeavesNoTrace, { before, after: zone.seen })).toBe(
    'STATE-2 refuted at order 2 pair 1: map bit was 0, but with the same blocks outstanding it is 1',
  );
});

test('STATE-2 · the other kernel, which has no map, leaves the same blocks free', () => {
  const zone = combed('2.4');
  const other = retrace(zone, '2.6');
  expect(uses(other.seen)).toEqual(uses(zone.seen));
  expect(toldOf(historyLeavesNoTrace, { before: zone.seen, after: other.seen })).toBeUndefined();
  relist(other, 0, []);
  expect(toldOf(historyLeavesNoTrace, { before: zone.seen, after: other.seen })).toBe(
    'STATE-2 refuted at frame 40: it headed a free block of order 0, but with the same blocks outstanding it heads no free block',
  );
});

test('STATE-2 · says nothing of zones that are not the same, or of which not the same is outstanding or handed over', () => {
  const before = combed('2.4').seen;
  const lost = doctored(before, { links: [] });
  const says = (after: Observation): boolean => historyLeavesNoTrace.refute({ before, after }) !== undefined;
  const owners = (frame: number, owner: number): Observation['owners'] => {
    const zone = combed('2.4');
    zone.arrays.owners[frame] = owner;
    return zone.seen.owners;
  };
  expect(says(lost)).toBe(true);
  expect(says({ ...lost, owners: owners(0, -1) })).toBe(true);
  expect(says({ ...lost, owners: owners(0, -3) })).toBe(false);
  expect(says({ ...lost, owners: owners(0, 1) })).toBe(false);
  const { arena } = lost;
  expect(says({ ...lost, arena: { ...arena, base: pfn(33) } })).toBe(false);
  expect(says({ ...lost, arena: { ...arena, pages: 15 } })).toBe(false);
  expect(says({ ...lost, arena: { ...arena, orders: 4 } })).toBe(false);
  expect(says({ ...lost, arena: { ...arena, alignment: 'absolute' } })).toBe(true);
  const odd: Observation['arena'] = { ...arena, base: pfn(33) };
  const moved = {
    before: doctored(before, { arena: odd }),
    after: doctored(lost, { arena: { ...odd, alignment: 'absolute' } }),
  };
  expect(historyLeavesNoTrace.refute(moved)).toBeUndefined();
});

test('STATE-3 · allocating and freeing restores what is free, and the map', () => {
  let split = 0;
  const property = fc.property(anyShape, anyCodes, (shape, codes) => {
    const zone = bootZone(shape);
    handOverAll(zone);
    drive(zone, codes, new Map(), () => undefined);
    for (let of = 0; of < shape.orders; of++) {
      const before = snapshot(zone.seen);
      const outcome = zone.allocator.allocate(order(of));
      if (outcome.kind !== 'granted') continue;
      if (toldOf(freeUndoesAllocate, { before, after: zone.seen })?.includes('its owner went from') === true) split++;
      zone.allocator.free(outcome.head, order(of));
      expect(toldOf(freeUndoesAllocate, { before, after: zone.seen })).toBeUndefined();
    }
  });
  fc.assert(property, campaign(200));
  expect(split).toBeGreaterThan(0);
});

test.each<[string, Tamper, string]>([
  [
    'a block that stays outstanding',
    ({ arrays }) => (arrays.owners[6] = 1),
    'frame 38: its owner went from nobody to order 1, but the block that was granted since was freed',
  ],
  [
    'a frame that boot memory holds again',
    ({ arrays }) => (arrays.owners[6] = -3),
    'frame 38: its owner went from nobody to boot memory, but the block that was granted since was freed',
  ],
  [
    'a block that is not joined',
    (zone) => {
      relist(zone, 3, []);
      relist(zone, 2, [4, 0]);
    },
    'frame 32: it headed a free block of order 3, but with the same blocks outstanding it heads a free block of order 2',
  ],
  ['a bit', (zone) => flip(zone, 3, 0), 'order 3 pair 0: map bit was 1, but with the same blocks outstanding it is 0'],
])('STATE-3 · a trace of the history is found: %s', (_, tamper, facts) => {
  const zone = combed('2.4');
  const before = snapshot(zone.seen);
  const outcome = zone.allocator.allocate(order(1));
  expect(outcome).toEqual({ kind: 'granted', head: 38 });
  zone.allocator.free(pfn(38), order(1));
  tamper(zone);
  expect(toldOf(freeUndoesAllocate, { before, after: zone.seen })).toBe(`STATE-3 refuted at ${facts}`);
});
