import { expect, test } from 'vitest';
import { SLIPS } from './slips.ts';
import { load } from './load.ts';
import { playTraces } from '../trace/worked.ts';
import type { Broken } from './load.ts';
import type { Deviation } from '../trace/worked.ts';

/** Plays the worked traces; the loops of each zone's making get their turns anew. */
const played = ({ createAllocator, refuel }: Broken): Deviation | undefined =>
  playTraces((shape, region) => {
    refuel();
    return createAllocator(shape, region);
  });

test('many an allocator that is broken does in every worked trace what the kernel did', async () => {
  expect(played(await load())).toBeUndefined();
  const passing: string[] = [];
  for (const slip of SLIPS) if (played(await load(slip)) === undefined) passing.push(slip.name);
  expect(passing.length, passing.join('\n')).toBeGreaterThanOrEqual(8);
  expect(passing.length).toBeLessThan(SLIPS.length / 2);
});
