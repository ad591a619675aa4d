/** Tests of what the buddy system is permitted to answer. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Walk, claimSets, smallArenas, walks } from '../../arbitrary/walk.ts';
import { after, refute, step } from '../../../spec/index.ts';
import { campaign } from '../../arbitrary/campaign.ts';
import { order, pfn } from '../../../spec/unit.ts';
import { MISUSES, rejected } from '../../../spec/buddy/misuse.ts';
import type { Arena, Claim, Command, Outcome } from '../../../protocol/index.ts';

/** Walks, and looks at each state before each command. */
function everywhere(runs: number, look: (walk: Walk, command: Command, n: number) => void): void {
  fc.assert(
    fc.property(smallArenas, fc.boolean(), walks, (arena, handedOver, numbers) => {
      const walk = new Walk(arena, handedOver);
      for (const n of numbers) {
        const command = walk.command(n);
        look(walk, command, n);
        walk.go(command, n);
      }
    }),
    campaign(runs),
  );
}

const claims = (...made: readonly Claim[]): ReadonlySet<Claim> => new Set(made);

/** What is permitted: heads ascending, and whether a refusal is. */
function permitted(made: ReadonlySet<Claim>, walk: Walk, command: Command): { heads: number[]; others: Outcome[] } {
  const outcomes = step(made, walk.state, command).map(({ outcome }) => outcome);
  return {
    heads: outcomes.flatMap((outcome) => (outcome.kind === 'granted' ? [outcome.head] : [])),
    others: outcomes.filter((outcome) => outcome.kind !== 'granted'),
  };
}

const exhausted: Outcome = { kind: 'exhausted' };
const isOrder = ({ orders }: Arena, n: number): boolean => Number.isInteger(n) && n >= 0 && n < orders;

test('TAKE-1, TAKE-2, TAKE-3, TAKE-4, BLOCK-1, PAIR-1 · without a claim any aligned wholly free block is permitted, and a refusal', () => {
  everywhere(150, (walk, command) => {
    if (command.kind !== 'allocate' || !isOrder(walk.state.arena, command.order)) return;
    expect(permitted(claims(), walk, command)).toEqual({
      heads: walk.frames.whollyFree(command.order),
      others: [exhausted],
    });
  });
});

test('TAKE-6 · refused only when nothing of that order is free', () => {
  everywhere(100, (walk, command) => {
    if (command.kind !== 'allocate' || !isOrder(walk.state.arena, command.order)) return;
    const heads = walk.frames.whollyFree(command.order);
    expect(permitted(claims('complete'), walk, command)).toEqual({
      heads,
      others: heads.length === 0 ? [exhausted] : [],
    });
  });
});

test('TAKE-7 · the best fit is a block out of a smallest free block that holds one', () => {
  everywhere(100, (walk, command) => {
    if (command.kind !== 'allocate' || !isOrder(walk.state.arena, command.order)) return;
    const heads = walk.frames.bestFits(command.order);
    expect(permitted(claims('best-fit'), walk, command)).toEqual({ heads, others: [exhausted] });
  });
});

test('TAKE-5 · an order that the arena lacks is refused, what is no order is rejected', () => {
  everywhere(100, (walk, command) => {
    if (command.kind !== 'allocate' || isOrder(walk.state.arena, command.order)) return;
    const whole = Number.isInteger(command.order) && command.order >= 0;
    const only: Outcome = whole ? exhausted : { kind: 'rejected', misuse: 'no-such-order', clause: 'TAKE-5' };
    expect(permitted(claims('complete', 'best-fit'), walk, command)).toEqual({ heads: [], others: [only] });
  });
});

test('GIVE-1, MISUSE-1, MISUSE-2, MISUSE-3, MISUSE-4, MISUSE-5, MISUSE-6 · a free has one outcome, and misuse one name', () => {
  everywhere(200, (walk, command) => {
    if (command.kind !== 'free') return;
    const misuse = walk.frames.freeMisuse(command.head, command.order);
    const only: Outcome = misuse === undefined ? { kind: 'done' } : rejected(misuse);
    expect(permitted(claims(), walk, command)).toEqual({ heads: [], others: [only] });
  });
});

test('HAND-1, HAND-2, HAND-3 · a frame is handed over once, a hole never', () => {
  everywhere(200, (walk, command) => {
    if (command.kind !== 'hand-over') return;
    const misuse = walk.frames.handOverMisuse(command.frame);
    const only: Outcome = misuse === undefined ? { kind: 'done' } : rejected(misuse);
    expect(permitted(claims(), walk, command)).toEqual({ heads: [], others: [only] });
  });
});

/** An outcome that may have nothing to do with the command. */
function anyOutcome({ base, pages }: Arena, n: number): Outcome {
  const heads = [base + (n % (pages + 4)) - 2, base - (n % 600), base + pages + (n % 600), base + 0.5];
  const misuse = MISUSES[n % MISUSES.length] ?? 'double-free';
  const outcomes: readonly Outcome[] = [
    ...heads.map((head): Outcome => ({ kind: 'granted', head: pfn(head) })),
    { kind: 'exhausted' },
    { kind: 'done' },
    rejected(misuse),
  ];
  return outcomes[(n >> 8) % outcomes.length] ?? { kind: 'done' };
}

test('USE-3 · an outcome is permitted exactly where nothing refutes it', () => {
  fc.assert(
    fc.property(claimSets, smallArenas, walks, fc.nat({ max: 2 ** 20 }), (made, arena, numbers, odd) => {
      const walk = new Walk(arena, true);
      for (const n of numbers) {
        const command = walk.command(n);
        const outcome = anyOutcome(arena, n ^ odd);
        const steps = step(made, walk.state, command);
        const refutation = refute(made, walk.state, command, outcome);
        expect(steps.map((one) => one.outcome).some((one) => isSame(one, outcome))).toBe(refutation === undefined);
        for (const { outcome: one, next } of steps) expect(after(walk.state, command, one)).toEqual(next);
        if (refutation !== undefined) expect(refutation.facts[0]).not.toBe(refutation.facts[1]);
        walk.go(command, n);
      }
    }),
    campaign(150),
  );
});

const isSame = (a: Outcome, b: Outcome): boolean => JSON.stringify(a) === JSON.stringify(b);

test('STEP-2, MISUSE-7 · what is refused or rejected changes nothing', () => {
  everywhere(100, (walk, command) => {
    for (const { outcome, next } of step(claims(), walk.state, command)) {
      if (outcome.kind === 'exhausted' || outcome.kind === 'rejected') expect(next).toBe(walk.state);
    }
  });
});

test('TAKE-4 · what is refuted says which block is in the way', () => {
  const arena: Arena = { base: pfn(8), pages: 8, orders: 4, holes: [[pfn(12), 1]], alignment: 'base' };
  const walk = new Walk(arena, true);
  walk.state = after(walk.state, { kind: 'allocate', order: order(1) }, { kind: 'granted', head: pfn(8) });
  const ask = (of: number, head: number): unknown =>
    refute(claims(), walk.state, { kind: 'allocate', order: order(of) }, { kind: 'granted', head: pfn(head) });
  expect(ask(2, 8)).toEqual({
    clause: 'TAKE-4',
    place: 'order 2 block at frame 8',
    facts: ['it was granted', 'the order 1 block at frame 8 is outstanding: both hold frame 8'],
  });
  expect(ask(0, 12)).toMatchObject({ clause: 'TAKE-3', facts: ['it was granted', 'frame 12 is a hole'] });
  expect(ask(1, 11)).toMatchObject({ clause: 'TAKE-2' });
  expect(ask(1, 16)).toMatchObject({ clause: 'TAKE-1' });
  expect(ask(4, 8)).toMatchObject({ clause: 'TAKE-5' });
});
