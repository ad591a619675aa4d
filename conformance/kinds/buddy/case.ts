/** A case of the buddy system: one arena, and what is done to it. */
import { counted } from '../../show.ts';
import { nameOfSized } from '../../../spec/index.ts';
import type { Block, Command, FreeMisuse, Order, Outcome, Pfn, Run } from '../../../protocol/index.ts';

/** An arena as a subject is asked to make it: `reserved` (sorted, apart) must never be handed out. */
export interface Shape {
  readonly base: Pfn;
  readonly pages: number;
  readonly orders: number;
  readonly reserved: readonly Run[];
}

/** Most slots that one operation frees. */
export const MOST_AT_ONCE = 4;

/** The frames from `low` to `end` - 1, in which a block must lie; they need not be in the arena. */
export interface Range {
  readonly low: Pfn;
  readonly end: Pfn;
}

/** One step of a script. A slot is the number of an earlier allocation, of whichever kind, counted from 0. */
export type Operation =
  | { readonly kind: 'allocate'; readonly order: Order; readonly within?: Range }
  | { readonly kind: 'free-slot'; readonly slot: number }
  | { readonly kind: 'free-frame'; readonly head: Pfn; readonly order: Order }
  /** The arena becomes the frames from its base on, as many as `pages`, and never more than it was made with. */
  | { readonly kind: 'resize'; readonly pages: number }
  /** Asks for that many frames, the first a multiple of `align`, a power of two; the rest of the block is given back. */
  | { readonly kind: 'allocate-frames'; readonly frames: number; readonly align: number }
  /** Frees at once the blocks that several slots hold, at most `MOST_AT_ONCE`; a slot that holds no block is passed over. */
  | { readonly kind: 'free-slots'; readonly slots: readonly number[] };

/**
 * Errors that are no misuse: the contents of an outstanding block have changed, a check of the allocator's own fired, or what was
 * granted is no frame at all, such as an address inside one.
 */
export type ErrorKind = 'payload' | 'internal' | 'no-frame';

/** What a script can ask of an allocator. */
export type Request =
  | Exclude<Command, { kind: 'hand-over' | 'allocate' }>
  | Extract<Operation, { kind: 'allocate' | 'resize' | 'allocate-frames' }>
  /** Frees the frames that an `allocate-frames` was granted. */
  | { readonly kind: 'free-frames'; readonly run: Run }
  /** Frees the blocks of several slots. */
  | { readonly kind: 'free-blocks'; readonly blocks: readonly Block[] };

/** What came back. Nothing in it is known to be true; what is not an answer at all is kept as it came. */
export type Result =
  | Outcome
  | { readonly kind: 'error'; readonly error: ErrorKind; readonly detail: string }
  | { readonly kind: 'nonsense'; readonly token: string };

/** Misuse on purpose, of which only the kind is fixed: which frame and order make it is chosen where the state is known. */
export interface MisuseIntent {
  readonly kind: 'misuse';
  readonly misuse: FreeMisuse;
  /** Fixes the choice. */
  readonly seed: number;
}

/**
 * Frees by frame and order of what allocations were granted, as far as it is outstanding: legal. Before them come frees that are
 * misuse of these kinds, every one or some: none of them may change anything.
 */
export interface ByFrameIntent {
  readonly kind: 'by-frame';
  readonly slots: readonly number[];
  readonly misuses: ReadonlySet<FreeMisuse>;
  /** Fixes which misuse it is, where not every one is sent. */
  readonly seed: number;
}

export type Intent = Operation | MisuseIntent | ByFrameIntent;

/** One arena and what is done to it. */
export interface Case {
  readonly shape: Shape;
  readonly script: readonly Intent[];
  /** Whether at the end the arena is emptied and drained, and must grant what a fresh one does. */
  readonly drain: boolean;
}

/** A case whose every operation is fixed: what is saved and replayed. */
export interface FixedCase extends Case {
  readonly script: readonly Operation[];
}

/** Returns an arena in words. */
export function shapeText({ base, orders, pages, reserved }: Shape): string {
  const runs = reserved.map(([first, count]) => `${first}+${count}`).join(' ');
  return `${counted(pages, 'frame')} from ${base}, orders 0 to ${orders - 1}${runs === '' ? '' : `, reserved ${runs}`}`;
}

const inRange = (within: Range | undefined): string =>
  within === undefined ? '' : ` within frames ${within.low} to ${within.end - 1}`;

/** Returns what an operation asks, in words. */
export function asked(operation: Operation): string {
  switch (operation.kind) {
    case 'allocate':
      return `allocate a block of order ${operation.order}${inRange(operation.within)}`;
    case 'free-slot':
      return `free what allocation ${operation.slot} was granted`;
    case 'free-frame':
      return `free frame ${operation.head} as order ${operation.order}`;
    case 'resize':
      return `resize the arena to ${counted(operation.pages, 'frame')}`;
    case 'allocate-frames':
      return `allocate ${nameOfSized(operation)}`;
    case 'free-slots':
      return `free at once what allocations ${operation.slots.join(' ')} were granted`;
  }
}
