/** Tests of what is kept of the arenas that a long search has drained. */
import { expect, test } from 'vitest';
import { keepYield } from '../../../conformance/kinds/buddy/drive/drain.ts';
import type { Yields } from '../../../conformance/kinds/buddy/drive/drain.ts';

test('the yields of a thousand shapes are kept, those of the latest', () => {
  const yields: Yields = new Map();
  for (let n = 0; n < 2500; n++) keepYield(yields, `shape ${n}`, [n]);
  expect(yields.size).toBe(1000);
  expect([yields.get('shape 1499'), yields.get('shape 1500'), yields.get('shape 2499')]).toEqual([
    undefined,
    [1500],
    [2499],
  ]);
  keepYield(yields, 'shape 2499', [7]);
  expect(yields.get('shape 2499')).toEqual([7]);
});
