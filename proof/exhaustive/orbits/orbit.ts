/** Orbits of states under swapping buddies. */
import { LEAF } from '../buddy/tree.ts';
import { statesOf } from '../../../conformance/kinds/buddy/exhaustive/numbering.ts';

/** States of a block of one order, by the orbits that swapping buddies makes of them. */
export interface Orbits {
  readonly order: number;
  /** States that there are. */
  readonly states: number;
  /** By rank, the orbit. */
  readonly orbitOf: Int32Array;
  /** By orbit, the rank of the state that stands for it: its halves stand for theirs, the lower one's orbit is not the later. */
  readonly rankOf: Int32Array;
  /** By orbit, how many states it has. */
  readonly sizes: readonly bigint[];
}

/** The orbit of two halves of these orbits. */
export const orbitOfPair = (one: number, other: number): number => {
  const [low, high] = one < other ? [one, other] : [other, one];
  return (high * (high + 1)) / 2 + low;
};

/** How many states an orbit of two halves has. */
export const sizeOfPair = ({ sizes }: Orbits, low: number, high: number): bigint => {
  const size = (sizes[low] ?? 0n) * (sizes[high] ?? 0n);
  return low === high ? size : 2n * size;
};

const single = (): Orbits => ({
  order: 0,
  states: statesOf(0),
  orbitOf: Int32Array.of(LEAF.free, LEAF.outstanding),
  rankOf: Int32Array.of(LEAF.free, LEAF.outstanding),
  sizes: [1n, 1n],
});

/** The orbits of all states of a block: two states are of one if swapping halves, of any blocks, makes one of the other. */
export function orbitsIn(of: number): Orbits {
  if (of === 0) return single();
  const below = orbitsIn(of - 1);
  const half = below.states;
  const states = statesOf(of);
  const orbits = below.sizes.length;
  const whole = (orbits * (orbits + 1)) / 2;
  const orbitOf = new Int32Array(states);
  for (let lower = 0; lower < half; lower++) {
    for (let upper = 0; upper < half; upper++) {
      orbitOf[lower * half + upper] = orbitOfPair(below.orbitOf[lower] ?? 0, below.orbitOf[upper] ?? 0);
    }
  }
  orbitOf[states - 1] = whole;
  const rankOf = new Int32Array(whole + 1);
  const sizes: bigint[] = [];
  for (let high = 0; high < orbits; high++) {
    for (let low = 0; low <= high; low++) {
      rankOf[sizes.length] = (below.rankOf[low] ?? 0) * half + (below.rankOf[high] ?? 0);
      sizes.push(sizeOfPair(below, low, high));
    }
  }
  rankOf[whole] = states - 1;
  return { order: of, states, orbitOf, rankOf, sizes: [...sizes, 1n] };
}
