/** Requests that come with a feature: whether an answer to one was permitted, the state after it, and what was seen. */
import { after, cutOff, refuteRange, refuteResize, resized } from '../../../spec/index.ts';
import {
  afterBulk,
  afterSized,
  afterSizedFree,
  refuteBulk,
  refuteSized,
  refuteSizedFree,
} from '../../../spec/index.ts';
import type { Buddy } from '../../../spec/index.ts';
import type { BuddySight } from './sights.ts';
import type { Claims, Counterexample, Outcome } from '../../../protocol/index.ts';
import type { Range, Request } from './case.ts';

/** A request that not every allocator has. */
export type Optional =
  | Extract<Request, { kind: 'resize' | 'allocate-frames' | 'free-frames' | 'free-blocks' }>
  | (Extract<Request, { kind: 'allocate' }> & { readonly within: Range });

/** Reports whether a request is one that not every allocator has. */
export const isOptional = (command: Request): command is Optional =>
  command.kind === 'allocate' ? command.within !== undefined : command.kind !== 'free';

/** Returns why an answer to an optional request was not permitted; undefined if it was. */
export function refuteOptional(
  claims: Claims,
  state: Buddy,
  command: Optional,
  outcome: Outcome,
): Counterexample | undefined {
  switch (command.kind) {
    case 'allocate':
      return refuteRange(claims, state, { order: command.order, ...command.within }, outcome);
    case 'resize':
      return refuteResize(state, command.pages, outcome);
    case 'allocate-frames':
      return refuteSized(claims, state, command, outcome);
    case 'free-frames':
      return refuteSizedFree(command.run, outcome);
    case 'free-blocks':
      return refuteBulk(command.blocks, outcome);
  }
}

/** Returns the state after a permitted answer to an optional request. */
export function afterOptional(state: Buddy, command: Optional, outcome: Outcome): Buddy {
  switch (command.kind) {
    case 'allocate':
      return after(state, command, outcome);
    case 'resize':
      return outcome.kind === 'done' && command.pages !== state.arena.pages ? resized(state, command.pages) : state;
    case 'allocate-frames':
      return outcome.kind === 'granted' ? afterSized(state, [outcome.head, command.frames]) : state;
    case 'free-frames':
      return outcome.kind === 'done' ? afterSizedFree(state, command.run) : state;
    case 'free-blocks':
      return outcome.kind === 'done' ? afterBulk(state, command.blocks) : state;
  }
}

function sightOfResize(state: Buddy, pages: number, outcome: Outcome): BuddySight | undefined {
  if (outcome.kind !== 'done') {
    return cutOff(state, pages) === undefined ? 'resize refused' : 'resize refused that cuts something off';
  }
  if (pages === state.arena.pages) return undefined;
  return pages > state.arena.pages ? 'arena made larger' : 'arena made smaller';
}

/** Returns what a permitted answer to an optional request showed; undefined if it is nothing that is counted. */
export function sightOf(state: Buddy, command: Optional, outcome: Outcome): BuddySight | undefined {
  const isGrant = outcome.kind === 'granted';
  switch (command.kind) {
    case 'allocate':
      return isGrant ? 'grant within a range' : 'refusal within a range';
    case 'resize':
      return sightOfResize(state, command.pages, outcome);
    case 'allocate-frames':
      return isGrant ? 'sized grant' : 'sized refusal';
    case 'free-frames':
      return 'free of a sized grant';
    case 'free-blocks':
      return 'bulk free';
  }
}
