/** Tests of the lists of exceptions. */

import { beyond } from './known.ts';
import { expect, test } from 'vitest';

test('a known finding is left out, and an entry that is found no more is a finding', () => {
  const findings = ['a', 'b'].map((place) => ({ place, what: 'is wrong' }));
  const left = beyond(['b', 'c'], findings, ({ place }) => place, 'LIST');
  expect(left.map(({ place }) => place)).toEqual(['a', 'c']);
  expect(left[1]?.what).toContain('delete it from LIST');
});
