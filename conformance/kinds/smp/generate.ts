/** Draws the cases of several threads, fixed by a seed. */
import { Random, seedOf } from '../../random.ts';
import { nonEmpty } from './case.ts';
import { order, pfn } from '../../unit.ts';
import type { Round, SmpCase, SmpOperation } from './case.ts';
import type { Run } from '../../../protocol/index.ts';
import type { Shape } from '../buddy/case.ts';
import type { Sweep } from '../../judge/kind.ts';

/** What bounds a case: threads of a round, and operations of a round over all threads. */
export interface Bounds {
  readonly threads: number;
  readonly operations: number;
}

/** What of a sweep fixes the cases. */
type Drawn = Pick<Sweep, 'seed' | 'pages' | 'orders' | 'bases'>;

/** Small arenas: the fewer blocks there are, the more often threads want the same. */
function drawShape({ bases, orders, pages }: Drawn, random: Random): Shape {
  const size = random.pickOr(pages, () => (random.chance(0.7) ? 2 ** random.below(6) : random.between(1, 24)));
  const whole = Math.floor(Math.log2(size)) + 1;
  const count = random.pickOr(orders, () => random.pick([whole, whole, random.between(1, whole), whole + 1]));
  const base = random.pickOr(bases, () => random.pick([0, 0, 2 ** Math.ceil(Math.log2(size)) * random.between(1, 9)]));
  const reserved: readonly Run[] = size > 2 && random.chance(0.15) ? [[pfn(base + random.below(size)), 1]] : [];
  return { base: pfn(base), pages: size, orders: count, reserved };
}

/** A case in the making. */
class Draft {
  readonly rounds: Round[] = [];
  readonly #random: Random;
  readonly #orders: number;
  /** Slots that no script frees yet. */
  #held: number[] = [];
  #slots = 0;

  constructor(random: Random, orders: number) {
    this.#random = random;
    this.#orders = orders;
  }

  /** Adds a round of that many scripts of about that length, each of which is dealt some of what earlier rounds left. */
  round(threads: number, length: number): void {
    const mine = this.#deal(threads);
    const few = this.#random.below(this.#orders);
    const low = this.#random.chance(0.5) ? few : 0;
    const orderOf = (): number => (this.#random.chance(0.8) ? low : this.#random.below(this.#orders));
    const greed = this.#random.pick([0.3, 0.5, 0.5, 0.9]);
    const scripts = mine.map((dealt) => this.#script(dealt, length, greed, orderOf));
    this.rounds.push(scripts.map(({ operations }) => operations));
    this.#held.push(...scripts.flatMap(({ left }) => left));
  }

  /** Adds a round of one thread, which frees what is left and asks for the largest block, then for the smallest. */
  end(most: number): void {
    const freed = this.#held.slice(0, Math.max(0, most - 2)).map((slot): SmpOperation => ({ kind: 'free', slot }));
    this.rounds.push([[...freed, this.#allocate(this.#orders - 1), this.#allocate(0)].slice(0, most)]);
  }

  /** Deals out what is held. */
  #deal(threads: number): readonly (readonly number[])[] {
    const dealt = Array.from({ length: threads }, (): number[] => []);
    for (const slot of this.#held) dealt[this.#random.below(threads)]?.push(slot);
    this.#held = [];
    return dealt;
  }

  #allocate(of: number): SmpOperation {
    return { kind: 'allocate', order: order(of), slot: this.#slots++ };
  }

  #script(
    dealt: readonly number[],
    length: number,
    greed: number,
    orderOf: () => number,
  ): { readonly operations: readonly SmpOperation[]; readonly left: readonly number[] } {
    const live = [...dealt];
    const operations = Array.from({ length }, (): SmpOperation => {
      const nth = this.#random.below(live.length);
      const [slot] = this.#random.chance(greed) ? [] : live.splice(nth, 1);
      if (slot !== undefined) return { kind: 'free', slot };
      const asked = this.#allocate(orderOf());
      live.push(asked.slot);
      return asked;
    });
    return { operations, left: live };
  }
}

/** The n-th case of a run: one to three rounds, then what is left is freed, and asked for once more. */
export function generateThreads(sweep: Drawn, n: number, bounds: Bounds): SmpCase {
  const random = new Random(seedOf(sweep.seed, n));
  const shape = drawShape(sweep, random);
  const draft = new Draft(random, shape.orders);
  for (let rounds = random.between(1, 3); rounds > 0; rounds--) {
    const threads = Math.min(bounds.threads, random.pick([2, 2, 2, 3, 4, bounds.threads]));
    const most = Math.floor(bounds.operations / threads);
    draft.round(threads, Math.min(most, random.between(2, random.pick([6, 12, 24]))));
  }
  draft.end(bounds.operations);
  return { shape, rounds: nonEmpty(draft.rounds) };
}
