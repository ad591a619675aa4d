import { freedBootmem, node, zoneOf } from '../unit/boot.ts';
import {
  bootInvariants,
  handOverInvariants,
  keep,
  keepBoot,
  lastPageIsTaken,
  refuteBootStep,
  refuteHandOver,
  tell,
} from '../../invariants/index.ts';
import { byteAddress, order, pfn } from '../../src/index.ts';
import { expect, test } from 'vitest';
import type { BootCommand, BootNodeObservation, BootObservation, BootOutcome } from '../../protocol/index.ts';
import type { BootStep } from '../../invariants/index.ts';

const PAGE = 4096;
const granted = (address: number): BootOutcome => ({ kind: 'granted', address: byteAddress(address) });
const done: BootOutcome = { kind: 'done' };
const take = (size: number): BootCommand => ({ kind: 'allocate', node: 'any', size, align: 1, goal: byteAddress(0) });
const free = (address: number, size: number): BootCommand => ({
  kind: 'free',
  node: 0,
  address: byteAddress(address),
  size,
});
const reserve = (address: number, size: number): BootCommand => ({
  kind: 'reserve',
  node: 0,
  address: byteAddress(address),
  size,
});

/** Eight pages from 2 on; taken are these, the map lies in the first, and the last grant ended so. */
function moment(taken: readonly number[], last: readonly [pos: number, offset: number] = [0, 0]): BootObservation {
  const bits = taken.reduce((word, page) => word | (1 << (page - 2)), -1 << 8);
  const [lastPos, lastOffset] = last;
  const seen: BootNodeObservation = {
    start: pfn(2),
    end: pfn(10),
    map: pfn(2),
    bits: [bits],
    lastPos,
    lastOffset,
    retired: false,
  };
  return { nodes: [seen] };
}

const step = (
  before: BootObservation,
  command: BootCommand,
  outcome: BootOutcome,
  after: BootObservation,
): BootStep => ({
  before,
  command,
  outcome,
  after,
});

const BEFORE = moment([2, 4], [2, 100]);

test.each<[string, BootStep]>([
  ['a grant of pages', step(BEFORE, take(2 * PAGE), granted(5 * PAGE), moment([2, 4, 5, 6], [4, 0]))],
  ['a grant in the rest', step(BEFORE, take(100), granted(4 * PAGE + 100), moment([2, 4], [2, 200]))],
  ['a grant over the end of the rest', step(BEFORE, take(5000), granted(4 * PAGE + 100), moment([2, 4, 5], [3, 1004]))],
  ['a free', step(BEFORE, free(4 * PAGE - 1, PAGE + 2), done, moment([2]))],
  ['a free of no whole page', step(BEFORE, free(4 * PAGE + 1, PAGE), done, BEFORE)],
  ['a reservation', step(BEFORE, reserve(6 * PAGE - 1, 2), done, moment([2, 4, 5, 6], [2, 100]))],
  ['a warning', step(BEFORE, reserve(4 * PAGE, PAGE + 1), { kind: 'warned', pages: [pfn(4)] }, moment([2, 4, 5]))],
  ['a refusal', step(BEFORE, take(9 * PAGE), { kind: 'exhausted' }, BEFORE)],
])('BOOT-2, BOOT-3, BOOT-5, BOOT-10, BOOT-11, BOOT-14 · %s refutes nothing', (_, carried) => {
  expect(refuteBootStep(carried)).toEqual([]);
});

test.each<[string, BootStep]>([
  [
    'BOOT-10 refuted at page 4: bytes 16384 to 16483 were granted, but it was taken, and no rest of it was left there',
    step(BEFORE, take(100), granted(4 * PAGE), BEFORE),
  ],
  [
    'BOOT-10 refuted at page 5: it was free and is free, but where bytes 20480 to 20579 were granted, it must be taken',
    step(BEFORE, take(100), granted(5 * PAGE), moment([2, 4], [3, 100])),
  ],
  [
    'BOOT-10 refuted at page 9: it was free and is taken, but where bytes 20480 to 20579 were granted, it must be free',
    step(BEFORE, take(100), granted(5 * PAGE), moment([2, 4, 5, 9], [3, 100])),
  ],
  [
    'BOOT-11 refuted at pages 2 to 2: they were granted, but the map of their node begins at page 2',
    step(moment([4]), take(100), granted(2 * PAGE), moment([2, 4], [0, 100])),
  ],
  [
    'BOOT-2 refuted at page 3: it was free and is taken, but where bytes 16384 to 20479 were freed, it must be free',
    step(BEFORE, free(4 * PAGE, PAGE), done, moment([2, 3])),
  ],
  [
    'BOOT-2 refuted at page 4: it was taken and is taken, but where bytes 16384 to 20479 were freed, it must be free',
    step(BEFORE, free(4 * PAGE, PAGE), done, BEFORE),
  ],
  [
    'BOOT-3 refuted at page 6: it was free and is free, but where bytes 24575 to 24576 were reserved, it must be taken',
    step(BEFORE, reserve(6 * PAGE - 1, 2), done, moment([2, 4, 5], [2, 100])),
  ],
  [
    'BOOT-5 refuted at page 4: it was not reported, but it was taken before',
    step(BEFORE, reserve(4 * PAGE, PAGE), done, BEFORE),
  ],
  [
    'BOOT-5 refuted at page 5: it was reported, but it was free before',
    step(BEFORE, reserve(5 * PAGE, PAGE), { kind: 'warned', pages: [pfn(5)] }, moment([2, 4, 5], [2, 100])),
  ],
  [
    'BOOT-14 refuted at page 4: it was taken and is free, but where it was answered rejected, it must be taken',
    step(BEFORE, free(0, 0), { kind: 'rejected', misuse: 'no-such-size', clause: 'BOOT-7' }, moment([2], [2, 100])),
  ],
  [
    'BOOT-14 refuted at node 0: it was answered exhausted, but what it remembers of the last grant has changed',
    step(BEFORE, take(9 * PAGE), { kind: 'exhausted' }, moment([2, 4])),
  ],
])('%s', (told, carried) => {
  const found = refuteBootStep(carried);
  expect(found.map(tell)).toEqual([told]);
});

test('BOOT-2, BOOT-3, BOOT-5, BOOT-10, BOOT-11, BOOT-14, RETIRE-1, RETIRE-6 · each invariant has its clause', () => {
  const clauses = [...bootInvariants, ...handOverInvariants].map(({ clause }) => clause);
  expect(clauses.toSorted()).toEqual([
    'BOOT-10',
    'BOOT-11',
    'BOOT-14',
    'BOOT-2',
    'BOOT-3',
    'BOOT-5',
    'RETIRE-1',
    'RETIRE-6',
  ]);
});

test('BOOT-14 · a moment that is kept stays what it was', () => {
  const bootmem = freedBootmem(node(0, 8));
  const before = keepBoot(bootmem.observe());
  bootmem.allocBootmemLow(100);
  expect(before.nodes[0]).toMatchObject({ bits: [(-1 << 8) | 1], lastPos: 0, lastOffset: 0 });
  expect(keepBoot(bootmem.observe())).not.toEqual(before);
});

test('FIT-2 · a last page with a rest is taken, and of its node', () => {
  expect(lastPageIsTaken.refute(BEFORE)).toBeUndefined();
  expect(lastPageIsTaken.refute(moment([2, 4], [3, 0]))).toBeUndefined();
  expect(lastPageIsTaken.refute(moment([2, 4], [3, 1]))?.facts).toEqual([
    'page 5 has a rest from 1 on',
    'it is no taken page of the node',
  ]);
  expect(lastPageIsTaken.refute(moment([2, 4], [8, 1]))?.clause).toBe('FIT-2');
});

/** Eight pages from 2 on, of which 2 holds the map and 3 is taken, retired into a zone of ten pages from 1 on. */
function retired(): Parameters<typeof refuteHandOver>[0] {
  const bootmem = freedBootmem(node(2, 10));
  bootmem.allocBootmemLow(100);
  const zone = zoneOf(node(1, 11));
  expect(bootmem.freeAllBootmem([zone])).toMatchObject({ kind: 'retired', free: 6, map: 1 });
  return { nodes: bootmem.observe().nodes, zones: [keep(zone.observe())] };
}

test('RETIRE-1, RETIRE-6 · what retirement makes refutes nothing', () => {
  expect(refuteHandOver(retired())).toEqual([]);
});

test('RETIRE-1, RETIRE-6 · a page that is lost, kept or handed over though it is taken is found', () => {
  const { nodes, zones } = retired();
  const [zone] = zones;
  if (zone === undefined) return expect.fail('no zone');
  const owned = (page: number, owner: -2 | -3): readonly string[] => {
    const owners = Array.from(zone.owners).with(page - 1, owner);
    return refuteHandOver({ nodes, zones: [{ ...zone, owners }] }).map(tell);
  };
  expect(owned(9, -3)[0]).toBe('RETIRE-1 refuted at page 9: it was free, but its owner is boot memory');
  expect(owned(2, -3)[0]).toBe('RETIRE-1 refuted at page 2: it held the map, but its owner is boot memory');
  expect(owned(3, -2)[0]).toBe('RETIRE-1 refuted at page 3: it was taken, but its owner is nobody');
  expect(owned(9, -3)[1]).toMatch(/^RETIRE-6 refuted at .*frame 9: /u);
  expect(refuteHandOver({ nodes, zones: [] }).map(({ clause }) => clause)).toEqual(['RETIRE-1', 'RETIRE-6']);
});

test('RETIRE-6 · a zone that holds less than was handed over is found, sound as it is', () => {
  const bootmem = freedBootmem(node(2, 10));
  const zone = zoneOf(node(1, 11));
  bootmem.freeAllBootmem([zone]);
  zone.allocate(order(0));
  const found = refuteHandOver({ nodes: bootmem.observe().nodes, zones: [zone.observe()] });
  expect(found.map(tell)).toContain(
    'RETIRE-6 refuted at the zones: 7 frames are free, but 8 pages were to be handed over',
  );
});
