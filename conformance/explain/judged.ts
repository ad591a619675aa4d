/** What a rule says of a request in printed zones. */
import type { Clause } from '../../protocol/index.ts';

/** The request that is judged. */
export interface Wanted {
  readonly order: number;
  readonly mask: number;
  readonly reclaiming: boolean;
  /** Whether the out-of-memory killer was called, which comes after another pass. */
  readonly killer: boolean;
}

/** One inequality, with its numbers. */
export interface Step {
  readonly clause: Clause;
  /** What is compared: `count`, or `order 2`. */
  readonly what: string;
  readonly text: string;
  readonly holds: boolean;
}

/** A zone that the request tried. */
export interface Tried {
  readonly zone: string;
  readonly steps: readonly Step[];
  /** The pages that were missing; 0 if the zone could give the block. */
  readonly short: number;
  /** What would have been enough in this zone. */
  readonly enough: string;
}

/** What a rule says, beside what the kernel did. */
export interface Ruled {
  /** `agrees`: refused by both; `differs`: the rule would have given it a block; `not judged`: no rule for this text. */
  readonly verdict: 'agrees' | 'differs' | 'not judged';
  /** The rule, as `2.4.22` or `2.6.24`. */
  readonly rule: string;
  /** The mark that decides in the end, and what makes it smaller. */
  readonly held: string;
  readonly because: string;
  readonly tried: readonly Tried[];
  /** What would have granted the request. */
  readonly granted: readonly string[];
}

/** Returns that nothing can be judged, and why. */
export const notJudged = (because: string): Ruled => ({
  verdict: 'not judged',
  rule: '',
  held: '',
  because,
  tried: [],
  granted: [],
});

/** Returns the verdict over all zones that a request tried. */
export function ruledBy(rule: string, held: string, tried: readonly Tried[], granted: readonly string[]): Ruled {
  if (tried.length === 0) return notJudged('no zone that the request may use was printed with its marks');
  const giver = tried.find(({ short }) => short === 0);
  if (giver === undefined) {
    const because = `the rule of ${rule} refuses it in each zone that it may use, as the kernel did`;
    return { verdict: 'agrees', rule, held, because, tried, granted };
  }
  const because = `by these numbers the rule of ${rule} gives it a block of ${giver.zone}; they were printed after the decision, and memory may have become free in between`;
  return { verdict: 'differs', rule, held, because, tried, granted: [] };
}

/** Returns the largest smaller order that passes, as a sentence. */
export function smallerOrder(order: number, passes: (order: number) => boolean): readonly string[] {
  for (let smaller = order - 1; smaller >= 0; smaller--) {
    if (passes(smaller))
      return [`order ${smaller} instead of ${order}: that is the largest that these zones give at this mark`];
  }
  return order === 0 ? [] : ['no smaller order either: not even one page is above this mark'];
}
