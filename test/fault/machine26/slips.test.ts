/** Tests that every slip in a machine of 2.6.24 is found, by hand and by search. */
import { describe, expect, test } from 'vitest';
import { GATE_SLIPS } from './slips-gate.ts';
import { SLIPS26 } from './slips-pass.ts';
import { load } from '../load.ts';
import { once, stopOf } from '../judged.ts';
import { runMachines26 } from '../../lockstep/machine26/run.ts';

const SEED = 20240422;
const SLIPS = [...GATE_SLIPS, ...SLIPS26];

test('the sound sources, loaded as the broken ones are, refute nothing', () => {
  const sound = load();
  for (const { name, shortest } of SLIPS) {
    expect(
      stopOf(() => shortest(sound)),
      name,
    ).toBeUndefined();
  }
  expect(runMachines26(20, 10, sound, SEED).size).toBeGreaterThan(20);
});

describe.each(SLIPS.map((slip) => [slip.refutes, slip.name, slip] as const))('%s · %s', (refutes, _name, slip) => {
  const broken = once(() => load(slip));

  test('the case worked out by hand refutes the clause', () => {
    expect(stopOf(() => slip.shortest(broken()))).toMatch(new RegExp(`^${refutes} refuted`, 'u'));
  });

  test('a search finds it', () => {
    expect(stopOf(() => runMachines26(80, 80, broken(), SEED))).toMatch(/^[A-Z]+-\d+ refuted/u);
  });
});
