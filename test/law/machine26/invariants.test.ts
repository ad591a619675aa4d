/** Tests that each invariant of a machine of 2.6.24 is refuted in a state that breaks it and nothing else. */
import { KERNEL, ATOMIC, SETTINGS, SMALL } from '../../unit/machine26/low-memory.ts';
import { createMachine26 } from '../../../src/index.ts';
import { expect, test } from 'vitest';
import { gfp, order, pfn } from '../../../spec/unit.ts';
import { refuteMachine26, refuteMachine26Step, snapshotMachine26 } from '../../../invariants/index.ts';
import type { Command26, Observation26, Outcome26, ZoneObservation26 } from '../../../protocol/index.ts';

function memory(): { readonly seen: Observation26; readonly allocate: (mask: number, of: number) => Outcome26 } {
  const created = createMachine26(SMALL, { wakeKswapd: () => undefined, tryToFreePages: () => undefined });
  if (created.kind === 'rejected') return expect.fail(created.why);
  return {
    seen: created.memory.observe(),
    allocate: (mask, of) => created.memory.allocPages(gfp(mask), order(of)),
  };
}

const start = (): Observation26 => snapshotMachine26(memory().seen);

/** The machine as it starts, with one zone changed. */
const changed = (name: string, change: (zone: ZoneObservation26) => Partial<ZoneObservation26>): Observation26 => ({
  ...start(),
  zones: start().zones.map((zone) => (zone.name === name ? { ...zone, ...change(zone) } : zone)),
});

const clausesOf = (seen: Observation26): readonly string[] => refuteMachine26(seen).map(({ clause }) => clause);

test('nothing is refuted as the machine starts', () => {
  expect(refuteMachine26(start())).toEqual([]);
});

test.each(['min', 'low', 'high'] as const)('GATE-5 · pages_%s that is one more is refuted, in each zone', (mark) => {
  for (const { name } of SMALL.zones) {
    const seen = changed(name, ({ watermarks }) => ({
      watermarks: { ...watermarks, [mark]: watermarks[mark] + (mark === 'min' ? 1 : 4) },
    }));
    expect(clausesOf(seen)).toEqual(['GATE-5']);
  }
});

test('GATE-5 · marks that stayed behind when a setting changed are refuted', () => {
  expect(clausesOf({ ...start(), settings: { ...SETTINGS, minFreeKbytes: 320 } })).toEqual(['GATE-5']);
});

test('GATE-4 · a reserve that is one more or one less is refuted, against each class', () => {
  for (let of = 1; of < 4; of++) {
    for (const by of [1, -1]) {
      const seen = changed('DMA', ({ reserves }) => ({
        reserves: Array.from(reserves).with(of, (reserves[of] ?? 0) + by),
      }));
      expect(clausesOf(seen)).toEqual(['GATE-4']);
    }
  }
});

test('PAIR-4, COUNT-1 · what is wrong in a zone is refuted with the name of the zone', () => {
  const [found] = refuteMachine26(changed('Normal', ({ buddy }) => ({ buddy: { ...buddy, freeCount: 1 } })));
  expect(found?.clause).toBe('COUNT-1');
  expect(found?.place).toMatch(/^Normal /u);
});

const request = (mask: number, of = 0): Command26 => ({
  kind: 'allocate',
  gfp: gfp(mask),
  order: order(of),
  task: { exempt: false, realtime: false },
});

const granted = (head: number): Outcome26 => ({ kind: 'granted', head: pfn(head) });

/** The machine with so many free pages of Normal in the books; step invariants read nothing else. */
const withFree = (free: number): Observation26 =>
  changed('Normal', ({ buddy }) => ({ buddy: { ...buddy, freeCount: free } }));

const stepClauses = (before: Observation26, command: Command26, outcome: Outcome26): readonly string[] =>
  refuteMachine26Step({ before, after: before, command, outcome, reclaimed: false }).map(({ clause }) => clause);

test('GATE-7 · a block of a zone above the one that the mask names is refuted, and of none', () => {
  expect(stepClauses(start(), request(KERNEL), granted(160))[0]).toBe('GATE-7');
  expect(stepClauses(start(), request(KERNEL | 1), granted(32))).toEqual(['GATE-7']);
  expect(stepClauses(start(), request(KERNEL), granted(500))).toEqual(['GATE-7']);
  expect(stepClauses(start(), request(KERNEL), granted(32))).toEqual([]);
});

test.each([
  [KERNEL, 32, 33],
  [0, 24, 25],
  [0x30, 16, 17],
  [ATOMIC, 12, 13],
])('GATE-2 · mask %i: a block is refuted at %i free pages, and not at %i', (mask, few, enough) => {
  expect(stepClauses(withFree(few), request(mask), granted(40))).toEqual(['GATE-2']);
  expect(stepClauses(withFree(enough), request(mask), granted(40))).toEqual([]);
});

test('GATE-2 · who is exempt, or had memory reclaimed, is not held to the mark by what was before', () => {
  const before = withFree(1);
  const step = { before, after: before, outcome: granted(40), command: request(KERNEL), reclaimed: true };
  expect(refuteMachine26Step(step)).toEqual([]);
  const exempt = { ...request(KERNEL), task: { exempt: true, realtime: false } } as Command26;
  expect(stepClauses(before, exempt, granted(40))).toEqual([]);
});

test('GATE-3 · a pair is refuted if all other free pages are single', () => {
  const { allocate, seen } = memory();
  while (allocate(ATOMIC, 0).kind === 'granted');
  const flag = Array.from({ length: 128 }, (_, page) => (page % 2 === 0 && page < 120 ? 1 : 0));
  const of = flag.map((_, page) => (page === 100 ? 1 : 0));
  const before = snapshotMachine26(seen);
  const scattered = {
    ...before,
    zones: before.zones.map((zone) =>
      zone.name === 'Normal'
        ? { ...zone, buddy: { ...zone.buddy, freeCount: 61, pageFlags: { flag, order: of } } }
        : zone,
    ),
  };
  expect(stepClauses(scattered, request(KERNEL, 1), granted(132))).toEqual(['GATE-3']);
});

test('GATE-13 · settings that move a page are refuted, and marks that move without settings', () => {
  const set: Command26 = { kind: 'set', settings: SETTINGS };
  const moved = {
    before: start(),
    after: withFree(1),
    command: set,
    outcome: { kind: 'done' },
    reclaimed: false,
  } as const;
  expect(refuteMachine26Step(moved).map(({ clause }) => clause)).toEqual(['GATE-13']);
  const marked = changed('DMA', ({ watermarks }) => ({ watermarks: { ...watermarks, min: 9 } }));
  const request26 = {
    before: start(),
    after: marked,
    command: request(KERNEL),
    outcome: { kind: 'exhausted' },
  } as const;
  expect(refuteMachine26Step({ ...request26, reclaimed: false }).map(({ clause }) => clause)).toEqual(['GATE-13']);
});
