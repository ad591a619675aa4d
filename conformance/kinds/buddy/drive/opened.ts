/** What the cases of a run have in common, and what is judged of an arena as it opens. */
import { show } from '../../../show.ts';
import { FilmedOracle } from '../tell/filmed.ts';
import { Oracle } from '../oracle.ts';
import { alignmentOf, arenaOf, isPowerOfTwo } from './arena.ts';
import { asked } from '../case.ts';
import { chooseFrees } from '../draw/choose.ts';
import { drawMoment } from '../tell/picture.ts';
import { framesAcross } from '../../../judge/report/look.ts';
import { hintOf } from '../tell/hint.ts';
import { encodeScript } from '../wire/tokens.ts';
import { refutedBy } from '../../../judge/finding.ts';
import type { Arena, Counterexample, Run } from '../../../../protocol/index.ts';
import type { Buddy } from '../../../../spec/index.ts';
import type { BuddyOpened } from '../wire/reply.ts';
import type { BuddyCoverage, Watch, Witness } from '../sights.ts';
import type { Case, FixedCase, Intent, Operation, Result, Shape } from '../case.ts';
import type { Finding, Moment } from '../../../judge/finding.ts';
import type { History } from '../tell/hint.ts';
import type { How } from '../../../judge/kind.ts';
import type { Yields } from './drain.ts';

/** How one case is carried out, and what of the runs before it is used. */
export interface Context extends How<FixedCase> {
  readonly coverage: BuddyCoverage;
  readonly yields: Yields;
  readonly watch: Watch | undefined;
  readonly witness?: Witness | undefined;
}

/** Returns the specification's side of a case, filmed if there is a camera. */
export const oracleOf = ({ camera, claims, coverage, watch }: Context, arena: Arena): Oracle =>
  camera === undefined
    ? new Oracle(claims, arena, coverage, watch)
    : new FilmedOracle(camera, claims, arena, coverage, watch);

/** Reports whether what an answer breaks is not judged. */
export const isPassedOver = ({ without }: Context, { clause }: Counterexample): boolean =>
  without?.has(clause) ?? false;

/** Returns the case up to now, as something that can be saved. */
export const fixed = (of: Case, done: readonly Operation[], drain: boolean): FixedCase => ({
  shape: of.shape,
  script: [...done],
  drain,
});

/** The operation that a fault was seen at, what came back, and the states around it as far as they are known. */
export interface Step {
  readonly state: Buddy;
  readonly operation: Operation;
  readonly result: Result | undefined;
  /** The state that the allocator made of it, if there is one: what was granted though it must not be is not in it. */
  readonly after: Buddy | undefined;
  /** All that was asked up to now; undefined if something else than an answer is at fault. */
  readonly history?: History;
}

/** Returns what a report says and draws of a step. */
export function momentOf(step: Step): Moment {
  const hint = hintOf(step);
  const draw = (columns: number): readonly string[] => drawMoment(step, framesAcross(columns));
  return { asked: asked(step.operation), draw, ...(hint === undefined ? {} : { hint }) };
}

/** Counts an arena that is ready, and says what is judged of it. */
export function enter(
  { hello, claims, coverage }: Context,
  shape: Shape,
  usable: readonly Run[] | 'all',
): Arena | Counterexample {
  const { counts } = coverage;
  const arena = arenaOf(shape, usable, alignmentOf(hello));
  coverage.ready++;
  const kept = arena.holes.reduce((sum, [, count]) => sum + count, 0);
  if (kept === shape.pages) counts['arena without usable frames']++;
  else counts['arena ready']++;
  if (kept < shape.pages && !isPowerOfTwo(shape.pages)) counts['arena not a power of two']++;
  if (shape.reserved.length > 0) counts['arena with reserved frames']++;
  const all = arenaOf(shape, 'all', arena.alignment);
  if (!claims.has('capacity') || JSON.stringify(all.holes) === JSON.stringify(arena.holes)) return arena;
  const facts = [
    `frames that cannot be handed out: ${JSON.stringify(arena.holes)}`,
    `reserved: ${JSON.stringify(all.holes)}`,
  ] as const;
  return { clause: 'CAP-1', place: 'arena', facts };
}

/** Counts an arena that is unsupported. */
export function refuseArena({ coverage }: Context, { pages }: Shape, why: string): undefined {
  coverage.refuse(why);
  coverage.counts['arena unsupported']++;
  if (!isPowerOfTwo(pages)) coverage.counts['arena not a power of two unsupported']++;
  return undefined;
}

/** Refutes an arena that failed: it may only be made or be unsupported. */
export const refuteFailed = (why: string): Counterexample => ({
  clause: 'USE-2',
  place: 'arena',
  facts: [`the arena failed: ${show(why)}`, 'a shape can be made, or be unsupported'],
});

/** Returns the finding that an arena failed. */
export const arenaFailed = (of: Case, why: string): Finding<FixedCase> =>
  refutedBy(refuteFailed(why), fixed(of, [], false));

/** Refutes the answer to a second init of a shape that was ready: it must be ready again, with the same frames. */
export function refuteReopened(
  { hello }: Context,
  of: Case,
  { holes }: Arena,
  again: BuddyOpened,
): Finding<FixedCase> | undefined {
  const before = 'asked for before, it was ready; frames that could not be handed out:';
  const refuted = (fact: string): Finding<FixedCase> => {
    const facts = [`asked for again, the arena ${fact}`, `${before} ${JSON.stringify(holes)}`] as const;
    return refutedBy({ clause: 'USE-2', place: 'arena', facts }, fixed(of, [], of.drain));
  };
  if (again.kind === 'failed') return refuted(`failed: ${show(again.why)}`);
  if (again.kind === 'unsupported') return refuted(`is unsupported: ${show(again.why)}`);
  if (again.usable === 'probe') return undefined;
  const now = JSON.stringify(arenaOf(of.shape, again.usable, alignmentOf(hello)).holes);
  return now === JSON.stringify(holes) ? undefined : refuted(`has other frames that cannot be handed out: ${now}`);
}

/** Returns the frees by frame that an intent means now. One that may not be sent is noted, and left out. */
export function chosen(
  oracle: Oracle,
  { coverage }: Context,
  intent: Exclude<Intent, { kind: 'allocate' | 'free-slot' }>,
): readonly Operation[] {
  if (intent.kind === 'resize' || intent.kind === 'allocate-frames' || intent.kind === 'free-slots') return [intent];
  if (intent.kind !== 'free-frame') {
    return chooseFrees(oracle, intent).filter((one) => one.kind !== 'free-frame' || !oracle.slots.isSized(one.head));
  }
  if (oracle.mayFree(intent.head, intent.order)) return [intent];
  coverage.leaveOut(encodeScript([intent]));
  return [];
}
