/** Tests that every slip of the page cache and of the task that reclaims is found by its case. */

import { CACHE_SLIPS } from './slips-cache.ts';
import { describe, expect, test } from 'vitest';
import { load } from '../load.ts';
import { once } from '../judged.ts';
import { patience } from '../../arbitrary/campaign.ts';
import type { Broken } from '../load.ts';

const sound = once(() => load());

/** Why a case stops; undefined if it does not. */
function stopOf(shortest: (make: Broken) => void, make: Broken): string | undefined {
  try {
    shortest(make);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe.each(CACHE_SLIPS.map((slip) => [slip.refutes, slip.name, slip] as const))('%s · %s', (refutes, _, slip) => {
  test(
    'the case worked out by hand refutes the clause, and nothing on the sound sources',
    { timeout: patience },
    () => {
      expect(stopOf(slip.shortest, sound())).toBeUndefined();
      expect(stopOf(slip.shortest, load(slip))).toMatch(new RegExp(`^${refutes} refuted`, 'u'));
    },
  );
});
