/** The cases of a search over the buddy system, and what a run must have seen. */
import { FREE_MISUSES, NEEDED, isClaimed } from '../misuse.ts';
import { Learnt } from './learnt.ts';
import { LANES, laneOf } from '../../../judge/search/lanes.ts';
import { generate, shapeOf } from './generate.ts';
import { Random, seedOf } from '../../../random.ts';
import { isPowerOfTwo } from '../drive/arena.ts';
import { pfn } from '../../../unit.ts';
import type { BuddyCoverage, BuddySight } from '../sights.ts';
import type { Case, Intent } from '../case.ts';
import type { Source, Sweep } from '../../../judge/kind.ts';
import type { Unseen } from '../../../judge/coverage.ts';

const MUST: readonly BuddySight[] = ['arena ready', 'emptied arena', 'refusal'];
const RANGED: readonly BuddySight[] = ['grant within a range', 'refusal within a range'];
const RESIZED: readonly BuddySight[] = [
  'arena made smaller',
  'arena made larger',
  'resize refused that cuts something off',
];
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
  const must = [...MUST, ...ranged, ...resized, ...sized, ...(large ? WITH_LARGER_BLOCKS : [])];
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

/** Has one allocation in six ask for a block within a range: mostly one that is somewhat larger than the block. */
function withRanges(of: Case, random: Random): Case {
  const { base, pages } = of.shape;
  const script = of.script.map((intent): Intent => {
    if (intent.kind !== 'allocate' || !random.chance(1 / 6)) return intent;
    const low = Math.max(0, base + random.between(0, pages + 1) - 1);
    const most = random.chance(0.5) ? pages + 2 : 2 ** Math.min(intent.order + 2, 12);
    return { ...intent, within: { low: pfn(low), end: pfn(low + random.below(most)) } };
  });
  return { ...of, script };
}

/** Makes the random numbers of requests for a number of frames others than those of scripts. */
const FRAMES = 0x1d87_2b41;

/** Resizes the arena once in some twenty operations, often to all that it was made with; such a case is not drained. */
function withSizes(of: Case, random: Random): Case {
  const { pages } = of.shape;
  const script = of.script.flatMap((intent): readonly Intent[] => {
    if (!random.chance(1 / 20)) return [intent];
    const to = random.pick([pages, random.between(1, pages), random.between(Math.ceil(pages / 2), pages)]);
    return [{ kind: 'resize', pages: to }, intent];
  });
  return { ...of, script, drain: false };
}

/** Has one allocation in four ask for a number of frames, mostly fewer than its block has, and mostly at a multiple of little. */
function withFrames(of: Case, random: Random): Case {
  const { pages } = of.shape;
  const script = of.script.map((intent): Intent => {
    if (intent.kind !== 'allocate' || intent.within !== undefined || !random.chance(1 / 4)) return intent;
    const size = Math.min(2 ** intent.order, 2 * pages);
    const frames = random.chance(0.9) ? random.between(1, size) : random.between(1, 2 * pages);
    const doublings = random.pick([0, 0, 1, random.below(intent.order + 2), random.below(Math.log2(pages) + 2)]);
    return { kind: 'allocate-frames', frames, align: 2 ** Math.min(doublings, MOST_DOUBLINGS) };
  });
  return { ...of, script };
}

/** No request is for a multiple of more than 2 to that power. */
const MOST_DOUBLINGS = 40;

/** Returns the cases that a sweep draws, one after the other; where most shapes are unsupported, mostly on those that are not. */
export function buddySource(sweep: Sweep): Source<Case> {
  const lanes = Array.from({ length: LANES }, () => new Learnt());
  const learntFor = (n: number): Learnt => lanes[laneOf(n)] ?? new Learnt();
  const decide = (n: number): void => learntFor(n).decide(n, () => shapeOf(sweep, n));
  const { features } = sweep.hello;
  const at = (nth: number): Case => {
    const drawn = generate(sweep, nth, learntFor(nth).instead(nth));
    const ranged = features.has('range') ? withRanges(drawn, new Random(seedOf(~sweep.seed, nth))) : drawn;
    // Two cases in four, of which one is resized too.
    const isSized = features.has('sized') && (nth % 4 === 1 || nth % 4 === 2);
    const sized = isSized ? withFrames(ranged, new Random(seedOf(sweep.seed ^ FRAMES, nth))) : ranged;
    // Every second case: an arena that keeps its size is drained, and placement is judged to its end.
    const isResized = features.has('resize') && nth % 2 === 0;
    return isResized ? withSizes(sized, new Random(seedOf(~sweep.seed, ~nth))) : sized;
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
