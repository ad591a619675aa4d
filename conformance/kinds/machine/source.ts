/** The cases of a search over machines, and what a run must have seen. */
import { MACHINE_MUST } from './sights.ts';
import { generateMachine } from './generate.ts';
import { neverSeen } from '../../judge/coverage.ts';
import type { MachineCase } from './operation.ts';
import type { MachineCoverage } from './sights.ts';
import type { Source, Sweep } from '../../judge/kind.ts';

/** The most operations of a case: each of them is a request of its own. */
const MOST_OPERATIONS = 150;

/** Returns the cases that a sweep draws, one after the other. */
export function machineSource({ operations, seed }: Sweep): Source<MachineCase> {
  const at = (nth: number): MachineCase => generateMachine(seed, nth, Math.min(operations, MOST_OPERATIONS));
  return {
    draw: at,
    at,
    learn: () => undefined,
    unseen: (coverage: MachineCoverage) => neverSeen(MACHINE_MUST, coverage),
  };
}
