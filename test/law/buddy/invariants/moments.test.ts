/** Tests of snapshots, and of invariants on zones whose bytes are garbage. */

import { expect, test } from 'vitest';
import fc from 'fast-check';
import { anyShape, fillWithGarbage, foundZone } from './zone.ts';
import { campaign } from '../../../arbitrary/campaign.ts';
import { combed } from './known-zones.ts';
import {
  freeUndoesAllocate,
  historyLeavesNoTrace,
  snapshot,
  refuteAll,
  refuteStep,
  tell,
} from '../../../../invariants/index.ts';
import { order, pfn } from '../../../../src/index.ts';
import type { Command, Outcome } from '../../../../protocol/index.ts';
import type { Moments } from '../../../../invariants/index.ts';

test('a kept moment is the same moment, and stays so', () => {
  const zone = combed('2.6');
  const kept = snapshot(zone.seen);
  const again = snapshot(kept);
  zone.allocator.allocate(order(0));
  expect(kept).toEqual(again);
  expect(kept).not.toEqual(snapshot(zone.seen));
  expect(refuteAll(kept)).toEqual([]);
});

test('no invariant of two moments throws or runs on, whatever the bytes, the command and the answer are', () => {
  let refuted = 0;
  const anyNumber = fc.oneof(fc.integer({ min: -2, max: 110 }), fc.double());
  const anyCommand: fc.Arbitrary<Command> = fc.oneof(
    anyNumber.map((of): Command => ({ kind: 'allocate', order: order(of) })),
    fc.tuple(anyNumber, anyNumber).map(([head, of]): Command => ({ kind: 'free', head: pfn(head), order: order(of) })),
    anyNumber.map((frame): Command => ({ kind: 'hand-over', frame: pfn(frame) })),
  );
  const anyOutcome: fc.Arbitrary<Outcome> = fc.oneof(
    anyNumber.map((head): Outcome => ({ kind: 'granted', head: pfn(head) })),
    fc.constant<Outcome>({ kind: 'done' }),
    fc.constant<Outcome>({ kind: 'exhausted' }),
  );
  const property = fc.property(anyShape, fc.integer(), anyCommand, anyOutcome, (shape, seed, command, outcome) => {
    const [one, other] = [foundZone(shape), foundZone(shape)];
    fillWithGarbage(one, seed);
    fillWithGarbage(other, seed + 1);
    const moments: Moments = { before: one.seen, after: other.seen };
    const found = refuteStep({ ...moments, command, outcome });
    expect(found).toHaveLength(1);
    for (const { refute } of [freeUndoesAllocate, historyLeavesNoTrace]) {
      if (refute(moments) !== undefined) refuted++;
      expect(refute({ before: one.seen, after: one.seen })).toBeUndefined();
    }
    expect(tell(found[0] ?? { clause: 'STEP-1', place: '', facts: ['', ''] })).toMatch(
      /^STEP-\d refuted at [^:]+: .+, but .+$/,
    );
  });
  fc.assert(property, campaign(500, 500));
  expect(refuted).toBeGreaterThan(0);
});
