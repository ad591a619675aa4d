/** Puts into a case what a subject offers besides: requests within a range, numbers of frames, bulk frees, sizes of the arena. */
import { MOST_AT_ONCE } from '../case.ts';
import { Random, seedOf } from '../../../random.ts';
import { pfn } from '../../../unit.ts';
import type { Case, Intent } from '../case.ts';
import type { Feature } from '../../../judge/subject.ts';

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

/** No request is for a multiple of more than 2 to that power. */
const MOST_DOUBLINGS = 40;

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

/** Returns frees of slots, of all of them at once if they are several, in an order that is drawn. */
function atOnce(slots: readonly number[], random: Random): readonly Intent[] {
  if (slots.length < 2) return slots.map((slot) => ({ kind: 'free-slot', slot }));
  const left = [...slots];
  const shuffled = slots.flatMap(() => left.splice(random.below(left.length), 1));
  return [{ kind: 'free-slots', slots: shuffled }];
}

/** Has frees that follow one another be one, of at most as many as one has. */
function withBulk(of: Case, random: Random): Case {
  const script: Intent[] = [];
  let slots: number[] = [];
  const flush = (): void => {
    script.push(...atOnce(slots, random));
    slots = [];
  };
  for (const intent of of.script) {
    const isFree = intent.kind === 'free-slot' && !slots.includes(intent.slot);
    if (!isFree || slots.length === MOST_AT_ONCE) flush();
    if (isFree) slots.push(intent.slot);
    else script.push(intent);
  }
  flush();
  return { ...of, script };
}

/** A way to put something into a case: the feature that it is for, the cases that have it, of each four, and its random numbers. */
type Way = readonly [
  feature: Feature,
  cases: readonly number[],
  random: (seed: number, nth: number) => Random,
  put: (of: Case, random: Random) => Case,
];

/**
 * In this order. An arena that keeps its size is drained, and placement is judged to the end of a case that asks for blocks alone:
 * so not every case has all of it.
 */
const WAYS: readonly Way[] = [
  ['range', [0, 1, 2, 3], (seed, nth) => new Random(seedOf(~seed, nth)), withRanges],
  ['sized', [1, 2], (seed, nth) => new Random(seedOf(seed ^ 0x1d87_2b41, nth)), withFrames],
  ['bulk', [0, 1], (seed, nth) => new Random(seedOf(seed ^ 0x3b9a_ca07, nth)), withBulk],
  ['resize', [0, 2], (seed, nth) => new Random(seedOf(~seed, ~nth)), withSizes],
];

/** Returns a case with what a subject offers besides. */
export function withOptional(of: Case, features: ReadonlySet<Feature>, seed: number, nth: number): Case {
  let drawn = of;
  for (const [feature, cases, random, put] of WAYS) {
    if (features.has(feature) && cases.includes(nth % 4)) drawn = put(drawn, random(seed, nth));
  }
  return drawn;
}
