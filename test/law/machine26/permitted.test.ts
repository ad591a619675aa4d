/** Laws of a machine of 2.6.24: what a passed test means, what is permitted besides what Linux does, and what is not. */
import { ATOMIC, KERNEL, NOFS, SMALL } from '../../unit/machine26/low-memory.ts';
import { expect, test } from 'vitest';
import { gateOf } from '../../../spec/machine26/watermark.ts';
import { gfp, order, pfn } from '../../../spec/unit.ts';
import { placeMachine26, refuteMachine26, startMachine26 } from '../../../spec/index.ts';
import fc from 'fast-check';
import type { Claims, Command26, Outcome26, Reclaimed26 } from '../../../protocol/index.ts';
import type { MachineState26 } from '../../../spec/index.ts';

const CLAIMS: Claims = new Set(['complete']);
const start = (): MachineState26 => startMachine26(SMALL);

const request = (mask: number, of = 0, exempt = false): Command26 => ({
  kind: 'allocate',
  gfp: gfp(mask),
  order: order(of),
  task: { exempt, realtime: false },
});

const granted = (head: number): Outcome26 => ({ kind: 'granted', head: pfn(head) });

/** The state after every page was granted: the marks are set beyond reach meanwhile. */
function emptied(): MachineState26 {
  const far = { ...SMALL.settings, minFreeKbytes: 2 ** 20 };
  let state = placeMachine26(start(), { kind: 'set', settings: far }, []).next;
  for (;;) {
    const { next, outcome } = placeMachine26(state, request(0x12, 0, true), []);
    if (outcome.kind !== 'granted') break;
    state = next;
  }
  return placeMachine26(state, { kind: 'set', settings: SMALL.settings }, []).next;
}

const whyNot = (state: MachineState26, command: Command26, outcome: Outcome26, rounds: readonly Reclaimed26[] = []) =>
  refuteMachine26(CLAIMS, state, command, rounds, outcome)?.clause;

test('GATE-14 · a zone that lets a request through has a block for it, whatever its blocks and marks', () => {
  let passed = 0;
  const blocks = fc.array(fc.nat(6), { minLength: 1, maxLength: 11 });
  fc.assert(
    fc.property(blocks, fc.nat(10), fc.nat(60), fc.boolean(), fc.boolean(), (counts, of, mark, high, harder) => {
      const free = counts.reduce((sum, count, at) => sum + count * 2 ** at, 0);
      const gate = gateOf({ free, blocks: counts, reserve: 0 }, mark, order(of), { high, harder });
      if (gate.kind !== 'passes') return;
      passed++;
      expect(counts.slice(of).some((count) => count > 0)).toBe(true);
    }),
    { numRuns: 2000, seed: 1 },
  );
  expect(passed).toBeGreaterThan(200);
});

test('GATE-6 · who is held to pages_high is let through at pages_min too, so that the pass before the killer gives nothing if nothing happened meanwhile', () => {
  const numbers = fc.record({ blocks: fc.array(fc.nat(6), { minLength: 1, maxLength: 6 }), reserve: fc.nat(5) });
  fc.assert(
    fc.property(numbers, fc.nat(5), fc.nat(30), fc.nat(30), fc.boolean(), (zone, of, min, more, hurried) => {
      const free = zone.blocks.reduce((sum, count, at) => sum + count * 2 ** at, 0);
      const at = (mark: number, hurry: boolean) =>
        gateOf({ ...zone, free }, mark, order(of), { high: hurry, harder: hurry }).kind;
      if (at(min + more, false) === 'passes') expect(at(min, hurried)).toBe('passes');
    }),
    { numRuns: 2000, seed: 1 },
  );
});

test('GATE-2 · any zone of the list that lets a request through may give the block, and Linux takes the highest zone, and what was freed last', () => {
  expect(whyNot(start(), request(KERNEL), granted(0))).toBeUndefined();
  expect(whyNot(start(), request(KERNEL), granted(100))).toBeUndefined();
  expect(placeMachine26(start(), request(KERNEL), []).outcome).toEqual(granted(128));
});

test('GATE-7, TAKE-1, TAKE-2 · a block of another zone, of none, or misaligned is not permitted', () => {
  expect(whyNot(start(), request(KERNEL), granted(160))).toBe('GATE-7');
  expect(whyNot(start(), request(KERNEL | 1), granted(32))).toBe('GATE-7');
  expect(whyNot(start(), request(KERNEL), granted(1000))).toBe('TAKE-1');
  expect(whyNot(start(), request(KERNEL, 1), granted(33))).toBe('TAKE-2');
});

test('GATE-6 · a request that a zone lets through is not refused, does not stall, and nobody is killed for it', () => {
  expect(whyNot(start(), request(ATOMIC), { kind: 'exhausted' })).toBe('GATE-6');
  expect(whyNot(start(), request(NOFS), { kind: 'stalled' }, [[]])).toBe('GATE-6');
  expect(whyNot(start(), request(KERNEL), { kind: 'out-of-memory' }, [[]])).toBe('GATE-6');
});

test.each([
  ['ATOMIC', ATOMIC, 0, 'exhausted'],
  ['KERNEL', KERNEL, 3, 'out-of-memory'],
  ['KERNEL', KERNEL, 4, 'exhausted'],
  ['KERNEL with REPEAT', KERNEL | 0x400, 4, 'exhausted'],
  ['KERNEL with NORETRY', KERNEL | 0x1000, 0, 'exhausted'],
  ['KERNEL with NOFAIL', KERNEL | 0x800, 4, 'exhausted'],
  ['NOFS', NOFS, 3, 'stalled'],
  ['NOFS', NOFS, 4, 'exhausted'],
  ['NOFS with REPEAT', NOFS | 0x400, 4, 'stalled'],
  ['NOFS with NOFAIL', NOFS | 0x800, 5, 'stalled'],
  ['NOFS with NOFAIL and NORETRY', NOFS | 0x1800, 0, 'exhausted'],
] as const)('GATE-12 · %s (%i) of order %i in an empty machine: %s', (_name, mask, of, kind) => {
  const rounds: readonly Reclaimed26[] = mask === ATOMIC ? [] : [[]];
  expect(placeMachine26(emptied(), request(mask, of), []).outcome.kind).toBe(kind);
  for (const other of ['exhausted', 'stalled', 'out-of-memory'] as const) {
    expect(whyNot(emptied(), request(mask, of), { kind: other }, rounds)).toBe(other === kind ? undefined : 'GATE-12');
  }
});

test('GATE-11 · a task that reclaims: no mark; NOMEMALLOC takes that away, NOFAIL makes it try on', () => {
  const one = placeMachine26(emptied(), { kind: 'free', head: pfn(40), order: order(0) }, []).next;
  expect(placeMachine26(one, request(KERNEL, 0, true), []).outcome).toEqual(granted(40));
  expect(placeMachine26(one, request(KERNEL | 0x10000, 0, true), []).outcome.kind).toBe('exhausted');
  expect(placeMachine26(emptied(), request(KERNEL, 0, true), []).outcome.kind).toBe('exhausted');
  expect(placeMachine26(emptied(), request(KERNEL | 0x800, 0, true), []).outcome.kind).toBe('stalled');
});

test('GATE-9, GATE-10 · kswapd is woken below pages_low; reclaim is tried as often as it frees something', () => {
  const blocks = Array.from({ length: 33 }, (_, n) => ({ head: pfn(32 + n), order: order(0) }));
  const placed = placeMachine26(emptied(), request(KERNEL), [blocks.slice(0, 10), blocks.slice(10)]);
  expect(placed).toMatchObject({ woken: true, used: 2, outcome: { kind: 'granted' } });
  expect(placeMachine26(start(), request(KERNEL), [])).toMatchObject({ woken: false, used: 0 });
  expect(whyNot(emptied(), request(ATOMIC), { kind: 'exhausted' }, [[]])).toBe('GATE-10');
});

test('GATE-8, GATE-13, TAKE-5, MISUSE-1 · misuse is rejected as what it is and changes nothing', () => {
  const cases: readonly (readonly [Command26, string, string])[] = [
    [request(0x08), 'no-such-flags', 'GATE-8'],
    [request(0x200000), 'no-such-flags', 'GATE-8'],
    [request(KERNEL, -1), 'no-such-order', 'TAKE-5'],
    [{ kind: 'set', settings: { ...SMALL.settings, minFreeKbytes: -1 } }, 'no-such-settings', 'GATE-13'],
    [{ kind: 'free', head: pfn(1000), order: order(0) }, 'out-of-range', 'MISUSE-1'],
  ];
  for (const [command, misuse, clause] of cases) {
    const before = start();
    const { next, outcome } = placeMachine26(before, command, []);
    expect(outcome).toEqual({ kind: 'rejected', misuse, clause });
    expect(next).toBe(before);
    expect(whyNot(before, command, { kind: 'done' })).toBe(clause);
  }
});
