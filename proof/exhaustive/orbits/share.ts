/** One thread’s share of the orbits. */
import { SwapExplorer } from './swap.ts';
import { Refuted } from '../buddy/difference.ts';
import { parentPort, workerData } from 'node:worker_threads';
import { treeOf } from '../buddy/tree.ts';
import type { Difference } from '../buddy/difference.ts';
import type { Ground } from '../buddy/ground.ts';
import type { Swapped } from './swap.ts';

/** What a thread is to do: one share of the orbits of an arena twice as large as the one whose words it is given. */
export interface Share {
  readonly ground: Ground;
  readonly words: Int32Array;
  readonly width: number;
  readonly share: number;
  readonly shares: number;
}

/** What it answers. */
export type Shared =
  { readonly kind: 'done'; readonly swapped: Swapped } | { readonly kind: 'refuted'; readonly difference: Difference };

function work({ ground, words, width, share, shares }: Share): Shared {
  try {
    const census = { ground, words, width, tree: treeOf(ground.arena) };
    return { kind: 'done', swapped: new SwapExplorer(census).explore(share, shares) };
  } catch (error) {
    if (error instanceof Refuted) return { kind: 'refuted', difference: error.difference };
    throw error;
  }
}

parentPort?.postMessage(work(workerData as Share));
