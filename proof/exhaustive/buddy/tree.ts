/** The blocks of an arena as a forest, and how many states there are of what lies in each block. */
import { arithmetic } from '../../../spec/index.ts';
import { pfn } from '../../unit.ts';
import type { Arena } from '../../../protocol/index.ts';

/** No node. */
export const NONE = -1;

/**
 * The blocks of an arena as a forest: a block's halves are below it, the largest blocks are its roots. Every state, a set of
 * outstanding blocks, has a rank from 0 on, and every rank a state; rank 0 is where all is free.
 */
export interface Tree {
  readonly arena: Arena;
  /** Frames before the arena's base that the first root has. */
  readonly offset: number;
  /** By node: where it lies, from the arena's base, and what it is half of. */
  readonly heads: readonly number[];
  readonly orders: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly parent: readonly number[];
  /** By node: whether every frame can be handed out, and how many states there are of what lies in it. */
  readonly usable: readonly boolean[];
  readonly counts: readonly number[];
  readonly roots: readonly number[];
  /** Whether frames that boot memory still holds are part of the states. */
  readonly boot: boolean;
  /** The order of the leaves: no smaller block is asked for. */
  readonly least: number;
  /** How many states there are. */
  readonly states: number;
  /** The node of a block, by order and by index from the first root on. */
  readonly nodes: readonly (readonly number[])[];
}

/** States of a single frame: free, outstanding, boot memory's. */
export const LEAF = { free: 0, outstanding: 1, boot: 2 } as const;

interface Growing {
  heads: number[];
  orders: number[];
  lower: number[];
  upper: number[];
  parent: number[];
  usable: boolean[];
  counts: number[];
  nodes: number[][];
}

interface Rules {
  /** Whether every frame of a leaf can be handed out. */
  readonly isFree: (head: number) => boolean;
  readonly boot: boolean;
  readonly least: number;
}

/** Adds a block and all that is below it; returns the node that it became. */
function grow(to: Growing, rules: Rules, head: number, of: number): number {
  const { boot, least } = rules;
  const half = 2 ** (of - 1);
  const below = of === least ? [] : [head, head + half].map((at) => grow(to, rules, at, of - 1));
  const [lower = NONE, upper = NONE] = below;
  const node = to.heads.length;
  const usable = of === least ? rules.isFree(head) : below.every((one) => to.usable[one]);
  const apart = below.reduce((product, one) => product * (to.counts[one] ?? 1), 1);
  to.heads.push(head);
  to.orders.push(of);
  to.lower.push(lower);
  to.upper.push(upper);
  to.parent.push(NONE);
  to.usable.push(usable);
  to.counts.push(apart + (usable ? 1 : 0) + (usable && of === 0 && boot ? 1 : 0));
  for (const one of below) to.parent[one] = node;
  to.nodes[of]?.push(node);
  return node;
}

/**
 * Returns the forest of an arena, whose leaves are the blocks of order `least`; with `boot`, frames may be boot memory's too,
 * and `least` is 0. @clause BLOCK-2
 */
export function treeOf(arena: Arena, boot = false, least = 0): Tree {
  const { base, pages, holes } = arena;
  const offset = base - arithmetic.originOf(arena);
  const size = 2 ** least;
  const isFree = (head: number): boolean =>
    head >= 0 &&
    head + size <= pages &&
    !holes.some(([first, count]) => head + size > first - base && head < first - base + count);
  const top = arithmetic.topOrder(arena);
  const to: Growing = { heads: [], orders: [], lower: [], upper: [], parent: [], usable: [], counts: [], nodes: [] };
  to.nodes = Array.from({ length: arena.orders }, () => []);
  const roots: number[] = [];
  for (let head = -offset; head < pages; head += 2 ** top) roots.push(grow(to, { isFree, boot, least }, head, top));
  const states = roots.reduce((product, root) => product * (to.counts[root] ?? 1), 1);
  return { arena, offset, ...to, roots, boot, least, states };
}

/** An arena of 2^order frames that is one block. */
export const whole = (of: number, base = 0): Arena => ({
  base: pfn(base),
  pages: 2 ** of,
  orders: of + 1,
  holes: [],
  alignment: 'base',
});

/** The node of a block at a frame of the arena; NONE where there is none. */
export const nodeAt = (tree: Tree, head: number, of: number): number =>
  tree.nodes[of]?.[(head + tree.offset) >> of] ?? NONE;
