/** A film: what a case asks, what was answered and what is permitted, step by step, as plain data for a viewer. */
import type { Counterexample } from './counterexample.ts';
import type { Paged } from './unit.ts';
import type { Watermarks } from './machine.ts';

/** A row of frames: the arena of a buddy system, a zone of a machine, a node of boot memory. */
export interface FilmGround extends Paged {
  readonly name: string;
  readonly base: number;
  readonly pages: number;
  /** The frame that blocks are counted from. */
  readonly origin: number;
  readonly orders: number;
  /** Whether the sequence of its free lists means something; if not, they are shown ascending. */
  readonly ordered: boolean;
  /** Nothing is known of it but what is shown: its pairs have no bits, it has no free lists, frames in no block are unknown. */
  readonly glimpsed?: true;
  readonly watermarks?: Watermarks;
  /** Boot memory: the pages that hold its bitmap. */
  readonly map?: readonly [first: number, count: number];
}

/** A block; `use` is the number of the allocation that holds it, -1 if the block is free. Frames in no block are reserved. */
export type FilmBlock = readonly [head: number, order: number, use: number];

/** What became of the free list of an order: heads that left it, and heads that were put before the others, in their order. */
export type FilmList = readonly [order: number, left: readonly number[], put: readonly number[]];

/** What a step changed in one row of frames. What did not change is absent. */
export interface FilmChange {
  readonly ground: number;
  /** Heads of blocks that are none any more. */
  readonly gone?: readonly number[];
  readonly come?: readonly FilmBlock[];
  readonly lists?: readonly FilmList[];
  /** Whether the zone asks to be balanced. */
  readonly asks?: boolean;
  /** Boot memory: the bytes that are taken, as spans [from, to). */
  readonly taken?: readonly (readonly [from: number, to: number])[];
  /** Boot memory: the page that the last grant ended in, counted from the base, and how many of its bytes are in use. */
  readonly last?: readonly [page: number, offset: number];
  /** Boot memory: its pages were handed over. */
  readonly retired?: true;
}

/** One operation: in words what was asked, what came back and what is permitted; and what it changed. */
export interface FilmStep {
  readonly asked: string;
  readonly answered: string;
  readonly permitted: string;
  /** More that is worth saying of it. */
  readonly notes?: readonly string[];
  /** The frames that it is about. */
  readonly at?: { readonly ground: number; readonly first: number; readonly count: number };
  readonly changes: readonly FilmChange[];
}

/** What a camera took down of one run. `skipped`: operations before the first step, which are not shown one by one. */
export interface Reel {
  readonly grounds: readonly FilmGround[];
  readonly start: readonly FilmChange[];
  readonly skipped: number;
  readonly steps: readonly FilmStep[];
}

/** What a film is about: the verdict, and why. */
export interface Film extends Reel {
  readonly kind: string;
  readonly title: string;
  readonly subject: string;
  readonly verdict: string;
  /** What was refuted by the last step; absent if nothing was. */
  readonly refuted?: Counterexample & { readonly property: string; readonly sentence: string };
  /** Why there is no answer to the last step. */
  readonly failure?: string;
  /** The case in words. */
  readonly description: readonly string[];
  /** The command that replays it. */
  readonly replay: string;
}

/** What draws one state of a film: the one after `step` of the steps that it has, 0 for the state before them. */
export interface Stills {
  /** Returns text; `across`: frames in a line, a power of two. */
  readonly text: (film: Film, step: number, across: number) => string;
  /** Returns an SVG that needs nothing else. */
  readonly svg: (film: Film, step: number) => string;
}
