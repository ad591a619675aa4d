/** Tests of the invariants of a machine's step, each seen refuted. */

import { GFP_KERNEL, order, pfn } from '../../../src/index.ts';
import { change, request, step, stepTold, taken } from './moments.ts';
import { expect, test } from 'vitest';
import { machineInvariants, machineStepInvariants } from '../../../invariants/index.ts';
import type { PageCommand, ZoneObservation } from '../../../protocol/index.ts';
import type { PhysicalMemory } from '../../../src/index.ts';

type Buddy = ZoneObservation['buddy'];

const freeing = (head: number): PageCommand => ({ kind: 'free-pages', head: pfn(head), order: order(0) });

/** The step that takes frame 127, after which the buddy system of node 1's DMA is another. */
const otherBuddy = (wrong: (buddy: Buddy) => Partial<Buddy>): readonly string[] =>
  stepTold(taken({ after: change(taken().after, 3, ({ buddy }) => ({ buddy: { ...buddy, ...wrong(buddy) } })) }));

test.each<[what: string, wrong: (buddy: Buddy) => Partial<Buddy>]>([
  ['its count of free frames went from 64 to 1', () => ({ freeCount: 1 })],
  ['its lists have changed', ({ links }) => ({ links: Array.from(links).with(0, 9) })],
  ['its lists have changed', ({ links }) => ({ links: [...Array.from(links), 0] })],
  ['its lists have changed', ({ links }) => ({ links: Array.from(links).slice(1) })],
  ['its owners have changed', ({ owners }) => ({ owners: Array.from(owners).with(0, order(0)) })],
  ['its maps have changed', ({ maps }) => ({ maps: maps.map((map, at) => (at === 1 ? [1] : map)) })],
  ['its maps have changed', ({ maps }) => ({ maps: maps.slice(0, 1) })],
])('ZONE-2 · %s: the change in another zone is reported', (what, wrong) => {
  expect(otherBuddy(wrong)).toEqual([`ZONE-2 refuted at node 1 DMA: ${what}, but frame 127 lies in another zone`]);
});

test('ZONE-2 · counts of users that changed in another zone are told', () => {
  const after = change(taken().after, 3, ({ counts }) => ({ counts: Array.from(counts).with(0, 9) }));
  expect(stepTold(taken({ after }))).toEqual([
    'ZONE-2 refuted at node 1 DMA: its counts of users have changed, but frame 127 lies in another zone',
  ]);
});

test('ZONE-2 · where a free was rejected, the zone of its frame may not change either; a turn of kswapd may change any', () => {
  const still = step(freeing(192), () => ({ kind: 'rejected', misuse: 'never-allocated', clause: 'MISUSE-6' }));
  const changed = change(still.after, 3, ({ buddy }) => ({ buddy: { ...buddy, freeCount: 1 } }));
  expect(stepTold({ ...still, after: changed })).toEqual([
    'ZONE-2 refuted at node 1 DMA: its count of free frames went from 64 to 1, but nothing was granted or freed',
  ]);
  expect(stepTold({ ...still, after: changed, command: { kind: 'kswapd' }, outcome: { kind: 'done' } })).toEqual([]);
});

test('PAGE-2 · a last user’s free that makes no frame free is found, and a free of a frame in no zone', () => {
  const taking = (memory: PhysicalMemory): void => void memory.allocPages(GFP_KERNEL, order(0));
  const freed = step(freeing(127), (memory) => memory.freePages(pfn(127), order(0)), {}, taking);
  expect(stepTold(freed)).toEqual([]);
  const kept = change(freed.after, 1, ({ buddy }) => ({ buddy: { ...buddy, freeCount: 63 } }));
  expect(stepTold({ ...freed, after: kept })).toEqual([
    'PAGE-2 refuted at frame 127: 1 users had it, and one freed it, but 0 frames became free',
  ]);
  expect(stepTold({ ...freed, after: freed.before, command: freeing(9999) })).toEqual([
    'PAGE-2 refuted at frame 9999: its users went from 0 to 0, but one of them freed it',
  ]);
});

test('ZONE-2, ZONE-3, NODE-2, WATER-1, PAGE-3, ZONE-4, WATER-2, PASS-2, PAGE-1, PAGE-2 · each invariant says something else', () => {
  const statements = [...machineInvariants, ...machineStepInvariants].map(({ statement }) => statement);
  expect(statements.filter((statement) => !/^[A-Z].+\.$/u.test(statement))).toEqual([]);
  expect(new Set(statements).size).toBe(statements.length);
});

test('ZONE-2 · a request that is refused changes no zone', () => {
  const refused = step(request(0x1f0), () => ({ kind: 'exhausted' }));
  const counted = change(refused.after, 1, ({ counts }) => ({ counts: Array.from(counts).with(63, 1) }));
  expect([stepTold(refused), stepTold({ ...refused, after: counted })]).toEqual([
    [],
    ['ZONE-2 refuted at node 0 Normal: its counts of users have changed, but nothing was granted or freed'],
  ]);
});
