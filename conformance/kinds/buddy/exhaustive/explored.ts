/** Which states and frees of a small arena a run passed through. */
import { buddy, entryOf } from '../../../../spec/index.ts';
import type { Block, Command, Outcome } from '../../../../protocol/index.ts';
import type { Buddy } from '../../../../spec/index.ts';
import type { Numbering } from './numbering.ts';

/** The number of a state of an arena that is one block of order `top`; -1 if it has none. */
export function numberIn(numbering: Numbering, { owners }: Buddy, top: number): number {
  const number = (of: number, head: number): number => {
    if (entryOf(owners, head) === of) return numbering.size(of) - 1;
    return of === 0 ? 0 : numbering.join(of, number(of - 1, head), number(of - 1, head + 2 ** (of - 1)));
  };
  return number(top, 0);
}

/** A part of all states: those whose number leaves a remainder when it is divided by the number of parts. */
export interface Part {
  readonly remainder: number;
  readonly parts: number;
}

/** Which states a run was in, which orders it tried there, and which frees it passed through. */
export class Explored {
  readonly top: number;
  readonly numbering: Numbering;
  readonly #part: Part;
  /** By state, a bit for each order that was asked for there. */
  readonly #tried: Uint8Array;
  /** By state, a bit for each frame whose block was freed there. */
  readonly #freed: Uint32Array;
  /** By block that was the only free one and was taken by halves: whether the lower half came first. */
  readonly lowerFirst: Map<string, boolean> = new Map<string, boolean>();
  /** Of the part, the states in which every order was tried, and the frees passed through in its states. */
  states = 0;
  frees = 0;

  constructor(top: number, numbering: Numbering, part: Part = { remainder: 0, parts: 1 }) {
    this.top = top;
    this.numbering = numbering;
    this.#part = part;
    this.#tried = new Uint8Array(numbering.size(top));
    this.#freed = new Uint32Array(numbering.size(top));
  }

  /** How many states there are in the part. */
  get ofStates(): number {
    const { parts, remainder } = this.#part;
    return Math.max(0, Math.ceil((this.numbering.size(this.top) - remainder) / parts));
  }

  /** How many frees there are in all states, whatever the part. */
  get ofFrees(): number {
    return this.numbering.frees(this.top);
  }

  /** Whether a state is in the part. */
  owns(rank: number): boolean {
    return rank % this.#part.parts === this.#part.remainder;
  }

  /** Takes what the parts of all states came to; says what is wrong with that. */
  absorb(parts: readonly (Pick<Explored, 'states' | 'ofStates' | 'frees'> | undefined)[]): string | undefined {
    const known = parts.filter((one) => one !== undefined);
    const ofStates = known.reduce((sum, part) => sum + part.ofStates, 0);
    if (known.length < parts.length || ofStates !== this.ofStates) {
      return `the parts have ${ofStates} states together: all are ${this.ofStates}`;
    }
    this.states = known.reduce((sum, part) => sum + part.states, 0);
    this.frees = known.reduce((sum, part) => sum + part.frees, 0);
    return undefined;
  }

  /** Whether every order was tried in a state. */
  has(rank: number): boolean {
    return this.#tried[rank] === 2 ** (this.top + 1) - 1;
  }

  /** Takes a step that was judged, with the state before it. */
  watch(before: Buddy, command: Command, outcome: Outcome): void {
    if (command.kind === 'hand-over' || command.order > this.top) return;
    const rank = numberIn(this.numbering, before, this.top);
    if (command.kind === 'allocate' && outcome.kind === 'granted') {
      this.#learn(before, { head: outcome.head, order: command.order });
    }
    if (rank < 0 || !this.owns(rank)) return;
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
  }

  /** Keeps which half of the only free block was granted. */
  #learn(state: Buddy, { head, order: of }: Block): void {
    const parent = entryOf(buddy.pairsOf(state, of + 1), head >> (of + 2));
    const isWhole = ((head >> (of + 1)) & 1) === 0 ? parent?.lower : parent?.upper;
    if (isWhole === true) this.lowerFirst.set(`${of + 1} ${head >> (of + 1)}`, ((head >> of) & 1) === 0);
  }
}
