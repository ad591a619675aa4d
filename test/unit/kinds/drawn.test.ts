/** Tests that a run with default options meets what is rare in the world, within a number of cases that its time suffices for. */
import { BUDDY } from '../../../conformance/kinds/buddy/kind.ts';
import { BuddySets } from '../../fault/buddy/opaque/buddy-sets.ts';
import { EVERY_MISUSE } from '../../fault/judged.ts';
import { expect, test } from 'vitest';
import { judgeKind } from '../../../conformance/judge/judge.ts';
import { objectSubject } from '../../../conformance/subjects/object.ts';
import { patience } from '../../arbitrary/campaign.ts';
import type { FreeMisuse } from '../../../protocol/index.ts';
import type { ObjectArena } from '../../fault/buddy/opaque/buddy-sets.ts';

/** How often each rare thing was met. */
const met = new Map<string, number>();
const meet = (what: string, is: boolean): void => void met.set(what, (met.get(what) ?? 0) + Number(is));

const isPower = (n: number): boolean => Number.isInteger(Math.log2(n));

/** An allocator without a fault that notes what it is asked. */
class Noting extends BuddySets {
  #operations = 0;

  constructor(arena: ObjectArena) {
    super(arena);
    const { base, orders, pages, reserved } = arena;
    meet('an arena with 60 reserved runs and more', reserved.length >= 60);
    meet(
      'an arena of 129 to 4,097 frames, one off a power of two',
      pages > 128 && [pages - 1, pages + 1].some(isPower),
    );
    meet('an arena of more than 2,048 frames', pages > 2048);
    meet('14 orders and more', orders >= 14);
    meet('a base beyond 32 bits', base >= 2 ** 32);
    meet('a base near 2^52', base > 2 ** 51);
    meet('a base that is no multiple of the largest block', base % 2 ** (orders - 1) !== 0);
  }

  #count(): void {
    this.#operations++;
    meet('20,000 operations in one arena', this.#operations === 20_000);
  }

  override allocate(order: number): number | null {
    this.#count();
    meet('a request for order 255 and more', order >= 255);
    meet('a request for order 32', order === 32);
    meet('a request for the first order that the arena lacks', order === this.arena.orders);
    return super.allocate(order);
  }

  override free(frame: number, order: number): FreeMisuse | undefined {
    this.#count();
    const page = frame - this.arena.base;
    meet('a free at order 32 and more', order >= 32);
    const { orders, pages } = this.arena;
    meet(
      'a free within the arena at the first order that it lacks',
      order === orders && page >= 0 && page % 2 ** order === 0 && page + 2 ** order <= pages,
    );
    const alias = [...this.taken.keys()].some((head) => head !== page && (page - head) % 2 ** 32 === 0);
    meet('a free of a frame that is an outstanding one in 32 bits', alias);
    meet(
      'a free of the last frame of a block',
      [...this.taken].some(([head, of]) => of > 0 && page === head + 2 ** of - 1),
    );
    return super.free(frame, order);
  }
}

test('arenas, requests and frees at the bounds of what there can be are drawn', { timeout: 4 * patience }, async () => {
  const spec = { claims: ['complete', ...EVERY_MISUSE] as const, open: (arena: ObjectArena) => new Noting(arena) };
  const { verdict } = await judgeKind(BUDDY, () => Promise.resolve(objectSubject(spec)), { cases: 1000 });
  expect(verdict).toBe('conforms');
  expect(met.size).toBe(15);
  expect([...met].filter(([, times]) => times === 0)).toEqual([]);
  // The next order is what a bound that is off by one lets in.
  expect(met.get('a free within the arena at the first order that it lacks')).toBeGreaterThan(5);
});
