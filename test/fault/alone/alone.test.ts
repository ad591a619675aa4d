/** Tests what each invariant finds alone, and that the page and the reasons say so; `npm run generate` lets them write the page. */
import { INVARIANTS, ROOMS, WATCHED } from './faults.ts';
import { STANDS } from './stands.ts';
import { beforeAll, expect, test, vi } from 'vitest';
import { findings, pageOf, wrongReasons } from './table.ts';
import type { Known } from './alone.ts';
import type { Room } from './faults.ts';
import type { Said } from './table.ts';

vi.setConfig({ hookTimeout: 600_000, testTimeout: 600_000 });

const said: Said[] = [];
beforeAll(async () => {
  for (const fault of WATCHED) said.push({ fault, alone: await fault.watch('broken') });
});

test('the page says what each invariant finds (if it does not: npm run generate)', async () => {
  await expect(pageOf(said), 'ALONE.md is stale: npm run generate').toMatchFileSnapshot('ALONE.md');
});

/** The lives that are drawn are the same for all faults of a kernel's zones, and of each other room. */
const SOME = WATCHED.filter((_, n) => n % 12 === 0);

test('no invariant is refuted on the sound sources, and every life is answered to its end', async () => {
  expect(new Set(SOME.map(({ room }) => room)).size).toBe(ROOMS.length);
  const every = Object.values(INVARIANTS).flat();
  for (const { name, watch } of SOME) {
    const alone = await watch('sound');
    expect(alone.calls, name).toBeGreaterThan(400);
    expect([alone.stops, every.filter((one) => alone.callsUntil(one) !== undefined)], name).toEqual([0, []]);
  }
});

test('an invariant that finds nothing alone has a reason to stand, and the reason is so', () => {
  expect(wrongReasons(said)).toEqual([]);
});

/** A fault that some invariants of a zone refute after one call, and no others. */
const refutedBy = (...clauses: readonly string[]): Said => ({
  fault: { room: 'buddy', name: clauses.join() },
  alone: { stops: 0, callsUntil: ({ clause }: Known) => (clauses.includes(clause) ? 1 : undefined) },
});

test('a reason in vain, one that is not so, and none at all are found', () => {
  const wrong = (...of: readonly Said[]): readonly string[] =>
    wrongReasons(of).filter((one) => /^buddy (?:LIST-2|PAIR-4)/u.test(one));
  expect(wrong(refutedBy('PAIR-4'), refutedBy('LIST-1', 'LIST-2'))).toEqual([]);
  expect(wrong(refutedBy('PAIR-4'), refutedBy('LIST-2'))).toEqual([expect.stringContaining('needs no reason')]);
  expect(wrong(refutedBy('PAIR-4'), refutedBy('LIST-2', 'MAP-2'))).toEqual([
    expect.stringContaining('by none of those beside it'),
  ]);
  expect(wrong(refutedBy('LIST-1', 'LIST-2'))).toEqual([expect.stringContaining('nothing says why it stands')]);
});

test('a fault that one invariant alone refutes is counted as such', () => {
  const of = findings([refutedBy('LIST-1'), refutedBy('LIST-1', 'LIST-2')]);
  const counts = of
    .filter(({ invariant }) => ['LIST-1', 'LIST-2'].includes(invariant.clause))
    .map(({ all, only }) => [all.length, only.length]);
  expect(counts).toEqual([
    [2, 1],
    [1, 0],
  ]);
});

test('a reason is a sentence, and is of an invariant that there is', () => {
  for (const [room, reasons] of Object.entries(STANDS)) {
    const clauses = INVARIANTS[room as Room].map(({ clause }) => clause);
    for (const [clause, { why }] of Object.entries(reasons)) {
      expect(clauses).toContain(clause);
      expect(why.length, clause).toBeGreaterThan(20);
    }
  }
});
