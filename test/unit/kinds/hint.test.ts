/** Tests that a verdict names the mistake of a harness that explains it, and no other. */
import { describe, expect, test } from 'vitest';
import { judge, objectSubject, report } from '../../../conformance/index.ts';
import { Sets } from './sets.ts';
import type { AllocatorObject, ArenaRequest } from '../../../conformance/subjects/buddy-object.ts';
import type { Claim } from '../../../protocol/index.ts';
import type { LiveSubject } from '../../../conformance/judge/subject.ts';

/** What is judged in each of these tests: arenas that do not begin at frame 0, nor at a multiple of a block. */
const SWEEP = { seed: 1, cases: 400, pages: [8, 12], orders: [3], bases: [13] };

async function hintFor(
  open: (arena: ArenaRequest) => AllocatorObject,
  { base = 13, claims = ['complete'] }: { base?: number; claims?: readonly Claim[] } = {},
): Promise<string | undefined> {
  const subject: LiveSubject = objectSubject({ claims, open });
  const text = report(await judge(() => Promise.resolve(subject), { ...SWEEP, bases: [base] }), []);
  return /^hint: (.*)$/mu.exec(text)?.[1];
}

/** An allocator that is right, with another answer to a request. */
const answering =
  (change: (frame: number, arena: ArenaRequest) => number) =>
  (arena: ArenaRequest): AllocatorObject => {
    const right = new Sets(arena);
    const back = new Map<number, number>();
    return {
      allocate(order) {
        const frame = right.allocate(order);
        if (frame === null) return null;
        back.set(change(frame, arena), frame);
        return change(frame, arena);
      },
      free: (frame, order) => right.free(back.get(frame) ?? frame, order),
    };
  };

describe('a mistake of the harness is named', () => {
  test('TAKE-5 · orders that the arena lacks are not refused', async () => {
    const open = (arena: ArenaRequest): AllocatorObject => new Sets({ ...arena, orders: arena.orders + 1 });
    expect(await hintFor(open)).toContain('the arena has 3 orders, 0 to 2');
  });

  test('TAKE-1 · frames lack the base', async () => {
    expect(await hintFor(answering((frame, { base }) => frame - base))).toContain('does the harness add it?');
  });

  test('TAKE-1 · frames have the base twice', async () => {
    expect(await hintFor(answering((frame, { base }) => frame + base))).toContain('does the harness add it twice?');
  });

  test('TAKE-2 · blocks are aligned from frame 0', async () => {
    const absolute = ({ base, pages, orders, reserved }: ArenaRequest): AllocatorObject =>
      new Sets({ base: 0, pages: base + pages, orders, reserved: [[0, base], ...reserved] });
    expect(await hintFor(absolute)).toContain('declare the feature align:absolute');
  });

  test('TAKE-2, TAKE-4 · an order is taken for a size', async () => {
    const sizes = ({ base, pages }: ArenaRequest): AllocatorObject => {
      let next = base;
      return {
        allocate(order) {
          if (order === 0 || order > 2 || next + order > base + pages) return null;
          next += order;
          return next - order;
        },
        free: () => undefined,
      };
    };
    expect(await hintFor(sizes, { base: 16, claims: [] })).toContain('does the harness take an order for a size?');
  });

  test('an allocator that is only wrong gets no hint', async () => {
    const leaks = (arena: ArenaRequest): AllocatorObject => {
      const right = new Sets(arena);
      return { allocate: (order) => right.allocate(order), free: () => undefined };
    };
    expect(await hintFor(leaks)).toBeUndefined();
  });
});
