/** Tests of the order in which nodes are tried. */

import { expect, test } from 'vitest';
import { LowMemory, plainMachine } from './low-memory.ts';
import { Processor } from '../../../src/index.ts';
import { gfp, nodeId, order, taskFlags } from '../../../spec/unit.ts';
import type { Machine } from '../../../protocol/index.ts';

const USER = 0x1d0;
const ATOMIC = 0x20;
const NONE = { ratio: 1000, least: 0, most: 0 };

/** Three nodes of sixteen pages each, without marks. */
const three = (policy: Machine['policy'] = 'node-local'): LowMemory =>
  new LowMemory(plainMachine([[16], [16], [16]], { policy, balance: { DMA: NONE, Normal: NONE, HighMem: NONE } }));

/** The node that a block of sixteen pages, or one, comes from. */
function nodeOf(
  low: LowMemory,
  asked: { readonly node?: number; readonly order?: number; readonly gfp?: number },
): number | string {
  const { outcome } = low.ask({ gfp: ATOMIC, ...asked });
  return outcome.kind === 'granted' ? Math.floor(outcome.head / 16) : outcome.kind;
}

test('NODE-1 · the own node comes first, then those after it in the list, then those before; the list begins with the last node', () => {
  expect([0, 1, 2].map((node) => nodeOf(three(), { node }))).toEqual([0, 1, 2]);
  const orderFrom = (node: number): readonly (number | string)[] => {
    const low = three();
    return Array.from({ length: 46 }, () => nodeOf(low, { node })).filter((one, n, all) => one !== all[n - 1]);
  };
  // a zone without marks still keeps its last page: more than the block must be free
  expect(orderFrom(0)).toEqual([0, 2, 1, 'exhausted']);
  expect(orderFrom(1)).toEqual([1, 0, 2, 'exhausted']);
  expect(orderFrom(2)).toEqual([2, 1, 0, 'exhausted']);
});

test('NODE-2 · a request for one node is tried on no other', () => {
  const low = three();
  const bound = (): string => {
    const request = { gfp: gfp(ATOMIC), order: order(0), task: taskFlags(0), node: nodeId(1) };
    const { outcome } = low.both.ask({ kind: 'allocate-on-node', ...request });
    return outcome.kind === 'granted' ? String(Math.floor(outcome.head / 16)) : outcome.kind;
  };
  expect(Array.from({ length: 16 }, bound)).toEqual([...new Array<string>(15).fill('1'), 'exhausted']);
});

test('NODE-3 · a request that stalls on its node is not tried on another, and a large one is', () => {
  const low = three().leave(1, {});
  expect(nodeOf(low, { gfp: USER, node: 1, order: 3 })).toBe('stalled');
  const large = new LowMemory(
    plainMachine([[64], [64]], { balance: { DMA: NONE, Normal: NONE, HighMem: NONE } }),
  ).leave(1, {});
  expect(nodeOf(large, { gfp: USER, node: 1, order: 4 })).toBeLessThan(4);
});

test('NODE-4 · without nodes of their own, requests begin at one node after the other', () => {
  const low = three('round-robin');
  expect(Array.from({ length: 7 }, () => nodeOf(low, { node: 0 }))).toEqual([2, 1, 0, 2, 1, 0, 2]);
});

test('NODE-1 · a node that is not there is rejected', () => {
  expect(three().ask({ gfp: USER, node: 3 }).outcome).toEqual({
    kind: 'rejected',
    misuse: 'no-such-node',
    clause: 'NODE-1',
  });
});

test('NODE-5 · whatever door a request comes by, it is one of the node of the processor that runs', () => {
  const { memory } = three().both;
  const atomic = gfp(ATOMIC);
  const doors = [
    () => memory.allocPages(atomic, order(1)),
    () => memory.allocPage(atomic),
    () => memory.getFreePages(atomic, order(0)),
    () => memory.getFreePage(atomic),
    () => memory.getZeroedPage(atomic),
  ];
  const free = (): readonly number[] => memory.observe().zones.map(({ buddy }) => buddy.freeCount);
  const nodesAsked = (): readonly number[] =>
    doors.map((door) => {
      const before = free();
      expect(door().kind).toBe('granted');
      return free().findIndex((count, node) => count < (before[node] ?? 0));
    });
  expect(memory.runOn(new Processor(7, nodeId(2)), nodesAsked)).toEqual([2, 2, 2, 2, 2]);
  expect(memory.runOn(new Processor(7), nodesAsked)).toEqual([0, 0, 0, 0, 0]);
  expect(nodesAsked()).toEqual([0, 0, 0, 0, 0]);
  const named = (): unknown => memory.allocPages(atomic, order(0), nodeId(1));
  expect(memory.runOn({ node: nodeId(2) }, named)).toMatchObject({ kind: 'granted', head: 31 });
  expect(memory.runOn({ node: nodeId(3) }, () => memory.allocPage(atomic))).toMatchObject({ misuse: 'no-such-node' });
});

test('NODE-5 · a processor that another one interrupts goes on with its own node, even after an error', () => {
  const { memory } = three().both;
  const first = (): number => {
    const outcome = memory.allocPage(gfp(ATOMIC));
    return outcome.kind === 'granted' ? Math.floor(outcome.head / 16) : expect.fail(outcome.kind);
  };
  const seen = memory.runOn({ node: nodeId(1) }, () => {
    const before = first();
    expect(() => memory.runOn({ node: nodeId(2) }, () => expect.fail(`on node ${first()}`))).toThrow('on node 2');
    return [before, first()];
  });
  expect([...seen, first()]).toEqual([1, 1, 0]);
});
