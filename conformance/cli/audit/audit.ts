/** The command `audit`: the invariants, held against what an allocator shows of itself. */
import { USAGE, complain, linesOf, refuseFile } from '../terminal/say.ts';
import { audits } from '../film/built.ts';
import { audit, verdictOf } from '../../audit/invariants/audit.ts';
import { exitStatus } from '../../judge/verdict.ts';
import { onInterrupt } from '../interrupt.ts';
import { storyOf } from '../../audit/invariants/story.ts';
import { progressLine } from '../terminal/progress.ts';
import { recordsOf, reportOf } from '../../audit/invariants/report.ts';
import { startOf } from '../jobs/start.ts';
import { writeText } from '../film/page.ts';
import type { Kernel } from '../../../protocol/index.ts';

export interface AuditFlags {
  readonly reference?: Kernel;
  readonly seed: number;
  readonly time: number;
  readonly cases?: number;
  readonly json: boolean;
  readonly html?: string;
}

/**
 * Audits an allocator, prints what came of each invariant, and writes a page if asked. Returns the exit status: 1 if one is refuted,
 * 5 if nothing was shown.
 */
export async function auditCommand(command: readonly string[], flags: AuditFlags): Promise<number> {
  const { cases = Infinity, html, json, reference, seed, time: seconds } = flags;
  if (reference !== undefined && command.length > 0) {
    complain('--reference does nothing where a command is given');
    return USAGE;
  }
  const refused = html === undefined ? undefined : refuseFile(html);
  if (refused !== undefined) {
    complain(refused);
    return USAGE;
  }
  const progress = progressLine();
  const start = startOf(command, reference === undefined ? {} : { reference });
  const done = await audit(start, { seed, seconds, cases, progress: progress.tell, stop: onInterrupt() });
  progress.clear();
  const { failure } = done.judgement;
  if (failure !== undefined) complain(failure.how);
  else process.stdout.write(`${json ? linesOf(recordsOf(done)) : reportOf(done)}\n`);
  if (html !== undefined && failure === undefined) {
    writeText(html, () => audits().page(storyOf(done, new Date().toISOString().slice(0, 10))));
  }
  return exitStatus(verdictOf(done));
}
