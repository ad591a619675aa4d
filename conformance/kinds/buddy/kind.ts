/** The buddy system as a kind that the judge can judge. */
import { counted } from '../../show.ts';
import { BUDDY_SIGHTS } from './sights.ts';
import { FREE_MISUSES, claimOf } from './misuse.ts';
import { buddySource } from './draw/source.ts';
import { connectBuddy } from './port.ts';
import { driveLive } from './drive/live.ts';
import { drivePiped } from './drive/piped.ts';
import { encodeScript } from './wire/tokens.ts';
import { shapeText } from './case.ts';
import { everyShorter, everyTiny, onSmallerArenas, onWholeArena } from './smaller/enumerate.ts';
import { parseBuddyCase, save } from './saved.ts';
import { simplerCases, without } from './smaller/simpler.ts';
import type { BuddyCoverage, Watch, Witness } from './sights.ts';
import type { BuddyPort } from './port.ts';
import type { Case, FixedCase, Intent } from './case.ts';
import type { Claim, Claims, Clause } from '../../../protocol/index.ts';
import type { Feature, Hello } from '../../judge/subject.ts';
import { isSilence } from '../../judge/finding.ts';
import type { Finding } from '../../judge/finding.ts';
import type { Elsewhere, How, Kind, Sweep } from '../../judge/kind.ts';

const CLAIMS: readonly Claim[] = [
  'complete',
  'best-fit',
  'capacity',
  'misuse',
  'placement:linux-2.4',
  'placement:linux-2.6',
  ...FREE_MISUSES.map(claimOf),
];

/** Returns the feature that an intent needs. */
function neededBy(intent: Intent): Feature | undefined {
  if (intent.kind === 'resize') return 'resize';
  if (intent.kind === 'allocate-frames') return 'sized';
  if (intent.kind === 'free-slots') return 'bulk';
  return intent.kind === 'allocate' && intent.within !== undefined ? 'range' : undefined;
}

/** Carries out a case; `watch` is told of every step that was judged and found right, `witness` of what is shown. */
export function runBuddy(
  port: BuddyPort,
  of: Case,
  how: How<FixedCase>,
  watch?: Watch,
  witness?: Witness,
): Promise<Finding<FixedCase> | undefined> | Finding<FixedCase> | undefined {
  const { features } = how.hello;
  // What an arena grants when it is drained says nothing of one of another size.
  const isResized = of.drain && features.has('resize') && of.script.some(({ kind }) => kind === 'resize');
  const drawn = isResized ? { ...of, drain: false } : of;
  const context = { ...how, coverage: how.coverage as BuddyCoverage, yields: port.yields, watch, witness };
  return port.kind === 'live' ? driveLive(port.buddy, context, drawn) : drivePiped(port.buddy, context, drawn);
}

/** Of a longer case the last operations are shown; its replay has them all. */
const MOST_SHOWN = 100;

/** Describes a case in two lines. */
function describe({ drain, script, shape }: FixedCase): readonly string[] {
  const drained = drain ? ', then emptied and drained' : '';
  const words = script.length <= MOST_SHOWN ? encodeScript(script) : `... ${encodeScript(script.slice(-MOST_SHOWN))}`;
  return [shapeText(shape), `${words}${drained}   (${counted(script.length, 'operation')})`];
}

/** Where a shorter case is looked for, if a script alone is at fault, without a drain; the tiniest first if no answer came. */
const elsewhere = (finding: Finding<FixedCase>, sweep: Sweep): readonly Elsewhere<Case>[] => {
  const { case: of } = finding;
  const tiny = isSilence(finding) ? [everyTiny(of, sweep)] : [];
  return of.drain ? tiny : [...tiny, onWholeArena(of, sweep), onSmallerArenas(of, sweep), everyShorter(of, sweep)];
};

/** Placement is one kernel's: no allocator takes the blocks of both. */
const contradiction = (claims: Claims): string | undefined =>
  claims.has('placement:linux-2.4') && claims.has('placement:linux-2.6')
    ? 'placement:linux-2.4 and placement:linux-2.6 are both claimed, and contradict each other: claim one of them'
    : undefined;

/** What a view alone can show, in the terms of the claims; where all that a zone holds is compared, nothing is hidden. */
function notObservable({ features }: Hello, claims: Claims, { counts }: BuddyCoverage): readonly Clause[] {
  if (counts['zone compared'] > 0) return [];
  const shows = (...views: readonly Feature[]): boolean => views.some((view) => features.has(view));
  const lists = shows('observe:free-blocks', 'observe:free-lists');
  const fits = claims.has('best-fit');
  const placed = claims.has('placement:linux-2.4') || claims.has('placement:linux-2.6');
  return [
    ...(shows('observe:free-count') ? [] : (['COUNT-1'] as const)),
    ...(lists ? [] : (['LIST-2', 'LIST-3', 'LIST-4'] as const)),
    ...(lists || !fits ? [] : (['PAIR-4'] as const)),
    ...(shows('observe:pair-bits') || !fits ? [] : (['MAP-2'] as const)),
    ...(shows('observe:free-lists') || !placed ? [] : (['PLACE-4'] as const)),
  ];
}

/** The buddy system of one zone. */
export const BUDDY: Kind<BuddyPort, Case, FixedCase> = {
  name: 'buddy',
  title: 'buddy system',
  feature: undefined,
  sights: BUDDY_SIGHTS,
  claims: CLAIMS,
  contradiction,
  notObservable: (hello, claims, coverage) => notObservable(hello, claims, coverage),
  connect: connectBuddy,
  source: buddySource,
  run: (port, of, how) => runBuddy(port, of, how),
  needs: ({ script }) => script.flatMap((intent) => neededBy(intent) ?? []),
  length: ({ script }) => script.length,
  without,
  simpler: simplerCases,
  elsewhere,
  primer: ({ shape }) => ({ shape, script: [], drain: true }),
  save,
  parse: parseBuddyCase,
  describe,
};
