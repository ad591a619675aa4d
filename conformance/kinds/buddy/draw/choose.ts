/** Frees by frame that a script leaves open: chosen when their turn comes, because they depend on what is outstanding. */
import { Random } from '../../../random.ts';
import { arithmetic, buddy, freeMisuse, valuesOf } from '../../../../spec/index.ts';
import { order, pfn } from '../../../unit.ts';
import type { Block, FreeMisuse, Freed, Hole, Nobody, Owner } from '../../../../protocol/index.ts';
import type { Buddy } from '../../../../spec/index.ts';
import type { Slots } from '../slots.ts';
import type { ByFrameIntent, MisuseIntent, Operation } from '../case.ts';

const FREED: Freed = -1;
const NOBODY: Nobody = -2;
const HOLE: Hole = -4;

/** Orders that no arena has: shifts by them, and the bytes that hold them, are what goes wrong. */
export const STRANGE: readonly [number, ...number[]] = [
  31, 32, 33, 63, 64, 65, 127, 128, 255, 256, 257, 1000, 65_536, 4_294_967_296,
];

/** Distances at which a frame looks like another where it is kept in fewer bits. */
const ALIASES = [2 ** 8, 2 ** 16, 2 ** 20, 2 ** 31, 2 ** 32, 2 ** 32, 2 ** 33, 2 ** 40] as const;

/** A free as it is tried: nothing in it is known to be possible. */
type Draw = readonly [head: number, of: number];

/** What frees are drawn from: an arena's state and its outstanding blocks. */
class Drawing {
  readonly #state: Buddy;
  readonly #random: Random;
  /** Found when they are needed: each costs as much as the arena has frames. */
  #foundBlocks: readonly Block[] | undefined;
  #foundOwners: readonly Owner[] | undefined;

  constructor(state: Buddy, random: Random) {
    this.#state = state;
    this.#random = random;
  }

  get #blocks(): readonly Block[] {
    return (this.#foundBlocks ??= buddy.outstandingBlocks(this.#state));
  }

  get #owners(): readonly Owner[] {
    return (this.#foundOwners ??= valuesOf(this.#state.owners));
  }

  /** Returns a free that may be of a kind of misuse, and mostly is. */
  of(misuse: FreeMisuse): Draw {
    if (this.#random.chance(0.25)) return this.#anything();
    switch (misuse) {
      case 'out-of-range':
        return this.#outOfRange();
      case 'wrong-order':
        return [this.#block()[0], this.#order()];
      case 'inner-page':
        return this.#inner();
      case 'double-free':
        return [this.#ownedBy(FREED), this.#random.chance(0.6) ? 0 : this.#order()];
      case 'never-allocated':
        return [this.#ownedBy(this.#random.pick([NOBODY, HOLE])), 0];
      case 'misaligned':
        return this.#anything();
    }
  }

  /** An order of the arena. */
  #order(): number {
    return this.#random.below(this.#state.arena.orders);
  }

  #frame(): number {
    const { base, pages } = this.#state.arena;
    return base + this.#random.below(pages);
  }

  /** An outstanding block if there is one, else a frame. */
  #block(): Draw {
    const block = this.#blocks[this.#random.below(this.#blocks.length)];
    return block === undefined ? [this.#frame(), 0] : [block.head, block.order];
  }

  /** A frame in the arena, one just before or after it, or one far from it; an order, or the one after the last. */
  #anything(): Draw {
    const random = this.#random;
    const { base, orders, pages } = this.#state.arena;
    const stray = [
      base - random.between(1, 4),
      base + pages + random.below(4),
      base + pages + random.next(),
      0,
    ] as const;
    const head = random.chance(0.2) ? random.pick(stray) : this.#frame();
    return [head, random.chance(0.6) ? 0 : random.below(orders + 2)];
  }

  /** What is in bounds only in fewer bits: another frame at an alias of an outstanding block, or another order. */
  #outOfRange(): Draw {
    const random = this.#random;
    const { orders } = this.#state.arena;
    const [head, of] = this.#block();
    const far = random.pick(ALIASES) * random.pick([1, 1, 1, -1, 3]);
    return random.pick<Draw>([
      [head + far, of],
      [head + far, of],
      [head, of + random.pick([32, 64, 256, 2 ** 32])],
      [head, random.pick([orders, random.pick([orders + 1, ...STRANGE])])],
      [random.pick([0, 2 ** 31, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER]), random.pick([0, of])],
      this.#anything(),
    ]);
  }

  /** The second frame of an outstanding block, its middle, its last, or any; never its first. */
  #inner(): Draw {
    const random = this.#random;
    const [head, of] = this.#block();
    const size = 2 ** of;
    const at = random.pick([1, size / 2, size - 1, random.between(1, Math.max(1, size - 1))]);
    return [head + Math.floor(at), random.pick([0, 0, of, this.#order()])];
  }

  /** A frame of this owner, if there is one: one that headed a block before, one that never did, or one that is reserved. */
  #ownedBy(owner: Owner): number {
    const { origin } = this.#state;
    const owners = this.#owners;
    const index = owners.indexOf(owner, this.#random.below(owners.length));
    return origin + Math.max(0, index < 0 ? owners.indexOf(owner) : index);
  }
}

const TRIES = 40;

/** Returns a free that is misuse of the wanted kind in a state; undefined if none was found. */
export function chooseMisuse(state: Buddy, { misuse, seed }: MisuseIntent): Operation | undefined {
  const drawing = new Drawing(state, new Random(seed));
  for (let tries = 0; tries < TRIES; tries++) {
    const [drawn, at] = drawing.of(misuse);
    const block = { head: pfn(Math.max(0, drawn)), order: order(at) };
    if (!Number.isSafeInteger(drawn)) continue;
    if (freeMisuse(state, block) === misuse) return { kind: 'free-frame', ...block };
  }
  return undefined;
}

/** Of each kind of misuse, that many frees are sent in each state of an arena that has more frames than that. */
const [ALL_UP_TO, MOST] = [8, 2];

/**
 * Returns the frees of a small arena that are misuse of these kinds: with each frame, and the ones before and after the arena; with
 * each order, the next, and two that alias lower ones. In an arena of more than 8 frames two of each kind, others in each state.
 */
export function everyMisuse(state: Buddy, misuses: ReadonlySet<FreeMisuse>, seed: number): readonly Operation[] {
  const { base, orders, pages } = state.arena;
  const most = pages <= ALL_UP_TO ? Infinity : MOST;
  const left = new Map([...misuses].map((misuse) => [misuse, most]));
  const at = [...arithmetic.ordersOf(state.arena), order(orders), order(32), order(64)];
  const heads = pages + 2;
  const all = at.length * heads;
  const chosen: Operation[] = [];
  for (let n = 0; n < all && left.size > 0; n++) {
    const which = (n * STRIDE + seed) % all;
    const head = pfn(base - 1 + (which % heads));
    const block = { head, order: at[Math.floor(which / heads)] ?? order(0) };
    const misuse = head < 0 ? undefined : freeMisuse(state, block);
    const wanted = misuse === undefined ? undefined : left.get(misuse);
    if (misuse === undefined || wanted === undefined) continue;
    chosen.push({ kind: 'free-frame', ...block });
    if (wanted > 1) left.set(misuse, wanted - 1);
    else left.delete(misuse);
  }
  return chosen;
}

/** A prime that divides no number of frees that are gone through: every one of them has its turn. */
const STRIDE = 7919;

/** What frees are chosen from: the present state, and by slot what is outstanding. */
export interface Outstanding {
  readonly state: Buddy;
  readonly slots: Pick<Slots, 'blockOf'>;
}

/** Returns the frees by frame that an intent means in the present state; none, if there is none of that kind. */
export function chooseFrees(of: Outstanding, intent: MisuseIntent | ByFrameIntent): readonly Operation[] {
  if (intent.kind === 'misuse') {
    const chosen = chooseMisuse(of.state, intent);
    return chosen === undefined ? [] : [chosen];
  }
  const legal = intent.slots.flatMap((slot): Operation | [] => {
    const block = of.slots.blockOf(slot);
    return block === undefined ? [] : { kind: 'free-frame', ...block };
  });
  return intent.misuses.size === 0 ? legal : [...everyMisuse(of.state, intent.misuses, intent.seed), ...legal];
}
