/** Opens the arena of a case behind a pipe. */
import { arenaFailed, enter, fixed, refuseArena, refuteReopened } from './opened.ts';
import { failedBy, refutedBy } from '../../../judge/finding.ts';
import { isFailure } from '../../../judge/subject.ts';
import { order } from '../../../unit.ts';
import { runsOf } from './arena.ts';
import type { Arena, Run } from '../../../../protocol/index.ts';
import type { Case, FixedCase, Operation, Shape } from '../case.ts';
import type { Context } from './opened.ts';
import type { Failure } from '../../../judge/subject.ts';
import type { Finding } from '../../../judge/finding.ts';
import type { PipedBuddy } from '../port.ts';

/** Returns the frames that a subject hands out, found by asking for single frames until it refuses. */
export async function probe(buddy: PipedBuddy, { base, pages }: Shape): Promise<readonly Run[] | Failure> {
  const granted = new Array<boolean>(pages).fill(false);
  const batch = Math.min(buddy.hello.maxBatch, pages + 1);
  const operations = Array.from({ length: batch }, (): Operation => ({ kind: 'allocate', order: order(0) }));
  for (let sent = 0; sent <= pages; sent += batch) {
    const answer = await buddy.run(operations);
    if (isFailure(answer)) return answer;
    for (const result of answer) {
      if (result.kind !== 'granted') return runsOf(base, granted);
      if (result.head >= base && result.head < base + pages) granted[result.head - base] = true;
    }
  }
  return runsOf(base, granted);
}

/** Opens an arena a second time, which must come out as the first; returns what went wrong. */
export async function openAgain(
  buddy: PipedBuddy,
  context: Context,
  of: Case,
  arena: Arena,
): Promise<Finding<FixedCase> | undefined> {
  const again = await buddy.open(of.shape);
  return isFailure(again) ? failedBy(again, fixed(of, [], false)) : refuteReopened(context, of, arena, again);
}

/** Opens an arena, and probes it if the subject asks for that. */
export async function open(
  buddy: PipedBuddy,
  context: Context,
  of: Case,
): Promise<Arena | Finding<FixedCase> | undefined> {
  const none = fixed(of, [], false);
  const opened = await buddy.open(of.shape);
  if (isFailure(opened)) return failedBy(opened, none);
  if (opened.kind === 'unsupported') return refuseArena(context, of.shape, opened.why);
  if (opened.kind === 'failed') return arenaFailed(of, opened.why);
  const usable = opened.usable === 'probe' ? await probe(buddy, of.shape) : opened.usable;
  if (usable !== 'all' && isFailure(usable)) return failedBy(usable, none);
  const arena = enter(context, of.shape, usable);
  if ('clause' in arena) return refutedBy(arena, none);
  return (opened.usable === 'probe' ? await openAgain(buddy, context, of, arena) : undefined) ?? arena;
}
