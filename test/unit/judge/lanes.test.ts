/** Tests of how the cases of a search are dealt out. */
import { LANES, Lanes, WHOLE, laneOf, partOf } from '../../../conformance/judge/search/lanes.ts';
import { expect, test } from 'vitest';
import fc from 'fast-check';

/** Deals out all there is; a case counts unless `refused` says otherwise. */
function dealtBy(lanes: Lanes, refused: (n: number) => boolean = () => false): readonly number[] {
  const dealt: number[] = [];
  for (let n = lanes.next(); n !== undefined; n = lanes.next()) {
    dealt.push(n);
    lanes.tell(n, !refused(n));
  }
  return dealt;
}

test('as many cases are dealt out as are wanted, ascending from 0', () => {
  expect(dealtBy(new Lanes(0))).toEqual([]);
  expect(dealtBy(new Lanes(150))).toEqual(Array.from({ length: 150 }, (_, n) => n));
});

test('the parts of a search have no case in common, and together all of its cases', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.integer({ min: 1, max: LANES }), fc.nat(1000), (cases, count, salt) => {
      const refused = (n: number): boolean => (n * 7919 + salt) % 3 === 0;
      const parts = WHOLE.slice(0, count).map((nth) => dealtBy(new Lanes(cases, partOf(WHOLE, nth, count)), refused));
      const whole = dealtBy(new Lanes(cases), refused);
      expect(parts.flat().toSorted((a, b) => a - b)).toEqual(whole);
      expect(whole.filter((n) => !refused(n)).length).toBeLessThanOrEqual(cases);
    }),
  );
});

test('cases that a subject does not support do not count, up to forty for each that is wanted', () => {
  expect(dealtBy(new Lanes(1), (n) => n < 3 * LANES)).toEqual([0, LANES, 2 * LANES, 3 * LANES]);
  expect(dealtBy(new Lanes(5), () => true)).toHaveLength(200);
});

test('a bound is heeded, and does not end the dealing', () => {
  const lanes = new Lanes(Infinity, partOf(WHOLE, 1, 2));
  expect([lanes.next(2), lanes.next(2), lanes.next(4)]).toEqual([1, undefined, 3]);
  expect([lanes.end, lanes.dealt, lanes.isOver, laneOf(LANES + 3)]).toEqual([4, 2, false, 3]);
});
