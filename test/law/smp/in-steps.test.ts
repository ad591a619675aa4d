/** Laws of requests in steps: alone they are what a machine answers at once; between the steps of one another they may be more. */

import { machineOf } from '../../../src/index.ts';
import { describe, expect, test } from 'vitest';
import { gfp, nodeId, order, pfn, taskFlags } from '../../../spec/unit.ts';
import { keyOfShared, namedPages } from '../../../spec/machine/run/shared.ts';
import { linearize, linuxMachine, placeMachine, startMachine, startShared, stepShared } from '../../../spec/index.ts';
import type { Machine, NodePolicy, PageCall, PageCommand, PageOutcome } from '../../../protocol/index.ts';
import type { MachineState, SharedState } from '../../../spec/index.ts';

const BALANCE = { ratio: 128, least: 2, most: 255 };
const machineWith = (policy: NodePolicy): Machine =>
  machineOf(
    [
      { first: 0, end: 24 },
      { first: 24, end: 40 },
    ],
    {
      limits: { dma: pfn(8), normal: pfn(32) },
      balance: { DMA: BALANCE, Normal: BALANCE, HighMem: BALANCE },
      orders: 5,
      policy,
    },
  );

const asks = (mask: number, of = 0, task = 0): PageCommand => ({
  kind: 'allocate-pages',
  gfp: gfp(mask),
  order: order(of),
  task: taskFlags(task),
  node: nodeId(0),
});

/** Carries a call out with nobody between its steps. */
function alone(
  state: SharedState,
  command: PageCommand,
): { readonly state: SharedState; readonly outcome: PageOutcome } {
  const { next, outcome } = stepShared(state, 0, command);
  return outcome === undefined ? alone(next, command) : { state: next, outcome };
}

describe.each(['node-local', 'round-robin'] as const)('%s', (policy) => {
  test('SMP-6 · a call with nobody between its steps is answered as at once, and leaves that machine', () => {
    let state: MachineState = startMachine(machineWith(policy));
    const kinds = new Set<string>();
    for (let n = 0; n < 400; n++) {
      const free: PageCommand = { kind: 'free-pages', head: pfn((7 * n) % 41), order: order(n % 3) };
      const request = asks([0x20, 0x1d0, 0x1d2, 0x21, 0x40][n % 5] ?? 0, (n >> 1) % 6, n % 7 === 0 ? 0x800 : 0);
      const command = n % 3 === 2 ? free : n % 11 === 0 ? ({ kind: 'kswapd' } as const) : request;
      const placed = placeMachine(state, command, []);
      const stepped = alone(startShared(state), command);
      expect(stepped.outcome, namedPages(command)).toEqual(placed.outcome);
      expect(keyOfShared(stepped.state)).toBe(keyOfShared(startShared(placed.next)));
      state = placed.next;
      kinds.add(placed.outcome.kind);
    }
    expect([...kinds].toSorted()).toEqual(['done', 'exhausted', 'granted', 'rejected', 'stalled']);
  });
});

/** One node of Normal with four pages, marks of 1, 2 and 3, of which one page is granted. */
const SMALL = machineOf([{ first: 0, end: 4 }], {
  limits: { dma: pfn(0), normal: pfn(4) },
  balance: { DMA: BALANCE, Normal: { ...BALANCE, least: 1 }, HighMem: BALANCE },
  orders: 2,
});
const WAITS = asks(0x1d0);
const LEFT = startShared(placeMachine(startMachine(SMALL), WAITS, []).next);

test('SMP-6 · it is the same machine, whichever of two blocks got its second user first', () => {
  const start = [asks(0x20), asks(0x20)].reduce(
    (state, one) => alone(state, one).state,
    startShared(startMachine(SMALL)),
  );
  const users = [2, 3].map((head): PageCommand => ({ kind: 'get-page', head: pfn(head) }));
  const keys = [users, users.toReversed()].map((all) =>
    keyOfShared(all.reduce((state, one) => alone(state, one).state, start)),
  );
  expect(keys[0]).toBe(keys[1]);
  expect(keys[0]).not.toBe(keyOfShared(start));
});

const granted = (head: number): PageOutcome => ({ kind: 'granted', head: pfn(head) });
const call = (processor: number, outcome: PageOutcome, invoked: number, returned: number): PageCall => ({
  processor,
  command: WAITS,
  outcome,
  invoked,
  returned,
});

describe('SMP-6 · three pages are free, and each request leaves more than pages_min only for one', () => {
  test('one after another, the second request gets none', () => {
    const [first, second] = [granted(2), granted(1)];
    expect(linearize(linuxMachine, LEFT, [call(0, first, 0, 1), call(1, { kind: 'stalled' }, 2, 3)]).kind).toBe(
      'linearizable',
    );
    expect(linearize(linuxMachine, LEFT, [call(0, first, 0, 1), call(1, second, 2, 3)])).toMatchObject({
      kind: 'refuted',
      longest: [{ processor: 0 }],
      counterexample: {
        facts: [expect.any(String), expect.stringContaining('processor 1 asks for order 0, mask 0x1d0')],
      },
    });
  });

  test('at once, both may get one: each finds the count above the mark before the other takes its page', () => {
    expect(linearize(linuxMachine, LEFT, [call(0, granted(2), 0, 2), call(1, granted(1), 1, 3)]).kind).toBe(
      'linearizable',
    );
    expect(linearize(linuxMachine, LEFT, [call(0, granted(2), 0, 2), call(1, granted(2), 1, 3)]).kind).toBe('refuted');
  });

  test('at once, one may be told that nothing is left', () => {
    const found = linearize(linuxMachine, LEFT, [call(0, granted(2), 0, 2), call(1, { kind: 'stalled' }, 1, 3)]);
    expect(found).toMatchObject({ kind: 'linearizable', states: [expect.anything()] });
  });
});

test('SMP-6 · a zone that was seen above the mark is asked, whatever it has by then: also for a pair that it had not', () => {
  const roomy = machineOf([{ first: 0, end: 8 }], {
    limits: { dma: pfn(0), normal: pfn(8) },
    balance: { DMA: BALANCE, Normal: { ...BALANCE, least: 0 }, HighMem: BALANCE },
    orders: 2,
  });
  const frees = (head: number): PageCommand => ({ kind: 'free-pages', head: pfn(head), order: order(0) });
  const taken = Array.from({ length: 8 }, () => asks(0x20, 0, 0x800));
  // Pages 0, 2 and 4 are free: three, and no pair.
  const start = [...taken, frees(0), frees(2), frees(4)].reduce(
    (state, one) => alone(state, one).state,
    startShared(startMachine(roomy)),
  );
  const of = (command: PageCommand, outcome: PageOutcome, invoked: number, returned: number): PageCall => ({
    processor: 1,
    command,
    outcome,
    invoked,
    returned,
  });
  // Two are taken, and page 1 joins page 0: then there are two free pages, too few for the mark, and they are a pair.
  const meanwhile = [of(WAITS, granted(4), 1, 2), of(WAITS, granted(2), 3, 4), of(frees(1), { kind: 'done' }, 5, 6)];
  const pair = (invoked: number, returned: number): PageCall => ({
    ...of(asks(0x1d0, 1), granted(0), invoked, returned),
    processor: 0,
  });
  expect(linearize(linuxMachine, start, [pair(0, 7), ...meanwhile]).kind).toBe('linearizable');
  expect(linearize(linuxMachine, start, [...meanwhile, pair(7, 8)]).kind).toBe('refuted');
});
