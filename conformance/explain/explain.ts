/** Explains what a kernel printed of its memory: who was refused, by which inequality, and whether the numbers agree. */
import { fragmentationIndex, unusableShare } from '../../spec/buddy/fragmentation.ts';
import { lawsOf } from './laws.ts';
import { labelOf } from './dump.ts';
import { notJudged } from './judged.ts';
import { order } from '../../spec/unit.ts';
import { rule24 } from './rule24.ts';
import { rule26 } from './rule26.ts';
import type { Dump, Family, Refusal } from './dump.ts';
import type { Law } from './laws.ts';
import type { Read } from './read.ts';
import type { Ruled, Wanted } from './judged.ts';

/** A request that a user asks about, in place of the one in the text. */
export interface Asked {
  readonly order?: number;
  readonly mask?: number;
}

/** The fragmentation of a zone at an order: free blocks, the share that is of no use, and the index in thousandths. */
export interface Fragmented {
  readonly zone: string;
  readonly order: number;
  readonly blocks: number;
  readonly unusable: number;
  readonly index: number;
}

/**
 * `agrees`, `differs`: the rule and the kernel's refusal; `refused`, `granted`: what the rule says to a request that a user asks about;
 * `consistent`, or `differs`: the numbers and the laws, if there is no request; `not judged`: none of them.
 */
export type Verdict = 'agrees' | 'differs' | 'refused' | 'granted' | 'consistent' | 'not judged';

/** A dump, explained. */
export interface Explained {
  readonly dump: Dump;
  /** Which dump of how many. */
  readonly nth: number;
  readonly of: number;
  readonly wanted?: Partial<Wanted>;
  readonly asked: boolean;
  readonly ruled?: Ruled;
  readonly laws: readonly Law[];
  readonly fragmented: readonly Fragmented[];
  readonly verdict: Verdict;
  readonly because: string;
}

/** The largest order that any kernel has. */
const LARGEST = 30;

const WHY_NOT: Readonly<Record<Exclude<Family, '2.4' | '2.6'>, string>> = {
  early: 'kernels before 2.6.10 protect their zones by another rule',
  later: 'this kernel has migrate types or CMA, and other rules than 2.6.24',
  unknown: 'no zone was printed with its marks',
};

function ruleOf(dump: Dump, { killer = false, mask, order: of, reclaiming = false }: Partial<Wanted>): Ruled {
  if (of === undefined) return notJudged('the order of the request is not printed; --order says it');
  if (of > LARGEST) return notJudged(`no kernel has blocks of order ${of}`);
  switch (dump.family) {
    case '2.4':
    case '2.6': {
      if (mask === undefined) return notJudged('the mask of the request is not printed; --mode says it');
      const wanted = { order: of, mask, reclaiming, killer };
      return dump.family === '2.4' ? rule24(dump, wanted) : rule26(dump, wanted);
    }
    case 'early':
    case 'later':
    case 'unknown':
      return notJudged(WHY_NOT[dump.family]);
  }
}

const fragmentsOf = ({ zones }: Dump): readonly Fragmented[] =>
  zones.flatMap((zone) =>
    (zone.blocks ?? []).map((blocks, of) => ({
      zone: labelOf(zone, zones),
      order: of,
      blocks,
      unusable: unusableShare(zone.blocks ?? [], order(of)),
      index: fragmentationIndex(zone.blocks ?? [], order(of)),
    })),
  );

const WAIT = 0x10;

/** Reports whether a task was reclaiming: it says so, or is kswapd and may wait. If kswapd may not wait, an interrupt may have asked. */
const isReclaiming = ({ mask = 0, reclaiming, task }: Refusal): boolean =>
  reclaiming || (/^kswapd\d*$/u.test(task) && (mask & WAIT) !== 0);

function wantedOf({ refusal }: Dump, asked: Asked): Partial<Wanted> | undefined {
  if (refusal === undefined && asked.order === undefined && asked.mask === undefined) return undefined;
  const of = asked.order ?? refusal?.order;
  const mask = asked.mask ?? refusal?.mask;
  return {
    killer: refusal?.ending === 'killer',
    reclaiming: refusal !== undefined && isReclaiming(refusal),
    ...(of === undefined ? {} : { order: of }),
    ...(mask === undefined ? {} : { mask }),
  };
}

/** Returns the verdict on a request that a user asks about: there is no kernel's answer to agree with. */
function answerTo({ because, rule, tried, verdict }: Ruled): readonly [Verdict, string] {
  const giver = tried.find(({ short }) => short === 0)?.zone ?? '';
  switch (verdict) {
    case 'agrees':
      return ['refused', `the rule of ${rule} finds no zone for it`];
    case 'differs':
      return ['granted', `by the rule of ${rule} ${giver} gives it a block`];
    case 'not judged':
      return [verdict, because];
  }
}

function verdictOf(ruled: Ruled | undefined, asked: boolean, laws: readonly Law[]): readonly [Verdict, string] {
  if (ruled !== undefined) return asked ? answerTo(ruled) : [ruled.verdict, ruled.because];
  const differing = laws.filter(({ kept }) => kept === 'differs').length;
  if (differing > 0) return ['differs', `${differing} of ${laws.length} laws are not kept by these numbers`];
  if (laws.length === 0)
    return ['consistent', 'there is no request, and no count beside the lists that could differ from them'];
  return ['consistent', `there is no request; all ${laws.length} laws are kept`];
}

/** Returns the place of the dump that is explained: the one asked for, or the first with a request, or the first. */
const placeOf = ({ dumps }: Read, nth: number | undefined): number =>
  nth === undefined
    ? Math.max(
        0,
        dumps.findIndex(({ refusal }) => refusal !== undefined),
      )
    : nth - 1;

/** Explains one dump of a text; undefined if the text has no such dump. */
export function explain(read: Read, asked: Asked, nth?: number): Explained | undefined {
  const at = placeOf(read, nth);
  const dump = read.dumps[at];
  if (dump === undefined) return undefined;
  const wanted = wantedOf(dump, asked);
  const ruled = wanted === undefined ? undefined : ruleOf(dump, wanted);
  const laws = lawsOf(dump);
  const isAsked = asked.order !== undefined || asked.mask !== undefined;
  const [verdict, because] = verdictOf(ruled, isAsked, laws);
  return {
    dump,
    nth: at + 1,
    of: read.dumps.length,
    asked: isAsked,
    ...(wanted === undefined ? {} : { wanted }),
    ...(ruled === undefined ? {} : { ruled }),
    laws,
    fragmented: fragmentsOf(dump),
    verdict,
    because,
  };
}
