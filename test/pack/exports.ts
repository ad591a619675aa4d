/** A user's program that imports every public entry of the package. */

import { createAllocator, pfn, regionBytes } from 'buddy-oracle/allocator';
import { placement, startPlaced } from 'buddy-oracle/spec';
import { refuteAll, tell } from 'buddy-oracle/invariants';
import { exitStatus, judge, order, referenceSubject } from 'buddy-oracle';
import type { Judgement } from 'buddy-oracle';
import type { Command, Outcome } from 'buddy-oracle/protocol';
import type { ZoneShape } from 'buddy-oracle/allocator';

const SHAPE: ZoneShape = { kernel: '2.4', base: pfn(0), pages: 16, orders: 5, holes: [] };

/** What the specification, and what a zone of the allocator whose frames are all handed over, answer to one command. */
export function answers(command: Command & { kind: 'allocate' }): readonly [Outcome, Outcome] {
  const created = createAllocator(SHAPE, { buffer: new ArrayBuffer(regionBytes('2.4', 16, 5)), byteOffset: 0 });
  if (created.kind === 'rejected') throw new Error(created.why);
  const { allocator } = created;
  const arena = allocator.observe().arena;
  for (let frame = 0; frame < arena.pages; frame++) allocator.handOver(pfn(frame));
  const outcome = allocator.allocate(command.order);
  for (const counterexample of refuteAll(allocator.observe())) throw new Error(tell(counterexample));
  return [placement(startPlaced('2.4', arena), command).outcome, outcome];
}

export const judged: Promise<Judgement> = judge(() => Promise.resolve(referenceSubject('2.4')), { cases: 1 });
export const status: Promise<number> = judged.then(({ verdict }) => exitStatus(verdict));

const [said, done] = answers({ kind: 'allocate', order: order(0) });
if (said.kind !== 'granted' || done.kind !== 'granted' || said.head !== done.head) throw new Error('they differ');
