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

test('no part has more than its share of the lanes that come every so many: there are the long cases', () => {
  for (const count of [2, 4, 8]) {
    for (const every of [2, 4, 8]) {
      const most = Math.ceil(LANES / every / count);
      const parts = Array.from({ length: count }, (_, index) => partOf(WHOLE, index, count));
      for (let from = 0; from < every; from++) {
        const shares = parts.map((part) => part.filter((lane) => lane % every === from).length);
        expect(shares, `every ${every}th from ${from}, ${count} parts`).toEqual(shares.map(() => most));
      }
    }
  }
});

test('the first cases are dealt to different parts, and all parts are alike up to two lanes', () => {
  for (let count = 1; count <= LANES; count++) {
    const parts = Array.from({ length: count }, (_, index) => partOf(WHOLE, index, count));
    expect(parts.map(([first]) => first)).toEqual(Array.from({ length: count }, (_, n) => n));
    const sizes = parts.map((part) => part.length);
    expect(Math.max(...sizes) - Math.min(...sizes), `${count} parts: ${sizes.join(' ')}`).toBeLessThanOrEqual(2);
  }
});

test('a bound is heeded, and does not end the dealing', () => {
  const lanes = new Lanes(Infinity, partOf(WHOLE, 1, 2));
  expect([lanes.next(2), lanes.next(2), lanes.next(4)]).toEqual([1, undefined, 2]);
  expect([lanes.end, lanes.dealt, lanes.isOver, laneOf(LANES + 3)]).toEqual([3, 2, false, 3]);
});
