/** Tests of the invariants of boot memory: each holds along the way, and each is seen refuted. */

import { freedBootmem, node } from '../../unit/boot/memory.ts';
import {
  bootInvariants,
  handOverInvariants,
  snapshotBoot,
  lastPageIsTaken,
  refuteBootStep,
  tell,
} from '../../../invariants/index.ts';
import { byteAddress, pfn } from '../../../src/index.ts';
import { expect, test } from 'vitest';
import { mapIsNotGranted } from '../../../invariants/boot/step.ts';
import type { BootCommand, BootNodeObservation, BootObservation, BootOutcome } from '../../../protocol/index.ts';
import type { BootStep } from '../../../invariants/index.ts';

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

/** Such a node, its map elsewhere. */
const mapped = (map: number, taken: readonly number[]): BootObservation => ({
  nodes: moment([2, map, ...taken]).nodes.map((seen) => ({ ...seen, map: pfn(map) })),
});

/** Such a node and a second one of eight pages after it, with its map in the last. */
const pair = (first: readonly number[], second: readonly number[]): BootObservation => ({
  nodes: [
    ...moment(first).nodes,
    ...moment([...second, 17].map((page) => page - 8)).nodes.map((seen) => ({
      ...seen,
      start: pfn(10),
      end: pfn(18),
      map: pfn(17),
    })),
  ],
});

/** Seventy pages, the map in the first. */
function long(taken: readonly number[]): BootObservation {
  const bits = [0, 0, -1 << 6];
  for (const page of taken) bits[page >> 5] = (bits[page >> 5] ?? 0) | (1 << (page & 31));
  return {
    nodes: [{ start: pfn(0), end: pfn(70), map: pfn(0), bits, lastPos: 0, lastOffset: 0, retired: false }],
  };
}
const LONG = long([0, 31, 33]);

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
  ['a free beside what is taken', step(moment([2, 4, 5]), free(4 * PAGE, PAGE), done, moment([2, 5]))],
  ['reserving the map once more', step(BEFORE, reserve(2 * PAGE, 1), { kind: 'warned', pages: [pfn(2)] }, BEFORE)],
  [
    'an answer that a reservation cannot have',
    step(BEFORE, reserve(4 * PAGE, 2 * PAGE), { kind: 'exhausted' }, BEFORE),
  ],
  ['a grant that nobody asked for', step(BEFORE, reserve(5 * PAGE, 1), granted(5 * PAGE), BEFORE)],
  ['a grant right after the map', step(mapped(6, []), take(10), granted(7 * PAGE), mapped(6, [7]))],
  ['a grant right before the map', step(mapped(6, []), take(10), granted(5 * PAGE), mapped(6, [5]))],
  ['a grant where a second node begins', step(pair([2], []), take(10), granted(10 * PAGE), pair([2], [10]))],
  ['a reservation where a second node begins', step(pair([2], []), reserve(10 * PAGE, 1), done, pair([2], [10]))],
  ['a free where a second node begins', step(pair([2], [10]), free(10 * PAGE, PAGE), done, pair([2], []))],
  ['a grant beyond the first words', step(LONG, take(PAGE), granted(65 * PAGE), long([0, 31, 33, 65]))],
])('BOOT-2, BOOT-3, BOOT-5, BOOT-10, BOOT-11, BOOT-14 · %s refutes nothing', (_, carried) => {
  expect(refuteBootStep(carried)).toEqual([]);
});

test.each<[string, BootStep]>([
  [
    'BOOT-10 refuted at page 4: bytes 16384 to 16483 were granted, but it was taken, and no rest of it was left there',
    step(BEFORE, take(100), granted(4 * PAGE), BEFORE),
  ],
  [
    'BOOT-10 refuted at page 5: it was free and is free, but bytes 20480 to 20579 were granted, so it must be taken',
    step(BEFORE, take(100), granted(5 * PAGE), moment([2, 4], [3, 100])),
  ],
  [
    'BOOT-10 refuted at page 9: it was free and is taken, but bytes 20480 to 20579 were granted, so it must be free',
    step(BEFORE, take(100), granted(5 * PAGE), moment([2, 4, 5, 9], [3, 100])),
  ],
  [
    'BOOT-11 refuted at pages 2 to 2: they were granted, but the map of their node begins at page 2',
    step(moment([4]), take(100), granted(2 * PAGE), moment([2, 4], [0, 100])),
  ],
  [
    'BOOT-2 refuted at page 3: it was free and is taken, but bytes 16384 to 20479 were freed, so it must be free',
    step(BEFORE, free(4 * PAGE, PAGE), done, moment([2, 3])),
  ],
  [
    'BOOT-2 refuted at page 4: it was taken and is taken, but bytes 16384 to 20479 were freed, so it must be free',
    step(BEFORE, free(4 * PAGE, PAGE), done, BEFORE),
  ],
  [
    'BOOT-3 refuted at page 6: it was free and is free, but bytes 24575 to 24576 were reserved, so it must be taken',
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
    'BOOT-14 refuted at page 4: it was taken and is free, but the command was answered rejected, so it must be taken',
    step(BEFORE, free(0, 0), { kind: 'rejected', misuse: 'no-such-size', clause: 'BOOT-7' }, moment([2], [2, 100])),
  ],
  [
    'BOOT-14 refuted at node 0: it was answered exhausted, but what it remembers of the last grant has changed',
    step(BEFORE, take(9 * PAGE), { kind: 'exhausted' }, moment([2, 4])),
  ],
  [
    'BOOT-3 refuted at page 5: it was free and is free, but bytes 16384 to 20480 were reserved, so it must be taken',
    step(BEFORE, reserve(4 * PAGE, PAGE + 1), { kind: 'warned', pages: [pfn(4)] }, BEFORE),
  ],
  [
    'BOOT-10 refuted at page 4: bytes 16384 to 16483 were granted, but it was taken, and no rest of it was left there',
    step(moment([2, 4], [2, 0]), take(100), granted(4 * PAGE), moment([2, 4], [2, 0])),
  ],
  [
    'BOOT-10 refuted at page 6: bytes 24776 to 24785 were granted, but it was taken, and no rest of it was left there',
    step(moment([2, 4, 6], [2, 100]), take(10), granted(6 * PAGE + 200), moment([2, 4, 6], [4, 210])),
  ],
  [
    'BOOT-10 refuted at page 31: bytes 126976 to 126985 were granted, but it was taken, and no rest of it was left there',
    step(LONG, take(10), granted(31 * PAGE), LONG),
  ],
  [
    'BOOT-10 refuted at page 33: bytes 135168 to 135177 were granted, but it was taken, and no rest of it was left there',
    step(LONG, take(10), granted(33 * PAGE), LONG),
  ],
  [
    'BOOT-14 refuted at page 5: it was free and is taken, but the command was answered exhausted, so it must be free',
    step(BEFORE, take(9 * PAGE), { kind: 'exhausted' }, moment([2, 4, 5], [2, 100])),
  ],
  [
    'BOOT-14 refuted at node 0: it was there before, but it is not any more',
    step(BEFORE, take(9 * PAGE), { kind: 'exhausted' }, { nodes: [] }),
  ],
])('%s', (told, carried) => {
  const found = refuteBootStep(carried);
  expect(found.map(tell)).toEqual([told]);
});

test('BOOT-10 · where the last grant left no rest, none of the first pages has one', () => {
  const [seen] = moment([2, 3, 9]).nodes;
  if (seen === undefined) return expect.fail('no node');
  const low = { nodes: [{ ...seen, start: pfn(0), end: pfn(8), map: pfn(7) }] };
  const clauses = [0, 1].map((page) => refuteBootStep(step(low, take(10), granted(page * PAGE), low)));
  expect(clauses.map(([first]) => first?.clause)).toEqual(['BOOT-10', 'BOOT-10']);
});

test.each([
  ['which page it ended in', { lastPos: 3 }],
  ['where in it', { lastOffset: 101 }],
  ['that the node is not retired', { retired: true }],
])('BOOT-14 · a refusal that changes %s is found', (_, change) => {
  const after = { nodes: BEFORE.nodes.map((seen) => ({ ...seen, ...change })) };
  const found = refuteBootStep(step(BEFORE, take(9 * PAGE), { kind: 'exhausted' }, after));
  expect(found.map(({ clause, place }) => [clause, place])).toEqual([['BOOT-14', 'node 0']]);
});

test.each([
  [0, 32_768, 1],
  [0, 32_769, 2],
  [40_000, 40_008, 1],
])('BOOT-11 · of the node of pages %d to %d the map takes %d pages, and no more', (start, end, pages) => {
  const bits = Array.from({ length: Math.ceil((end - start) / 32) }, () => 0);
  const seen = { start: pfn(start), end: pfn(end), map: pfn(start), bits, lastPos: 0, lastOffset: 0, retired: false };
  const clauseAt = (page: number): string | undefined =>
    mapIsNotGranted.refute(step({ nodes: [seen] }, take(10), granted(page * PAGE), { nodes: [seen] }))?.clause;
  expect([clauseAt(start + pages - 1), clauseAt(start + pages)]).toEqual(['BOOT-11', undefined]);
});

test('BOOT-2, BOOT-3, BOOT-5, BOOT-10, BOOT-11, BOOT-14, FIT-2, RETIRE-1, RETIRE-6 · each invariant says something else', () => {
  const statements = [...bootInvariants, ...handOverInvariants, lastPageIsTaken].map(({ statement }) => statement);
  expect(statements.filter((statement) => !/^[A-Z].+\.$/u.test(statement))).toEqual([]);
  expect(new Set(statements).size).toBe(statements.length);
  expect(lastPageIsTaken.clause).toBe('FIT-2');
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
  const before = snapshotBoot(bootmem.observe());
  bootmem.allocBootmemLow(100);
  expect(before.nodes[0]).toMatchObject({ bits: Int32Array.of((-1 << 8) | 1), lastPos: 0, lastOffset: 0 });
  expect(snapshotBoot(bootmem.observe())).not.toEqual(before);
});
