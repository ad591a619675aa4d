/** Tests that every slip in boot memory is found, by hand and by search. */

import fc from 'fast-check';
import { BOOT_SLIPS } from './slips.ts';
import { bootCommandOf, bootIntents, bootNodes } from '../../arbitrary/boot.ts';
import { PAGE, addressOf } from '../../../spec/boot/state.ts';
import { describe, expect, test } from 'vitest';
import { judgeBoot } from './judged.ts';
import { load } from '../load.ts';
import { once } from '../judged.ts';
import { patience } from '../../arbitrary/campaign.ts';
import { pfn } from '../../../spec/unit.ts';
import type { BootCommand, BootNode } from '../../../protocol/index.ts';
import type { Broken } from '../load.ts';

const sound = load();
const SEED = 20240422;

const whole = ({ end, start }: BootNode, node: number): BootCommand => ({
  kind: 'free',
  node,
  address: addressOf(start),
  size: addressOf(pfn(end - start)),
});
const itsMap = ({ map }: BootNode, node: number): BootCommand => ({
  kind: 'reserve',
  node,
  address: addressOf(map),
  size: PAGE,
});

/** The first clause that some arbitrary life refutes: opened or not, and retired at its end. */
function searched(make: Broken, runs: number): string | undefined {
  const lives = fc.sample(fc.tuple(bootNodes, fc.boolean(), bootIntents), { numRuns: runs, seed: SEED });
  for (const [nodes, opened, intents] of lives) {
    const commands = [
      ...(opened ? [...nodes.map(whole), ...nodes.map(itsMap)] : []),
      ...intents.map((intent) => bootCommandOf(nodes, intent)),
      ...nodes.map(itsMap),
      ...nodes.map((_, node): BootCommand => ({ kind: 'retire', node })),
    ];
    const clause = judgeBoot(make, nodes, commands);
    if (clause !== undefined) return clause;
  }
  return undefined;
}

test(
  'USE-2, BOOT-12 · the sound one ends every call, and refutes nothing in arbitrary lives',
  { timeout: patience },
  () => {
    expect(searched(sound, 150)).toBeUndefined();
  },
);

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

  test('a search finds it too', { timeout: patience }, () => {
    expect(searched(broken(), 150)).toMatch(/^(?:BOOT|FIT|RETIRE|USE)-\d+$/u);
  });
});
