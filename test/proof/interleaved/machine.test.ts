/** Tests of the explorer on machines: every interleaving is right in steps; each fault is found, and without the fault nothing is. */

import { MACHINE_FAULTS, RACE, SMALL, scheduleOfMachine } from '../../../proof/interleaved/machine/faults.ts';
import { QUICK } from '../../../proof/interleaved/machine/parts.ts';
import { drawSchedule } from '../../../conformance/demo/draw-schedule.ts';
import { expect, test } from 'vitest';
import { Refuted, explore } from '../../../proof/interleaved/explore.ts';
import { startOfMachine } from '../../../proof/interleaved/machine/start.ts';
import { worded } from '../../../proof/interleaved/draw.ts';

test.each(QUICK)('SMP-6, SMP-3 · $callers, after $granted.length grants: every interleaving is right', (ground) => {
  const { interleavings, quiet } = explore(startOfMachine({ machine: SMALL, ...ground }));
  expect(interleavings).toBeGreaterThan(100n);
  expect(quiet).toBeGreaterThan(10);
});

test.each(MACHINE_FAULTS)('SMP-6 · $name: found, and drawn', (fault) => {
  const { world, schedule } = scheduleOfMachine(fault);
  if (schedule === undefined) return expect.fail('nothing goes wrong');
  expect(schedule.wrong).toMatchObject({ kind: fault.leadsTo, what: expect.stringContaining(fault.says) as string });
  expect(drawSchedule(worded(world, schedule)).split('\n').at(-1)).toBe(schedule.wrong.what);
  return undefined;
});

test.each(MACHINE_FAULTS)(
  'SMP-6 · $name: the search that leaves steps out finds it too, and nothing without it',
  ({ edits, ...question }) => {
    expect(() => explore(startOfMachine({ machine: SMALL, ...question, edits }))).toThrow(Refuted);
    expect(explore(startOfMachine({ machine: SMALL, ...question })).steps).toBeGreaterThan(100);
  },
);

test('SMP-6 · held to a machine whose requests take effect at once, the right code is refuted', () => {
  const { world, schedule } = scheduleOfMachine(RACE);
  if (schedule === undefined) return expect.fail('nothing goes wrong');
  expect(schedule.wrong).toMatchObject({ kind: 'answer', what: expect.stringContaining('granted') as string });
  expect(drawSchedule(worded(world, schedule))).toContain('Normal: count of free pages is 3');
  return undefined;
});
