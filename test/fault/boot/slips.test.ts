/** Tests that every slip in boot memory is found, by hand and by search. */

import { BOOT_SLIPS } from './slips.ts';
import { bootLives } from './lives.ts';
import { describe, expect, test } from 'vitest';
import { judgeBoot } from './judged.ts';
import { load } from '../load.ts';
import { once } from '../judged.ts';
import type { Broken } from '../load.ts';

const sound = load();

/** The first clause that some arbitrary life refutes. */
function searched(make: Broken, runs: number): string | undefined {
  for (const [nodes, commands] of bootLives(runs)) {
    const clause = judgeBoot(make, nodes, commands);
    if (clause !== undefined) return clause;
  }
  return undefined;
}

test('USE-2, BOOT-12 · the sound one ends every call, and refutes nothing in arbitrary lives', () => {
  expect(searched(sound, 150)).toBeUndefined();
});

test('every kind of thing that can go wrong is among the slips', () => {
  expect(new Set(BOOT_SLIPS.map(({ name }) => name)).size).toBe(BOOT_SLIPS.length);
  expect(new Set(BOOT_SLIPS.map(({ refutes }) => refutes)).size).toBeGreaterThan(15);
});

describe.each(BOOT_SLIPS.map((slip) => [slip.refutes, slip.name, slip] as const))('%s · %s', (refutes, _, slip) => {
  const broken = once(() => load(slip));

  test('the life worked out by hand refutes the clause, and nothing on the sound one', () => {
    expect(judgeBoot(broken(), slip.nodes, slip.life)).toBe(refutes);
    expect(judgeBoot(sound, slip.nodes, slip.life)).toBeUndefined();
  });

  test('a search finds it too', () => {
    expect(searched(broken(), 150)).toMatch(/^(?:BOOT|FIT|RETIRE|USE)-\d+$/u);
  });
});
