/** Carries out a case on a machine, one step a request, and judges each answer. */
import { show } from '../../show.ts';
import { MachineOracle } from './oracle.ts';
import { asked } from './operation.ts';
import { failedBy, refutedBy } from '../../judge/finding.ts';
import { isFailure } from '../../judge/subject.ts';
import { snapshotMachine } from '../../../invariants/index.ts';
import type { Counterexample } from '../../../protocol/index.ts';
import type { Failure } from '../../judge/subject.ts';
import type { Finding } from '../../judge/finding.ts';
import type { How } from '../../judge/kind.ts';
import type { MachineCase, MachineOperation } from './operation.ts';
import type { MachineCoverage } from './sights.ts';
import type { MachinePort } from './port.ts';

type MachineHow = How<MachineCase> & { readonly coverage: MachineCoverage };

/** Steps between two checks of all invariants of a moment. */
const INVARIANTS_EVERY = 32;

/** Opens the machine; returns whether steps can be asked, or what went wrong. */
async function open(
  port: MachinePort,
  { machine }: MachineCase,
  coverage: MachineCoverage,
): Promise<Finding<MachineCase> | boolean> {
  const none: MachineCase = { machine, script: [] };
  const opened = await port.open(machine);
  if (isFailure(opened)) return failedBy(opened, none);
  if (opened.kind === 'unsupported') {
    coverage.refuse(opened.why);
    coverage.counts['machine unsupported']++;
    return false;
  }
  if (opened.kind === 'failed') {
    const facts = [`the machine failed: ${show(opened.why)}`, 'a machine can be made, or be unsupported'] as const;
    return refutedBy({ clause: 'USE-2', place: 'machine', facts }, none);
  }
  coverage.ready++;
  coverage.counts['machine ready']++;
  return true;
}

/** Asks one step and judges what came of it; undefined if all was right. */
async function step(
  port: MachinePort,
  oracle: MachineOracle,
  operation: MachineOperation,
  whole: boolean,
): Promise<Counterexample | Failure | undefined> {
  const shown = port.shown();
  const before = shown === undefined ? undefined : snapshotMachine(shown);
  const result = await port.run(oracle.wordsOf(operation));
  if (isFailure(result)) return result;
  const wrong = oracle.absorb(operation, result);
  if (wrong !== undefined) return wrong;
  if (shown !== undefined) return oracle.compareShown(operation, { before, after: shown }, whole);
  const reports = await port.observe();
  if (reports === undefined || isFailure(reports)) return reports;
  return oracle.refuteReports(reports);
}

/** Carries out a case; returns what was wrong first, or nothing. */
export async function driveMachine(
  port: MachinePort,
  of: MachineCase,
  { budget, camera, claims, coverage, keep }: MachineHow,
): Promise<Finding<MachineCase> | undefined> {
  const opened = await open(port, of, coverage);
  if (typeof opened !== 'boolean') return opened;
  if (!opened) return undefined;
  const oracle = new MachineOracle(of.machine, claims, coverage, camera);
  const script: MachineOperation[] = [];
  for (const intent of of.script) {
    if (await budget.look()) return undefined;
    const operation = oracle.fixed(intent);
    if (oracle.wordsOf(operation).length === 0) continue;
    script.push(operation);
    const wrong = await step(port, oracle, operation, script.length % INVARIANTS_EVERY === 0);
    if (wrong === undefined) continue;
    const at: MachineCase = { machine: of.machine, script };
    const moment = { asked: asked(operation), draw: () => [] };
    return isFailure(wrong) ? failedBy(wrong, at, moment) : refutedBy(wrong, at, moment);
  }
  keep?.({ machine: of.machine, script });
  return undefined;
}
