/** Tests of the invariants of a page request, each seen refuted. */

import { change, machine, request, stepTold, taken } from './moments.ts';
import { describe, expect, test } from 'vitest';
import { snapshotMachine, tell } from '../../../invariants/index.ts';
import { grantsComeFromZonelists, marksAreKept, onlyClassZonesAsk } from '../../../invariants/machine/page-alloc.ts';
import { order, pfn } from '../../../src/index.ts';
import type { Invariant, MachineStep } from '../../../invariants/index.ts';
import type { MachineObservation, PageCommand } from '../../../protocol/index.ts';

const USER = 0x1d0;
const ATOMIC = 0x20;
const seen = (nodes?: readonly (readonly number[])[]): MachineObservation => snapshotMachine(machine(nodes).observe());

/** What one invariant says of a step that grants a frame, or after which a zone asks to be balanced. */
const toldBy = (
  { refute }: Invariant<MachineStep>,
  before: MachineObservation,
  command: PageCommand,
  then: { readonly head?: number; readonly asks?: number },
): string => {
  const outcome =
    then.head === undefined ? ({ kind: 'exhausted' } as const) : { kind: 'granted' as const, head: pfn(then.head) };
  const after = then.asks === undefined ? before : change(before, then.asks, () => ({ needBalance: true }));
  const found = refute({ before, after, command, outcome, reclaimed: false });
  return found === undefined ? 'right' : tell(found);
};

describe('NODE-2, ZONE-4 · a request for one node', () => {
  const bound: PageCommand = { ...request(USER), kind: 'allocate-on-node' };

  test('is granted nothing of another', () => {
    expect(toldBy(grantsComeFromZonelists, seen(), bound, { head: 127 })).toBe('right');
    expect(toldBy(grantsComeFromZonelists, seen(), bound, { head: 319 })).toBe(
      'ZONE-4 refuted at frame 319: it was granted from node 1 Normal, but the request does not go to that zone',
    );
    expect(toldBy(grantsComeFromZonelists, seen(), request(USER), { head: 319 })).toBe('right');
  });

  test('may be granted what is another’s, where processors have no nodes of their own', () => {
    const inTurn = { ...seen(), machine: { ...seen().machine, policy: 'round-robin' as const } };
    expect(toldBy(grantsComeFromZonelists, inTurn, bound, { head: 319 })).toBe('right');
  });
});

describe('WATER-2, WATER-3 · the marks of the zones down to a zone are kept', () => {
  const marks = (before: MachineObservation, at: number, free: number, mask: number, head: number): string => {
    const low = change(before, at, ({ buddy }) => ({ buddy: { ...buddy, freeCount: free } }));
    return toldBy(marksAreKept, low, request(mask), { head });
  };
  const below = (zone: string, free: number): string =>
    `WATER-2 refuted at ${zone}: it had ${free} free pages and gave a block, but it may not go down to ${free} pages for this request`;

  test.each([
    ['node 0 Normal', 1, 127, USER, 21],
    ['node 0 Normal', 1, 127, 0x1f0, 21],
    ['node 0 Normal', 1, 127, ATOMIC, 6],
    ['node 0 DMA', 0, 63, USER, 41],
    ['node 0 DMA', 0, 63, ATOMIC, 11],
    ['node 1 Normal', 4, 319, USER, 21],
  ])(
    'of %s, at place %d, frame %d for the mask %d not with %d pages, and with one more',
    (zone, at, head, mask, free) => {
      expect(marks(seen(), at, free, mask, head)).toBe(below(zone, free));
      expect(marks(seen(), at, free + 1, mask, head)).toBe('right');
    },
  );

  test('also where a list has a place that is no zone’s, which has no marks', () => {
    const zonelists = seen().zonelists.map((lists) => lists.with(0, [99, 1, 0]));
    expect(marks({ ...seen(), zonelists }, 1, 21, USER, 127)).toBe(below('node 0 Normal', 21));
    expect(marks({ ...seen(), zonelists }, 1, 22, USER, 127)).toBe('right');
  });
});

describe('PASS-2 · a zone that could give a page above pages_low', () => {
  const before = (): MachineObservation => seen([[64, 64], [64]]);

  test('asks in vain on a second node too', () => {
    expect(toldBy(onlyClassZonesAsk, before(), request(USER, 0, 1), { asks: 2 })).toBe(
      'PASS-2 refuted at node 1 DMA: it asks to be balanced, but it had 64 free pages, high is 60',
    );
    expect(toldBy(onlyClassZonesAsk, before(), request(USER), { asks: 1 })).toBe('right');
  });

  test('may yet ask for a larger block, which it may not have', () => {
    expect(toldBy(onlyClassZonesAsk, before(), request(USER, 1, 1), { asks: 2 })).toBe('right');
  });

  test('asks for nothing where it is no request', () => {
    const free: PageCommand = { kind: 'free-pages', head: pfn(64), order: order(0) };
    expect(toldBy(onlyClassZonesAsk, before(), free, { asks: 1 })).toBe(
      'PASS-2 refuted at node 0 Normal: it asks to be balanced, but nothing was asked of it',
    );
  });
});

test('ZONE-2, PASS-2 · an invariant of a step throws nothing where zones are gone', () => {
  const { after } = taken();
  expect(() => stepTold(taken({ after: { ...after, zones: after.zones.slice(0, 1) } }))).not.toThrow();
});
