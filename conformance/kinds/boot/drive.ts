/** Carries out a case of boot memory, one command a request, and judges each answer. */
import { show } from '../../show.ts';
import { askedOfBoot, bootMisuse } from '../../../spec/index.ts';
import { failedBy, refutedBy } from '../../judge/finding.ts';
import { isFailure } from '../../judge/subject.ts';
import { BootOracle } from './oracle.ts';
import type { BootCase } from './case.ts';
import type { BootCommand } from '../../../protocol/index.ts';
import type { BootCoverage } from './sights.ts';
import type { BootPort } from './port.ts';
import type { Finding } from '../../judge/finding.ts';
import type { How } from '../../judge/kind.ts';

type BootHow = How<BootCase> & { readonly coverage: BootCoverage };

type Found = Finding<BootCase> | undefined;

/** Opens the nodes; returns whether commands can be asked, or what went wrong. */
async function open(port: BootPort, of: BootCase, coverage: BootCoverage): Promise<Finding<BootCase> | boolean> {
  const none: BootCase = { nodes: of.nodes, script: [] };
  const opened = await port.open(of.nodes);
  if (isFailure(opened)) return failedBy(opened, none);
  if (opened.kind === 'unsupported') {
    coverage.refuse(opened.why);
    coverage.counts['boot memory unsupported']++;
    return false;
  }
  if (opened.kind === 'failed') {
    const facts = [`it failed: ${show(opened.why)}`, 'nodes can be made, or be unsupported'] as const;
    return refutedBy({ clause: 'USE-2', place: 'the init', facts }, none);
  }
  coverage.ready++;
  coverage.counts['boot memory ready']++;
  if (of.nodes.some(({ pageSize }) => pageSize !== undefined)) coverage.counts['pages of another size']++;
  return true;
}

/** Asks one command and judges what came of it. */
async function step(port: BootPort, oracle: BootOracle, command: BootCommand, done: BootCase): Promise<Found> {
  const shown = port.shown();
  oracle.look(shown);
  const result = await port.run(command, (node) => oracle.mapPages(node));
  const moment = { asked: askedOfBoot(command), draw: () => [] };
  if (isFailure(result)) return failedBy(result, done, moment);
  const wrong = oracle.absorb(command, result, shown);
  return wrong === undefined ? undefined : refutedBy(wrong, done, moment);
}

/** Carries out a case; returns what was wrong first, or nothing. Misuse is sent only to a subject that says that it detects it. */
export async function driveBoot(port: BootPort, of: BootCase, how: BootHow): Promise<Found> {
  const { budget, camera, claims, coverage, hello, keep } = how;
  const opened = await open(port, of, coverage);
  if (typeof opened !== 'boolean') return opened;
  if (!opened) return undefined;
  const oracle = new BootOracle(of.nodes, claims, coverage, camera);
  const script: BootCommand[] = [];
  for (const command of of.script) {
    if (await budget.look()) return undefined;
    const isMisuse = bootMisuse(oracle.state, command, () => true) !== undefined;
    if (isMisuse && !hello.features.has('boot:misuse')) continue;
    script.push(command);
    const found = await step(port, oracle, command, { nodes: of.nodes, script: [...script] });
    if (found !== undefined) return found;
  }
  keep?.({ nodes: of.nodes, script });
  return undefined;
}
