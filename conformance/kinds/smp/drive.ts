/** Carries out a case of several threads, a round a request, and judges the history up to each. */
import { SmpOracle } from './oracle.ts';
import { alignmentOf, arenaOf } from '../buddy/drive/arena.ts';
import { drawSchedule, shootHistory } from './picture.ts';
import { failedBy, refutedBy } from '../../judge/finding.ts';
import { mostOperations } from './port.ts';
import { refuteFailed } from '../buddy/drive/opened.ts';
import { isFailure } from '../../judge/subject.ts';
import { counted } from '../../show.ts';
import type { Arena } from '../../../protocol/index.ts';
import type { Asked } from './oracle.ts';
import type { Finding, Moment } from '../../judge/finding.ts';
import type { How } from '../../judge/kind.ts';
import type { SmpCase } from './case.ts';
import type { SmpCoverage } from './sights.ts';
import type { SmpPort } from './port.ts';

type SmpHow = How<SmpCase> & { readonly coverage: SmpCoverage };

/** Opens the arena; undefined if there is no such arena. */
async function open(port: SmpPort, of: SmpCase, how: SmpHow): Promise<Arena | Finding<SmpCase> | undefined> {
  const { coverage, hello } = how;
  const { shape } = of;
  const most = mostOperations(hello);
  const isTooLong = of.rounds.some((round) => round.flat().length > most);
  const why = `a round has more than ${most} operations`;
  const opened = isTooLong ? ({ kind: 'unsupported', why } as const) : await port.open(shape);
  // An allocator that threads have broken may die later: the case as it was tried before is what it takes.
  if (isFailure(opened)) return failedBy(opened, of);
  if (opened.kind === 'unsupported') {
    coverage.refuse(opened.why);
    coverage.counts['threads unsupported']++;
    return undefined;
  }
  if (opened.kind === 'failed') return refutedBy(refuteFailed(opened.why), of);
  coverage.ready++;
  coverage.counts['threads ready']++;
  return arenaOf(shape, opened.usable, alignmentOf(hello));
}

const momentOf = (asked: readonly Asked[], draw: Moment['draw']): Moment => ({
  asked: `what ${counted(asked.length, 'thread')} asked at once`,
  draw,
});

/** Carries out a case; returns what was wrong first, or nothing. A history that is not decided ends the case. */
export async function driveThreads(port: SmpPort, of: SmpCase, how: SmpHow): Promise<Finding<SmpCase> | undefined> {
  const arena = await open(port, of, how);
  if (arena === undefined || 'what' in arena) return arena;
  const oracle = new SmpOracle(how.claims, arena, how.coverage);
  for (const [n, round] of of.rounds.entries()) {
    if (await how.budget.look()) return undefined;
    const asked = oracle.asks(round);
    if (asked.length === 0) continue;
    const done: SmpCase = { shape: of.shape, rounds: of.rounds.slice(0, n + 1) };
    const answers = await port.run(asked.map(({ words }) => words));
    if (isFailure(answers))
      return failedBy(
        answers,
        done,
        momentOf(asked, () => []),
      );
    const weighed = oracle.weigh(asked, answers);
    if (weighed.kind === 'undecided') break;
    if (weighed.kind === 'right') continue;
    const { calls, counterexample } = weighed;
    if (how.camera !== undefined) shootHistory(how.camera, calls);
    const draw = (columns: number): readonly string[] => drawSchedule(calls, columns);
    return refutedBy(counterexample, done, momentOf(asked, draw));
  }
  how.keep?.(of);
  return undefined;
}
