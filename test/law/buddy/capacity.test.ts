/** Tests of the claim to a capacity. */

import { expect, test } from 'vitest';
import { judge, objectSubject } from '../../../conformance/index.ts';
import type { Claim } from '../../../protocol/index.ts';

/** Judges an allocator that refuses everything and says that it can hand out its first frame alone. */
const judged = (claims: readonly Claim[], pages: number): ReturnType<typeof judge> =>
  judge(
    () =>
      Promise.resolve(
        objectSubject({
          claims,
          open: () => ({ allocate: () => null, free: () => undefined }),
          usable: () => [[0, 1]],
        }),
      ),
    { pages: [pages], bases: [0], cases: 20 },
  );

test('CAP-1 · who claims the capacity can hand out every frame that is not reserved', async () => {
  const { kinds, verdict } = await judged(['capacity'], 2);
  expect(verdict).toBe('diverges');
  expect(kinds[0]?.finding?.what).toMatchObject({ kind: 'refuted', counterexample: { clause: 'CAP-1' } });
});

test('CAP-1 · who does not claim it is not held to it', async () => {
  expect((await judged([], 2)).verdict).toBe('inconclusive');
});

test('CAP-1 · one frame is the capacity of an arena of one frame', async () => {
  expect((await judged(['capacity'], 1)).verdict).toBe('inconclusive');
});
