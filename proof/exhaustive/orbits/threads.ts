/** Explores all orbits in threads. */
import { Census } from '../buddy/census.ts';
import { Refuted } from '../buddy/difference.ts';
import { Worker } from 'node:worker_threads';
import { orbitsIn, sizeOfPair } from './orbit.ts';
import { whole } from '../buddy/tree.ts';
import type { Ground } from '../buddy/ground.ts';
import type { Share, Shared } from './share.ts';
import type { Swapped } from './swap.ts';

function start(data: Share): Promise<Swapped> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./share.js', import.meta.url), { workerData: data });
    worker.once('error', reject);
    worker.once('message', (shared: Shared) => {
      if (shared.kind === 'done') resolve(shared.swapped);
      else reject(new Refuted(shared.difference));
    });
  });
}

/** What all shares came to together. */
export interface Together {
  readonly orbits: number;
  readonly grants: number;
  readonly frees: number;
  /** Orbits that some step led to. */
  readonly reached: number;
  /** States in all orbits. */
  readonly states: bigint;
}

/** Steps out of one state of each orbit of an arena of 2^of frames, in threads; runs from `dist` alone. */
export async function exploreOrbits(of: number, threads: number): Promise<Together> {
  const ground: Ground = { kernel: '2.4', arena: whole(of - 1), boot: false };
  const census = new Census(ground, undefined, new SharedArrayBuffer(Census.bytes(ground)));
  const { words, width } = census;
  const shares = Array.from({ length: threads }, (_, share) => start({ ground, words, width, share, shares: threads }));
  const all = await Promise.all(shares);
  const sum = (count: (one: Swapped) => number): number => all.reduce((total, one) => total + count(one), 0);
  const [first] = all;
  const reached = first?.reached.reduce(
    (total, _, orbit) => total + (all.some((one) => one.reached[orbit] === 1) ? 1 : 0),
    0,
  );
  return {
    orbits: sum(({ orbits }) => orbits),
    grants: sum(({ grants }) => grants),
    frees: sum(({ frees }) => frees),
    reached: reached ?? 0,
    states: statesIn(of),
  };
}

/** The sizes of all orbits, summed; they must come to as many as there are states. */
export function statesIn(of: number): bigint {
  const orbits = orbitsIn(of - 1);
  let states = 1n;
  for (let high = 0; high < orbits.sizes.length; high++) {
    for (let low = 0; low <= high; low++) states += sizeOfPair(orbits, low, high);
  }
  return states;
}
