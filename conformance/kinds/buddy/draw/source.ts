/** The cases of a search over the buddy system, and what a run must have seen. */
import { FREE_MISUSES, NEEDED, isClaimed } from '../misuse.ts';
import { Learnt } from './learnt.ts';
import { LANES, laneOf } from '../../../judge/search/lanes.ts';
import { generate, shapeOf } from './generate.ts';
import { isPowerOfTwo } from '../drive/arena.ts';
import { withOptional } from './optional.ts';
import type { BuddyCoverage, BuddySight } from '../sights.ts';
import type { Case } from '../case.ts';
import type { Source, Sweep } from '../../../judge/kind.ts';
import type { Unseen } from '../../../judge/coverage.ts';

const MUST: readonly BuddySight[] = ['arena ready', 'emptied arena', 'refusal'];
const RANGED: readonly BuddySight[] = ['grant within a range', 'refusal within a range'];
const RESIZED: readonly BuddySight[] = [
  'arena made smaller',
  'arena made larger',
  'resize refused that cuts something off',
];
const BULK: readonly BuddySight[] = ['bulk free'];
const SIZED: readonly BuddySight[] = ['sized grant', 'sized refusal', 'free of a sized grant'];
const WITH_LARGER_BLOCKS: readonly BuddySight[] = ['split', 'grant across frames granted apart before'];

/** How often each thing must have been seen: 3 times, once more for each 50 arenas, at most 20 times; frees by frame, which are rare, from once on. */
const wantedIn = (arenas: number, least = 3): number => Math.min(20, least + Math.floor(arenas / 50));

/** Returns how many arenas that are no power of two a run must have seen: fewer if some are unsupported, none if all are. */
function wantedOdd(pages: readonly number[], { counts }: BuddyCoverage, wanted: number): number {
  if (pages.length > 0 && pages.every(isPowerOfTwo)) return 0;
  if (counts['arena not a power of two unsupported'] === 0) return wanted;
  return counts['arena not a power of two'] > 0 ? 1 : 0;
}

/** Returns what a run must have seen before its silence means anything, and has seen too little of; nothing that it was not free to see. */
export function unseenIn({ claims, hello, orders, pages }: Sweep, coverage: BuddyCoverage): readonly Unseen[] {
  const { counts } = coverage;
  const wanted = wantedIn(coverage.ready);
  const some = (list: readonly number[], is: (n: number) => boolean): boolean => list.length === 0 || list.some(is);
  const large = some(pages, (n) => n > 1) && some(orders, (n) => n > 1);
  const claimed = FREE_MISUSES.filter((one) => isClaimed(claims, one));
  const rejected = claimed
    .filter((one) => some(pages, (n) => n >= NEEDED[one].pages) && some(orders, (n) => n >= NEEDED[one].orders))
    .map((one): BuddySight => `rejected ${one}`);
  const byFrame: readonly BuddySight[] = claimed.length > 0 ? ['free by frame'] : [];
  const ranged = hello.features.has('range') ? RANGED : [];
  const resized = hello.features.has('resize') && some(pages, (n) => n > 1) ? RESIZED : [];
  const sized = hello.features.has('sized') ? SIZED : [];
  const bulk = hello.features.has('bulk') ? BULK : [];
  const must = [...MUST, ...ranged, ...resized, ...sized, ...bulk, ...(large ? WITH_LARGER_BLOCKS : [])];
  const odd: BuddySight = 'arena not a power of two';
  const rare = wantedIn(coverage.ready, 1);
  return [
    ...must.map((sight) => [sight, wanted] as const),
    ...[...rejected, ...byFrame].map((sight) => [sight, rare] as const),
    [odd, wantedOdd(pages, coverage, wanted)] as const,
  ]
    .filter(([sight, least]) => counts[sight] < least)
    .map(([sight, least]) => ({ sight, seen: counts[sight], wanted: least }));
}

/** Returns the cases that a sweep draws, one after the other; where most shapes are unsupported, mostly on those that are not. */
export function buddySource(sweep: Sweep): Source<Case> {
  const lanes = Array.from({ length: LANES }, () => new Learnt());
  const learntFor = (n: number): Learnt => lanes[laneOf(n)] ?? new Learnt();
  const decide = (n: number): void => learntFor(n).decide(n, () => shapeOf(sweep, n));
  const { features } = sweep.hello;
  const at = (nth: number): Case => {
    const drawn = generate(sweep, nth, learntFor(nth).instead(nth));
    return withOptional(drawn, features, sweep.seed, nth);
  };
  return {
    draw: (n) => {
      decide(n);
      return at(n);
    },
    at,
    learn: (n, supported) => {
      decide(n);
      learntFor(n).learn(supported);
    },
    unseen: (coverage) => unseenIn(sweep, coverage),
  };
}
