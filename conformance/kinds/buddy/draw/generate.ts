/** Draws the cases of the buddy system: an arena and a script, fixed by a seed. */
import { FREE_MISUSES, isClaimed } from '../misuse.ts';
import { STRANGE } from './choose.ts';
import { Random, seedOf } from '../../../random.ts';
import { order, pfn } from '../../../unit.ts';
import type { Case, Intent, Shape } from '../case.ts';
import type { FreeMisuse, Run } from '../../../../protocol/index.ts';
import type { Sweep } from '../../../judge/kind.ts';

/** What of a sweep fixes the cases. */
export type Drawn = Omit<Sweep, 'hello'>;

/** One case in so many is so many times as long: some faults need thousands of operations, or hundreds of blocks. */
const LONG_EVERY = 40;
const LONG = 10;
/** One in so many is longer still, on an arena of at most that many frames: a counter of 14 bits is passed. */
const [LONGEST_EVERY, LONGEST, LONGEST_PAGES] = [200, 50, 256];
/** One in so many begins with a request for the first order that the arena lacks. */
const TOO_MANY_EVERY = 4;
/** An arena of more frames than that has no long case. */
const LARGE = 1100;
const isLongest = (n: number): boolean => n % LONGEST_EVERY === 79;

/** Frames of a block, by order: a power each time costs more than all the rest of a draw. */
const SIZES: readonly number[] = Array.from({ length: 65 }, (_, of) => 2 ** of);

/** Requests by order, and frees by slot: of the thousands in a script most are alike, and one object serves them all. */
const ASKS: readonly Intent[] = SIZES.map((_, of) => ({ kind: 'allocate', order: order(of) }));
const FREES: Intent[] = [];

function freeOf(slot: number): Intent {
  while (FREES.length < slot) FREES.push({ kind: 'free-slot', slot: FREES.length });
  return (FREES[slot] ??= { kind: 'free-slot', slot });
}

/** Sizes that are powers of two, one off, and others; one in seven has 128 to 4,097 frames. */
function drawPages(random: Random): number {
  if (random.chance(0.14)) {
    const doublings = 7 + (5 * (random.next() + 1)) / 2 ** 32;
    const isPower = random.chance(0.8);
    return Math.round(2 ** (isPower ? Math.ceil(doublings) : doublings)) + (isPower ? random.pick([0, 0, -1, 1]) : 0);
  }
  return random.chance(0.4) ? 2 ** random.below(8) : random.between(1, 130);
}

/** As many orders as the arena is large, mostly; sometimes one more, a kernel's, or far more than any block could have. */
function drawOrders(pages: number, random: Random): number {
  const whole = Math.floor(Math.log2(pages)) + 1;
  if (random.chance(0.04)) return random.pick([12, 13, 14, 15, 16]);
  if (random.chance(0.01)) return random.pick([20, 31]);
  return random.pick([whole, whole, whole, random.between(1, whole), random.between(1, 11), whole + 1, 1, 10]);
}

/** Bases that do not fit into 31 bits, into 32, or into a page number of 36, 48 and 52 bits. */
const HIGH = [2 ** 31, 2 ** 32 - 32, 2 ** 32, 2 ** 36, 2 ** 40, 2 ** 48, 2 ** 52 - 64] as const;

/** Above so many orders a base is a multiple of the largest block: frames are counted from such a one, whatever is there. */
const FEW_ORDERS = 16;

function drawBase(pages: number, orders: number, random: Random): number {
  if (orders > FEW_ORDERS) return random.pick([0, 1, 2]) * 2 ** (orders - 1);
  const aligned = 2 ** Math.ceil(Math.log2(pages));
  if (random.chance(0.08)) return random.pick(HIGH) + random.below(64);
  return random.pick([0, 0, aligned * random.between(1, 100), random.between(1, 99), 2 ** 20 + random.below(64), 4096]);
}

/** None, mostly; else a few runs, the ends among them; sometimes up to 64, short and close together. */
function drawReserved(base: number, pages: number, random: Random): readonly Run[] {
  if (random.chance(0.65)) return [];
  const runs: Run[] = [];
  const most = random.pick([2, 4, 8, 64]);
  const close = most === 64;
  const [longest, gap] = close ? [2, Math.max(2, pages / 32)] : [pages / 6, pages / 2];
  let from = random.chance(0.3) ? 0 : random.below(Math.ceil(close ? 2 : pages / 2));
  while (from < pages && runs.length < most) {
    const count = Math.min(random.between(1, Math.max(1, Math.floor(longest))), pages - from);
    runs.push([pfn(base + from), count]);
    from += count + random.between(1, Math.max(1, Math.floor(gap)));
  }
  return runs;
}

function drawShape(sweep: Drawn, random: Random, most: number): Shape {
  const pages = random.pickOr(sweep.pages, () => Math.min(most, drawPages(random)));
  const orders = random.pickOr(sweep.orders, () => drawOrders(pages, random));
  const base = random.pickOr(sweep.bases, () => drawBase(pages, orders, random));
  return { base: pfn(base), pages, orders, reserved: drawReserved(base, pages, random) };
}

const NONE: ReadonlySet<FreeMisuse> = new Set();

/**
 * A script in the making. It guesses which requests are granted by counting frames alone: a script is fixed by its seed,
 * never by a subject's answers.
 */
class Draft {
  readonly script: Intent[] = [];
  /** Slots whose requests are thought to be granted, and not freed yet. */
  readonly live: number[] = [];
  /** By slot, the frames that were asked for. */
  readonly #sizes: number[] = [];
  readonly random: Random;
  readonly shape: Shape;
  free: number;

  constructor(shape: Shape, random: Random) {
    this.shape = shape;
    this.random = random;
    this.free = shape.reserved.reduce((left, [, count]) => left - count, shape.pages);
  }

  allocate(of: number): void {
    const size = SIZES[of] ?? Infinity;
    if (size <= this.free) {
      this.free -= size;
      this.live.push(this.#sizes.length);
    }
    this.ask(of);
  }

  /** Asks for a block, and does not count on a grant. */
  ask(of: number): void {
    this.script.push(ASKS[of] ?? { kind: 'allocate', order: order(of) });
    this.#sizes.push(SIZES[of] ?? Infinity);
  }

  /** Frees the n-th of what is thought to be live. */
  release(n: number): void {
    const slot = this.#drop(n);
    if (slot !== undefined) this.script.push(freeOf(slot));
  }

  /** Frees it by its frame, and perhaps its slot once more, which does nothing. */
  releaseByFrame(n: number, again: boolean): void {
    const slot = this.#drop(n);
    if (slot === undefined) return;
    this.script.push({ kind: 'by-frame', slots: [slot], misuses: NONE, seed: 0 });
    if (again) this.script.push(freeOf(slot));
  }

  #drop(n: number): number | undefined {
    const slot = this.live[n];
    const last = this.live.at(-1);
    if (slot === undefined || last === undefined) return undefined;
    this.live[n] = last;
    this.live.pop();
    this.free += this.#sizes[slot] ?? 0;
    return slot;
  }
}

/** How orders are drawn: small ones mostly, all alike, few, or one. */
function drawOrdersOf(draft: Draft): () => number {
  const { random, shape } = draft;
  const room = Math.min(shape.orders, Math.floor(Math.log2(shape.pages)) + 1);
  const few = [random.below(room), random.below(room)] as const;
  const small = (): number => Math.min(room - 1, Math.clz32(random.next()));
  return random.pick([
    small,
    small,
    () => random.below(room),
    () => random.pick(few),
    () => few[0],
    () => (random.chance(0.05) ? random.pick([random.between(0, shape.orders + 1), ...STRANGE]) : small()),
  ]);
}

/** Allocates and frees so that a fraction of the arena stays taken. */
function churn(draft: Draft, length: number): void {
  const { random, shape } = draft;
  const orderOf = drawOrdersOf(draft);
  const wantFree = shape.pages * random.pick([0.02, 0.1, 0.1, 0.25, 0.5, 0.8]);
  const whichFreed = random.pick(['random', 'random', 'newest', 'oldest']);
  for (let n = 0; n < length; n++) {
    if (draft.live.length === 0 || random.chance(draft.free > wantFree ? 0.75 : 0.25)) draft.allocate(orderOf());
    else if (whichFreed === 'random') draft.release(random.below(draft.live.length));
    else draft.release(whichFreed === 'newest' ? draft.live.length - 1 : 0);
  }
}

function fill(draft: Draft, length: number): void {
  const orderOf = drawOrdersOf(draft);
  for (let n = 0; n < length && draft.free > 0; n++) draft.allocate(orderOf());
  for (let n = draft.random.below(4); n > 0; n--) draft.allocate(orderOf());
}

function empty(draft: Draft, length: number): void {
  const first = draft.random.pick([true, false]);
  const inTurn = draft.random.chance(0.5);
  for (let n = 0; n < length && draft.live.length > 0; n++) {
    draft.release(inTurn ? (first ? 0 : draft.live.length - 1) : draft.random.below(draft.live.length));
  }
}

/** Fills with one order, frees every second block, and asks for a larger one: free frames, no block. */
function comb(draft: Draft, length: number): void {
  const { random, shape } = draft;
  const of = random.below(Math.min(shape.orders, 3));
  for (let n = 0; n < length / 2 && draft.free >= 2 ** of; n++) draft.allocate(of);
  const blocks = draft.live.length;
  for (let n = 0; n < blocks / 2; n++) draft.release(n);
  for (let larger = of; larger <= Math.min(of + 2, shape.orders - 1); larger++) draft.allocate(larger);
}

/** Frees by frame: as misuse of some kind, or legally; the slot that held the block is freed afterwards too, in half of the cases. */
function byFrame(draft: Draft, misuses: readonly FreeMisuse[]): void {
  const { random } = draft;
  const misuse = misuses[random.below(misuses.length)];
  if (misuse === undefined) return;
  if (random.chance(0.6)) draft.script.push({ kind: 'misuse', misuse, seed: random.next() });
  else draft.releaseByFrame(random.below(draft.live.length), random.chance(0.5));
}

/** The shape of the n-th case of a sweep: every fourth has that of the case before it, which is left undone. */
export function shapeOf(sweep: Drawn, n: number): Shape {
  const of = n % 4 === 0 && n > 0 ? n - 1 : n;
  return drawShape(sweep, new Random(seedOf(sweep.seed, of)), isLongest(of) ? LONGEST_PAGES : Infinity);
}

const timesAsLong = (n: number): number => (isLongest(n) ? LONGEST : n % LONG_EVERY === LONG_EVERY - 1 ? LONG : 1);

/** The n-th case of a sweep, on its own shape or on another; three in four are drained at the end. */
export function generate(sweep: Drawn, n: number, shape: Shape = shapeOf(sweep, n)): Case {
  const random = new Random(seedOf(sweep.seed ^ SCRIPTS, n));
  const draft = new Draft(shape, random);
  const misuses = FREE_MISUSES.filter((misuse) => isClaimed(sweep.claims, misuse));
  // A step costs as much as the arena has frames.
  const most = (shape.pages > LARGE ? 1 : timesAsLong(n)) * sweep.operations;
  const length = isLongest(n) ? most : random.between(Math.ceil(most / 4), most);
  // An allocator that takes one order too many for granted can show it while nothing is in use.
  if (n % TOO_MANY_EVERY === 1) draft.ask(shape.orders);
  // Later on, hardly a frame is left that was never allocated.
  if (random.chance(0.3))
    byFrame(
      draft,
      misuses.filter((misuse) => misuse === 'never-allocated'),
    );
  while (draft.script.length < length) {
    const rest = length - draft.script.length;
    random.pick([churn, churn, churn, fill, empty, comb])(draft, Math.min(rest, random.between(8, most / 2)));
    if (random.chance(0.8)) byFrame(draft, misuses);
    if (random.chance(0.05)) draft.ask(random.pick(STRANGE));
  }
  return { shape: draft.shape, script: draft.script, drain: n % 4 !== 3 };
}

/** Makes the random numbers of scripts others than those of shapes. */
const SCRIPTS = 0x5c21_97e3;
