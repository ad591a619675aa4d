/** Random commands to the specification in spec/buddy: every answer that it permits to each, and one of these, with which it goes on. */

import { Random } from '../../../conformance/random.ts';
import { after, refute } from '../../../spec/buddy/step.ts';
import { boot, outstandingBlocks, ownerOf } from '../../../spec/buddy/state.ts';
import { originOf, sizeOf } from '../../../spec/arithmetic.ts';
import { MISUSES, rejected } from '../../../spec/buddy/misuse.ts';
import { BOOT, FREED, HOLE } from '../../../spec/buddy/owner.ts';
import { order, pfn } from '../../unit.ts';
import type { Arena, Claim, Command, Order, Outcome, Pfn } from '../../../protocol/index.ts';
import type { Buddy } from '../../../spec/buddy/state.ts';

/** What is claimed of an allocator: it refuses only if nothing fits. Which free block it grants is left to it. */
const CLAIMS: ReadonlySet<Claim> = new Set(['complete']);

/** A command, which of all answers are permitted to it, in their sequence, and the one that is given. */
export interface Turn {
  readonly command: Command;
  readonly permitted: readonly boolean[];
  readonly given: number;
}

/** What is asked of an arena and answered, and the state that it leads to. */
export interface Talk {
  readonly arena: Arena;
  readonly answers: readonly Outcome[];
  readonly turns: readonly Turn[];
  readonly end: State;
}

/** A state as Spec.v has it; pages are counted from the origin. */
export interface State {
  readonly outstanding: readonly (readonly [order: number, page: number])[];
  readonly handedOver: readonly number[];
  readonly freed: readonly number[];
}

/** Returns all answers that there may be: a grant of any frame, one before the arena and one after it, too; and each other one. */
function answersOf(arena: Arena): readonly Outcome[] {
  const first = originOf(arena) - 1;
  const frames = Array.from({ length: arena.base + arena.pages + 1 - first }, (_, n) => pfn(first + n));
  const granted = frames.map((head): Outcome => ({ kind: 'granted', head }));
  return [...granted, { kind: 'exhausted' }, { kind: 'done' }, ...MISUSES.map(rejected)];
}

/** Returns a free: of an outstanding block, of a page in one, or of any frame; mostly at the order of the block. */
function freeIn(state: Buddy, frame: Pfn, of: Order, random: Random): Command {
  const blocks = outstandingBlocks(state);
  const block = random.chance(0.7) ? blocks[random.below(blocks.length)] : undefined;
  if (block === undefined) return { kind: 'free', head: frame, order: of };
  if (random.chance(0.7)) return { kind: 'free', head: block.head, order: random.chance(0.9) ? block.order : of };
  return { kind: 'free', head: pfn(block.head + random.below(sizeOf(block.order))), order: order(0) };
}

/** Returns a command; most frees are legal. */
function commandTo(state: Buddy, random: Random): Command {
  const { arena, origin } = state;
  const frame = pfn(origin - 2 + random.below(arena.base - origin + arena.pages + 4));
  const of = order(random.below(arena.orders + 2) - 1);
  if (random.chance(0.3)) return { kind: 'hand-over', frame };
  return random.chance(0.5) ? { kind: 'allocate', order: of } : freeIn(state, frame, of, random);
}

/** Returns a state as Spec.v has it. */
function stateOf(state: Buddy): State {
  const { base, pages } = state.arena;
  const { origin } = state;
  const all = Array.from({ length: pages }, (_, n) => pfn(base + n));
  const which = (is: (owner: number) => boolean): readonly number[] =>
    all.filter((frame) => is(ownerOf(state, frame))).map((frame) => frame - origin);
  return {
    outstanding: outstandingBlocks(state).map(({ head, order: of }) => [of, head - origin]),
    handedOver: which((owner) => owner !== BOOT && owner !== HOLE),
    freed: which((owner) => owner === FREED),
  };
}

/** Talks to the specification. Each answer that is given is a random one of those that are permitted. */
export function talkOf(arena: Arena, steps: number, seed: number): Talk {
  const random = new Random(seed);
  const answers = answersOf(arena);
  let state = boot(arena);
  const turns = Array.from({ length: steps }, (): Turn => {
    const command = commandTo(state, random);
    const permitted = answers.map((answer) => refute(CLAIMS, state, command, answer) === undefined);
    const those = [...permitted.keys()].filter((n) => permitted[n] === true);
    const given = those[random.below(those.length)];
    const answer = given === undefined ? undefined : answers[given];
    if (given === undefined || answer === undefined)
      throw new Error(`nothing may be answered to ${JSON.stringify(command)}`);
    state = after(state, command, answer);
    return { command, permitted, given };
  });
  return { arena, answers, turns, end: stateOf(state) };
}
