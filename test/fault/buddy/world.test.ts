/** Tests that the default drawing reaches faults which need a rare arena, a rare request or a long life; each was thought of apart from it. */

import { expect, test } from 'vitest';
import { BUDDY } from '../../../conformance/kinds/buddy/kind.ts';
import { BuddySets } from './opaque/buddy-sets.ts';
import { EVERY_MISUSE, clauseOf } from '../judged.ts';
import { judgeKind } from '../../../conformance/judge/judge.ts';
import { objectSubject } from '../../../conformance/subjects/object.ts';
import { patience } from '../../arbitrary/campaign.ts';
import type { AllocatorObject } from '../../../conformance/subjects/buddy-object.ts';
import type { FreeMisuse } from '../../../protocol/index.ts';
import type { ObjectArena } from './opaque/buddy-sets.ts';

/** Seeds of the runs that must find each of them, and the most cases of a run: what 20 s are enough for. */
const SEEDS = [1, 20_240_422, 4_000_000_000];
const CASES = 1000;

/** Changes what is granted. */
const granting = (grant: (of: BuddySets, order: number) => number | null) => (arena: ObjectArena) =>
  new (class extends BuddySets {
    override allocate(order: number): number | null {
      return grant(this, order);
    }
  })(arena);

/** Grants what is right: the method that the faults above override. */
const right = (of: BuddySets, order: number): number | null => BuddySets.prototype.allocate.call(of, order);

/** Changes what a free is taken for. */
const freeing =
  (taken: (page: number, order: number, of: BuddySets) => readonly [page: number, order: number]) =>
  (arena: ObjectArena) =>
    new (class extends BuddySets {
      override free(frame: number, order: number): FreeMisuse | undefined {
        const [page, at] = taken(frame - arena.base, order, this);
        return super.free(arena.base + page, at);
      }
    })(arena);

/** Keeps a page back. */
const keeping = (which: (arena: ObjectArena) => number | undefined) => (arena: ObjectArena) =>
  new (class extends BuddySets {
    override isReserved(page: number): boolean {
      return page === which(arena) || super.isReserved(page);
    }
  })(arena);

/** Counts the requests of an arena. */
const counting = (most: number) => (arena: ObjectArena) => {
  let requests = 0;
  return granting((of, order) => (++requests > most ? null : right(of, order)))(arena);
};

const isPowerOfTwo = (n: number): boolean => Number.isInteger(Math.log2(n));

const FAULTS: readonly (readonly [name: string, refutes: RegExp, open: (arena: ObjectArena) => BuddySets])[] = [
  [
    'of the reserved runs the first 32 are obeyed',
    /^TAKE-3$/u,
    (arena) => new BuddySets({ ...arena, reserved: arena.reserved.slice(0, 32) }),
  ],
  [
    'the last frame of arenas of 2^k - 1 frames, from 511 on, is lost',
    /^TAKE-6$/u,
    keeping(({ pages }) => (pages > 500 && isPowerOfTwo(pages + 1) ? pages - 1 : undefined)),
  ],
  [
    'the last frame of arenas of 2^k + 1 frames, from 129 on, is lost',
    /^TAKE-6$/u,
    keeping(({ pages }) => (pages > 128 && isPowerOfTwo(pages - 1) ? pages - 1 : undefined)),
  ],
  [
    'where there are 14 orders or more, a request for order 1 gets one for order 0',
    /^TAKE-[124]$/u,
    granting((of, order) => right(of, of.arena.orders >= 14 && order === 1 ? 0 : order)),
  ],
  ['a counter of 14 bits ends an arena after 8,191 requests', /^TAKE-6$/u, counting(2 ** 13 - 1)],
  [
    'frames have 48 bits',
    /^TAKE-1$/u,
    granting((of, order) => {
      const frame = right(of, order);
      return frame === null ? null : frame % 2 ** 48;
    }),
  ],
  ['orders are kept in a byte', /^TAKE-5$/u, granting((of, order) => right(of, order % 256))],
  [
    'order 255 is a signed byte, and less than 1',
    /^TAKE-5$/u,
    granting((of, order) => right(of, order === 255 ? 0 : order)),
  ],
  ['an order is shifted by in 5 bits when it is freed', /^MISUSE-1$/u, freeing((page, order) => [page, order % 32])],
  ['frames are freed in 32 bits', /^MISUSE-1$/u, freeing((page, order) => [page % 2 ** 32, order])],
  [
    'the last frame of a block is taken for its first',
    /^MISUSE-[234]$/u,
    freeing((page, order, of) => {
      const around = [...of.taken].find(([head, at]) => at > 1 && page === head + 2 ** at - 1);
      return around ?? [page, order];
    }),
  ],
  [
    'all of 4,096 frames cannot be wanted at once',
    /^TAKE-6$/u,
    granting((of, order) => (order === 12 && of.arena.pages === 4096 ? null : right(of, order))),
  ],
];

/** Returns an allocator without its reports. */
function unseen(of: BuddySets): AllocatorObject {
  return { allocate: (order) => of.allocate(order), free: (frame, order) => of.free(frame, order) };
}

test.each(FAULTS)('%s', { timeout: 3 * patience }, async (name, refutes, open) => {
  for (const seed of SEEDS) {
    const start = (): Promise<ReturnType<typeof objectSubject>> =>
      Promise.resolve(
        objectSubject({ name, claims: ['complete', ...EVERY_MISUSE], open: (arena) => unseen(open(arena)) }),
      );
    const judgement = await judgeKind(BUDDY, start, { seed, cases: CASES, after: 2 });
    expect([seed, judgement.verdict, clauseOf(judgement)]).toEqual([seed, 'diverges', expect.stringMatching(refutes)]);
  }
});
