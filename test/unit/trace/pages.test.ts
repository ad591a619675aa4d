/** The table of frames that a trace was seen to use: it is what a map would be, in little room. */
import { IDLE, LIVE, Pages, UNKNOWN } from '../../../conformance/trace/pages.ts';
import { expect, test } from 'vitest';
import fc from 'fast-check';

/** Frames that lie side by side, some far apart, and the largest that there are. */
const frame = fc.oneof(
  fc.nat(100),
  fc.nat(2 ** 20),
  fc.tuple(fc.nat(40), fc.nat(20)).map(([power, more]) => 2 ** power + more),
  fc.constantFrom(Number.MAX_SAFE_INTEGER, 2 ** 53 - 9),
);

test('what is noted of a frame is known of it until all is forgotten, and of no other frame', () => {
  const step = fc.oneof(
    { weight: 20, arbitrary: fc.tuple(frame, fc.constantFrom(IDLE, LIVE, LIVE + 3)) },
    { weight: 20, arbitrary: fc.tuple(frame, fc.constant('look' as const)) },
    fc.constant('forget' as const),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const pages = new Pages();
      const known = new Map<number, readonly [state: number, line: number]>();
      for (const [at, one] of steps.entries()) {
        if (one === 'forget') {
          pages.forget();
          known.clear();
          continue;
        }
        const [pfn, what] = one;
        if (what !== 'look') {
          pages.note(pfn, what, at);
          known.set(pfn, [what, at]);
        }
        const [state, line] = known.get(pfn) ?? [UNKNOWN, 0];
        expect(pages.stateOf(pfn)).toBe(state);
        if (state !== UNKNOWN) expect(pages.lineOf(pfn)).toBe(line);
      }
    }),
  );
});

test('many frames that lie apart are found again', () => {
  const pages = new Pages();
  const frames = Array.from({ length: 2 ** 18 }, (_, n) => n * 1001);
  for (const pfn of frames) pages.note(pfn, IDLE, pfn % 977);
  expect(frames.every((pfn) => pages.stateOf(pfn) === IDLE && pages.lineOf(pfn) === pfn % 977)).toBe(true);
  expect(frames.some((pfn) => pages.stateOf(pfn + 500) !== UNKNOWN)).toBe(false);
});
