import type { Buddy } from '../../../spec/index.ts';
import type { Command, Outcome } from '../../../protocol/index.ts';

/** The things worth seeing: a run that saw none of one of them has shown less than it seems. */
const SIGHTS = [
  'arena ready',
  'arena unsupported',
  'arena not a power of two',
  'arena not a power of two unsupported',
  'arena with reserved frames',
  'hand-over',
  'grant',
  'split',
  'grant across frames granted apart before',
  'refusal',
  'refusal with free frames left',
  'free',
  'join up to the top order',
  'emptied arena',
  'drained arena',
  'map bit 0',
  'map bit 1',
  'views compared',
  'zone compared',
  'invariants held',
  'rejected out-of-range',
  'rejected wrong-order',
  'rejected misaligned',
  'rejected inner-page',
  'rejected double-free',
  'rejected never-allocated',
] as const;

export type Sight = (typeof SIGHTS)[number];

export type Counts = Record<Sight, number>;

/** How often a run saw each thing worth seeing, and the operations that it judged. */
export class Sightings {
  readonly counts: Counts = Object.fromEntries(SIGHTS.map((sight) => [sight, 0])) as Counts;
  operations = 0;
  /** Why the last arena that is unsupported is so. */
  whyUnsupported = '';
  /** The first frees by frame that were not sent: misuse that is not claimed. */
  readonly leftOut: string[] = [];
  /** Told of every step that was judged and found right, with the state before it. */
  watch: ((before: Buddy, command: Command, outcome: Outcome) => void) | undefined;

  /** Operations judged, of which at most a fifth are refusals. */
  get judged(): number {
    return this.operations - Math.max(0, this.counts.refusal - Math.floor(this.operations / 5));
  }
}
