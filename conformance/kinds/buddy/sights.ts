/** What is worth seeing in a run over the buddy system, in the order of reports. */
import type { Command, Observation, Outcome, Reported } from '../../../protocol/index.ts';
import type { Buddy } from '../../../spec/index.ts';
import type { Coverage } from '../../judge/coverage.ts';

export const BUDDY_SIGHTS = [
  'arena ready',
  'arena not a power of two',
  'arena with reserved frames',
  'arena without usable frames',
  'arena unsupported',
  'grant',
  'split',
  'grant across frames granted apart before',
  'refusal',
  'refusal with free frames left',
  'grant within a range',
  'refusal within a range',
  'sized grant',
  'sized refusal',
  'free of a sized grant',
  'arena made larger',
  'arena made smaller',
  'resize refused',
  'resize refused that cuts something off',
  'free',
  'free by frame',
  'bulk free',
  'join up to the top order',
  'emptied arena',
  'drained arena',
  'rejected out-of-range',
  'rejected wrong-order',
  'rejected misaligned',
  'rejected inner-page',
  'rejected double-free',
  'rejected never-allocated',
  'map bit 0',
  'map bit 1',
  'zone compared',
  'views compared',
  'invariants held',
  'arena not a power of two unsupported',
] as const;

export type BuddySight = (typeof BUDDY_SIGHTS)[number];

/** Told of every step that was judged and found right, with the state before it. */
export type Watch = (before: Buddy, command: Command, outcome: Outcome) => void;

/** Told of all that an allocator shows of itself after it was found right, with the state that it must be in. */
export type Witness = (state: Buddy, shown: Observation | Reported) => void;

/** How often a run over the buddy system saw each of them. */
export type BuddyCoverage = Coverage<BuddySight>;
