/** Why an invariant stands that is the only one to refute no fault on purpose, nor a zone with one thing wrong. */
import type { Clause } from '../../../protocol/index.ts';
import type { Room } from './faults.ts';

/** A reason that can be checked: the invariants that refute what it refutes, and what it says that they do not. */
export interface Stands {
  /** Each fault that the invariant refutes is refuted by one of these; empty if it refutes none. */
  readonly beside: readonly Clause[];
  readonly why: string;
}

const stands = (beside: readonly Clause[], why: string): Stands => ({ beside, why });

/** What no fault on purpose breaks is broken by hand. */
const BY_HAND = stands([], 'no fault on purpose breaks it; `test/law` refutes it where it is broken by hand');

/** By room and clause. */
export const STANDS: Readonly<Record<Room, Readonly<Partial<Record<Clause, Stands>>>>> = {
  buddy: {
    'LIST-2': stands(
      ['LIST-1'],
      'it names the list on which a walk never ends; every invariant that reads lists needs it',
    ),
    'BLOCK-1': stands(['LIST-3'], 'it is about outstanding blocks too, which are on no list'),
    'LIST-3': stands(['BLOCK-1', 'STATE-1'], 'it names the list that a frame in use is on'),
    'LIST-4': stands(['STATE-1'], 'it says that a list has lost the frame, not what else the frame is'),
    'MAP-2': stands(['MAP-4', 'PAIR-4', 'STATE-1'], 'it reads maps and owners alone: lists that lie do not deceive it'),
    'MAP-3': stands(['COUNT-1', 'MAP-2'], 'it reads maps and lists alone: owners that lie do not deceive it'),
    'MAP-4': stands(['MAP-2'], 'it names the block over the bit'),
    'STEP-2': stands(
      ['STATE-1'],
      'it compares every bit, also those that no other invariant reads, and at the call itself',
    ),
    'STATE-2': stands(['PAIR-4', 'STATE-1'], 'it holds between two zones, also one of each kernel'),
    'STATE-3': stands(['COUNT-1', 'PAIR-4'], 'it is what a caller counts on, and needs no other moment than two'),
  },
  boot: {
    'BOOT-3': stands(['BOOT-5'], 'BOOT-5 refutes the wrong answer of a later call, not the call that went wrong'),
    'BOOT-14': BY_HAND,
    'RETIRE-1': stands(['RETIRE-6'], 'it names the page that is lost, or that nobody had'),
    'RETIRE-6': stands(['RETIRE-1'], 'it holds the invariants of each zone, too'),
  },
  machine: {
    'ZONE-2': BY_HAND,
    'NODE-2': BY_HAND,
    'PAGE-1': stands(['PAGE-3'], 'it is about the answer to a request; PAGE-3 is about any moment'),
    'PAGE-2': stands(['PAGE-3'], 'it names the free that took the wrong number of users'),
    'PAGE-3': stands(['PAGE-1', 'PAGE-2'], 'it holds at any moment, also after reclaim, of which no step is seen'),
  },
  machine26: { 'GATE-13': BY_HAND },
};
