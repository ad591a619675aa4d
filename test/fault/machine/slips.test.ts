/** Tests that every slip in a machine is found, by hand and by search. */

import { describe, expect, test } from 'vitest';
import { MACHINE_SLIPS } from './slips.ts';
import { SOUND } from '../../lockstep/machine/real.ts';
import { load } from '../load.ts';
import { once, stopOf } from '../judged.ts';
import { runMachines } from '../../lockstep/machine/run.ts';
import type { MachineSlip } from './slip.ts';

const SEED = 20240422;

const sound = load();
const brokens = new Map(MACHINE_SLIPS.map((slip) => [slip, once(() => load(slip))] as const));

test('the sound sources, loaded as the broken ones are, refute nothing', () => {
  for (const { name, shortest } of MACHINE_SLIPS)
    expect(
      stopOf(() => shortest(sound)),
      name,
    ).toBeUndefined();
  expect(runMachines(150, 20, 10, sound, SEED).commands).toBeGreaterThan(500);
  expect(runMachines(150, 20, 10, SOUND, SEED).commands).toBeGreaterThan(500);
});

describe.each(MACHINE_SLIPS.map((slip) => [slip.refutes, slip.name, slip] as const))(
  '%s · %s',
  (refutes, _name, slip: MachineSlip) => {
    const broken = brokens.get(slip) ?? expect.fail('not loaded');

    test('the case worked out by hand refutes the clause', () => {
      expect(stopOf(() => slip.shortest(broken()))).toMatch(new RegExp(`^${refutes} refuted`, 'u'));
    });

    test('a search finds it', () => {
      expect(stopOf(() => runMachines(150, 80, 80, broken(), SEED))).toMatch(/^[A-Z]+-\d+ refuted/u);
    });
  },
);
