/** The worst operation of a buddy allocator, timed under adversarial fragmentation: advice, and no verdict. */
import { connectBuddy } from '../port.ts';
import { isFailure, isSubject } from '../../../judge/subject.ts';
import { liveClock, pipedClock } from './clock.ts';
import { order, pfn } from '../../../unit.ts';
import { grouped, show } from '../../../show.ts';
import { worstFrees } from './frees.ts';
import type { Clock, Timeable } from './clock.ts';
import type { Frees } from './frees.ts';
import type { Start } from '../../../judge/subject.ts';

/** Arenas that are timed: what takes longer in the larger one grows with the arena. */
const FRAMES = [1024, 16_384] as const;
const ORDERS = 8;

/** Rounds in each arena, of which the fastest counts, and the seconds after which none is begun. */
const [ROUNDS, SECONDS] = [20, 1];

/** Seconds of one operation in an arena. */
export interface Times {
  readonly frames: number;
  readonly orders: number;
  /** A free that joins through every order. */
  readonly worst: number;
  /** The mean of all grants and frees; each part of a round counts by the fastest round. */
  readonly mean: number;
}

/** What was timed, or why nothing was. */
export type Worst = { readonly kind: 'timed'; readonly times: readonly Times[] } | Untimed;
interface Untimed {
  readonly kind: 'untimed';
  readonly why: string;
}

const untimed = (why: string): Untimed => ({ kind: 'untimed', why });

/** Seconds of the parts of a round: all grants, the frees, and as many frees again of what is free already. */
interface Round {
  readonly grants: number;
  readonly apart: number;
  readonly joining: number;
  readonly last: number;
  readonly idleLast: number;
  readonly idleApart: number;
}

/** Times one round in a new arena: all frames are granted one by one, and freed in the worst sequence. */
async function round(clock: Clock, frames: number, { apart, joining, last }: Frees): Promise<Round | Untimed> {
  const opened = await clock.open({ base: pfn(0), pages: frames, orders: ORDERS, reserved: [] });
  if (isFailure(opened)) return untimed(opened.how);
  if (opened.kind !== 'ready') return untimed(`an arena of ${frames} frames is ${opened.kind}: ${opened.why}`);
  const grants = await clock.ask(Array.from({ length: frames }, () => ({ kind: 'allocate', order: order(0) })));
  if (isFailure(grants)) return untimed(grants.how);
  const slots = new Map(grants.results.map((result, slot) => [result.kind === 'granted' ? result.head : -1, slot]));
  const spent: number[] = [];
  for (const some of [apart, joining, last, last, apart]) {
    const frees = some.flatMap((frame): Timeable | [] => {
      const slot = slots.get(pfn(frame));
      return slot === undefined ? [] : { kind: 'free-slot', slot };
    });
    if (frees.length < some.length) return untimed('not every frame was granted');
    const timed = await clock.ask(frees);
    if (isFailure(timed)) return untimed(timed.how);
    spent.push(timed.seconds);
  }
  const [inApart = 0, inJoining = 0, inLast = 0, idleLast = 0, idleApart = 0] = spent;
  return { grants: grants.seconds, apart: inApart, joining: inJoining, last: inLast, idleLast, idleApart };
}

/** Returns what was fastest in either round, part by part: whatever else the machine does only adds. */
const faster = (a: Round, b: Round): Round => ({
  grants: Math.min(a.grants, b.grants),
  apart: Math.min(a.apart, b.apart),
  joining: Math.min(a.joining, b.joining),
  last: Math.min(a.last, b.last),
  idleLast: Math.min(a.idleLast, b.idleLast),
  idleApart: Math.min(a.idleApart, b.idleApart),
});

/** Returns the times of an arena, from several rounds. A free of what is free already takes what all but the allocator takes. */
export async function timesOf(clock: Clock, frames: number): Promise<Times | Untimed> {
  const frees = worstFrees(frames, ORDERS);
  const from = performance.now();
  let best: Round | undefined;
  for (let n = 0; n < ROUNDS && performance.now() - from < 1000 * SECONDS; n++) {
    const next = await round(clock, frames, frees);
    if ('kind' in next) return next;
    best = best === undefined ? next : faster(best, next);
  }
  if (best === undefined) return untimed('there was no time');
  const { apart, grants, idleApart, idleLast, joining, last } = best;
  return {
    frames,
    orders: ORDERS,
    worst: Math.max(0, last - idleLast) / frees.last.length,
    mean: Math.max(0, (grants + apart + joining + last) / (2 * frames) - idleApart / frees.apart.length),
  };
}

/** Times the worst operation of a subject as a buddy allocator. The subject is closed at the end. */
export async function timeWorst(start: Start): Promise<Worst> {
  const subject = await start();
  if (!isSubject(subject)) return untimed(subject.how);
  try {
    const port = connectBuddy(subject);
    if (port === undefined) return untimed('it is no buddy allocator');
    const clock = port.kind === 'piped' ? pipedClock(port.buddy) : liveClock(port.buddy);
    const times: Times[] = [];
    for (const frames of FRAMES) {
      const timed = await timesOf(clock, frames);
      if ('kind' in timed) return timed;
      times.push(timed);
    }
    return { kind: 'timed', times };
  } finally {
    if (subject.kind === 'piped') await subject.close();
  }
}

/** Seconds that are not told from none. */
const LEAST = 5e-9;

/** Prints seconds as microseconds. */
const micro = (seconds: number): string => (seconds < LEAST ? 'less than 0.01 us' : `${(1e6 * seconds).toFixed(2)} us`);

const tellTimes = ({ frames, mean, worst }: Times): string => {
  const ratio = mean < LEAST || worst < LEAST ? '' : `, ${(worst / mean).toFixed(1)} times the mean`;
  return `in ${grouped(frames)} frames ${micro(worst)}${ratio}`;
};

/** Returns one line of advice. */
export function tellWorst(worst: Worst): string {
  if (worst.kind === 'untimed') return `worst operation: not timed, because ${show(worst.why)}`;
  return `worst operation (no verdict): a free that joins through ${ORDERS} orders takes ${worst.times.map(tellTimes).join('; ')}`;
}
