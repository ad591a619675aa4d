/** Tests that every slip of the page cache and of the task that reclaims is found by its case. */

import { CACHE_SLIPS } from './slips-cache.ts';
import { describe, expect, test } from 'vitest';
import { load } from '../load.ts';
import { once, stopOf } from '../judged.ts';

const sound = once(() => load());

describe.each(CACHE_SLIPS.map((slip) => [slip.refutes, slip.name, slip] as const))('%s · %s', (refutes, _, slip) => {
  test('the case worked out by hand refutes the clause, and nothing on the sound sources', () => {
    expect(stopOf(() => slip.shortest(sound()))).toBeUndefined();
    expect(stopOf(() => slip.shortest(load(slip)))).toMatch(new RegExp(`^${refutes} refuted`, 'u'));
  });
});
