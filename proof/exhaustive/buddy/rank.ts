/** States as numbers, and back. */
import { LEAF, NONE } from './tree.ts';
import type { Tree } from './tree.ts';

/** The number of a state among all of a forest, and back. The rank of a block's state is that of its halves, or the last. */
export class Ranks {
  readonly tree: Tree;
  /** By node, the rank of the state of what lies in it. */
  readonly at: Int32Array;
  readonly #lower: Int32Array;
  readonly #upper: Int32Array;
  readonly #parent: Int32Array;
  readonly #counts: Int32Array;
  readonly #below: Int32Array;

  constructor(tree: Tree) {
    this.tree = tree;
    this.at = new Int32Array(tree.heads.length);
    this.#lower = Int32Array.from(tree.lower);
    this.#upper = Int32Array.from(tree.upper);
    this.#parent = Int32Array.from(tree.parent);
    this.#counts = Int32Array.from(tree.counts);
    this.#below = Int32Array.from(tree.lower, (lower, node) => {
      const upper = tree.upper[node] ?? NONE;
      return lower === NONE ? 1 : (tree.counts[lower] ?? 1) * (tree.counts[upper] ?? 1);
    });
  }

  /** The rank of a node whose block is outstanding as a whole. */
  outstanding(node: number): number {
    return this.#lower[node] === NONE ? LEAF.outstanding : (this.#below[node] ?? 0);
  }

  /** The rank of a whole state, by its owners: of each frame the order of the outstanding block that it heads, or less than 0. */
  of(owner: (head: number) => number, isBoot: (head: number) => boolean): number {
    const { roots, heads, orders, usable, counts } = this.tree;
    const rankOf = (node: number): number => {
      const head = heads[node] ?? 0;
      if (usable[node] === true && owner(head) === orders[node]) return this.outstanding(node);
      const lower = this.#lower[node] ?? NONE;
      const upper = this.#upper[node] ?? NONE;
      if (lower === NONE) return usable[node] === true && isBoot(head) ? LEAF.boot : LEAF.free;
      return rankOf(lower) * (counts[upper] ?? 1) + rankOf(upper);
    };
    return roots.reduce((rank, root) => rank * (counts[root] ?? 1) + rankOf(root), 0);
  }

  /** Makes `at` that of a state. */
  load(rank: number): void {
    const { roots } = this.tree;
    let rest = rank;
    for (let n = roots.length - 1; n >= 0; n--) {
      const root = roots[n] ?? 0;
      const count = this.#counts[root] ?? 1;
      this.#spread(root, rest % count);
      rest = Math.floor(rest / count);
    }
  }

  #spread(node: number, rank: number): void {
    this.at[node] = rank;
    const lower = this.#lower[node] ?? NONE;
    if (lower === NONE || rank === this.#below[node]) return;
    const upper = this.#upper[node] ?? NONE;
    const count = this.#counts[upper] ?? 1;
    const high = Math.floor(rank / count);
    this.#spread(lower, high);
    this.#spread(upper, rank - high * count);
  }

  /** The rank of the state that differs from the one loaded in what lies in one node. */
  with(node: number, rank: number): number {
    let changed = rank;
    let child = node;
    for (let parent = this.#parent[child] ?? NONE; parent !== NONE; parent = this.#parent[child] ?? NONE) {
      const lower = this.#lower[parent] ?? NONE;
      const upper = this.#upper[parent] ?? NONE;
      const count = this.#counts[upper] ?? 1;
      changed = child === lower ? changed * count + (this.at[upper] ?? 0) : (this.at[lower] ?? 0) * count + changed;
      child = parent;
    }
    const { roots } = this.tree;
    if (roots.length === 1) return changed;
    let whole = 0;
    for (const root of roots) {
      whole = whole * (this.#counts[root] ?? 1) + (root === child ? changed : (this.at[root] ?? 0));
    }
    return whole;
  }

  /** The largest block, a node, that is free once a node of the state loaded is. @clause PAIR-4 */
  joined(node: number): number {
    let free = node;
    for (let parent = this.#parent[free] ?? NONE; parent !== NONE; parent = this.#parent[free] ?? NONE) {
      const other = this.#lower[parent] === free ? this.#upper[parent] : this.#lower[parent];
      if (this.tree.usable[parent] !== true || this.at[other ?? NONE] !== 0) break;
      free = parent;
    }
    return free;
  }
}
