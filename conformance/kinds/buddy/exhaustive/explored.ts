/** Which states and frees of a small arena a run passed through. */
import { buddy, entryOf } from '../../../../spec/index.ts';
import type { Block, Command, Outcome } from '../../../../protocol/index.ts';
import type { Buddy } from '../../../../spec/index.ts';

/** States of a block of an order, sets of outstanding blocks: s(0) = 2, s(k) = s(k-1)^2 + 1. */
export const statesOf = (of: number): number => (of === 0 ? 2 : statesOf(of - 1) ** 2 + 1);

/** Outstanding blocks in all of these states together: so many frees are legal. */
export function freesOf(of: number): number {
  return of === 0 ? 1 : 2 * freesOf(of - 1) * statesOf(of - 1) + 1;
}

/** The number of a state among all of an arena that is one block: that of its halves, 0 where all is free, the last where it is outstanding. */
export function rankOf({ owners }: Buddy, top: number): number {
  const rank = (of: number, head: number): number => {
    if (entryOf(owners, head) === of) return statesOf(of) - 1;
    if (of === 0) return 0;
    return rank(of - 1, head) * (SIZES[of - 1] ?? 0) + rank(of - 1, head + 2 ** (of - 1));
  };
  return rank(top, 0);
}

const SIZES = [0, 1, 2, 3, 4].map(statesOf);

/** Which states a run was in, which orders it tried there, and which frees it passed through. */
export class Explored {
  readonly top: number;
  /** By state, a bit for each order that was asked for there. */
  readonly #tried: Uint8Array;
  /** By state, a bit for each frame whose block was freed there. */
  readonly #freed: Uint16Array;
  /** By block that was the only free one and was taken by halves: whether the lower half came first. */
  readonly lowerFirst: Map<string, boolean> = new Map<string, boolean>();
  /** States in which every order was tried; frees passed through. */
  states = 0;
  frees = 0;

  constructor(top: number) {
    this.top = top;
    this.#tried = new Uint8Array(statesOf(top));
    this.#freed = new Uint16Array(statesOf(top));
  }

  /** Whether every order was tried in a state. */
  has(rank: number): boolean {
    return this.#tried[rank] === 2 ** (this.top + 1) - 1;
  }

  /** Takes a step that was judged, with the state before it. */
  watch(before: Buddy, command: Command, outcome: Outcome): void {
    if (command.kind === 'hand-over' || command.order > this.top) return;
    const rank = rankOf(before, this.top);
    if (command.kind === 'free') {
      const bit = 1 << command.head;
      const freed = this.#freed[rank] ?? 0;
      if (outcome.kind !== 'done' || (freed & bit) !== 0) return;
      this.#freed[rank] = freed | bit;
      this.frees++;
      return;
    }
    const had = this.has(rank);
    this.#tried[rank] = (this.#tried[rank] ?? 0) | (1 << command.order);
    if (!had && this.has(rank)) this.states++;
    if (outcome.kind === 'granted') this.#learn(before, { head: outcome.head, order: command.order });
  }

  /** Keeps which half of the only free block was granted. */
  #learn(state: Buddy, { head, order: of }: Block): void {
    const parent = entryOf(buddy.pairsOf(state, of + 1), head >> (of + 2));
    const isWhole = ((head >> (of + 1)) & 1) === 0 ? parent?.lower : parent?.upper;
    if (isWhole === true) this.lowerFirst.set(`${of + 1} ${head >> (of + 1)}`, ((head >> of) & 1) === 0);
  }
}
