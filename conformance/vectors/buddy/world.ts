/** What one allocator of all that are permitted holds, and what it may answer next. */
import { after, placement, refuteRange, startPlaced, step, valuesOf } from '../../../spec/index.ts';
import { pfn } from '../../unit.ts';
import { wordOf } from '../word.ts';
import type { Arena, Block, Command, Outcome } from '../../../protocol/index.ts';
import type { Operation, Request } from '../../kinds/buddy/case.ts';
import type { Placed } from '../../../spec/index.ts';
import type { Next } from '../plan.ts';
import type { Profile } from './profile.ts';

/** A state, and by slot what is held. */
export interface World {
  readonly placed: Placed;
  readonly slots: readonly (Block | undefined)[];
}

/** Returns the world before the first operation. */
export const worldOf = ({ kernel }: Profile, arena: Arena): World => ({
  placed: startPlaced(kernel ?? '2.4', arena),
  slots: [],
});

/** What a vector asks of an allocator. */
type Plain = Extract<Request, { kind: 'allocate' | 'free' }>;

/** Returns what an operation asks; undefined for freeing a slot that holds nothing. */
export function requestOf({ slots }: World, operation: Operation): Plain | undefined {
  if (operation.kind === 'allocate') return operation;
  if (operation.kind === 'free-frame') return { kind: 'free', head: operation.head, order: operation.order };
  if (operation.kind !== 'free-slot') throw new Error('no vector asks for that');
  const block = slots[operation.slot];
  return block === undefined ? undefined : { kind: 'free', ...block };
}

function slotsAfter(slots: World['slots'], request: Plain, outcome: Outcome): World['slots'] {
  if (request.kind === 'allocate') {
    return [...slots, outcome.kind === 'granted' ? { head: outcome.head, order: request.order } : undefined];
  }
  return outcome.kind === 'done' ? slots.map((block) => (block?.head === request.head ? undefined : block)) : slots;
}

/** Returns what is permitted to a request within a range, each outcome with the state after it. */
function withinRange(
  claims: Profile['claims'],
  { state }: Placed,
  request: Request & { kind: 'allocate' },
): ReturnType<typeof step> {
  const { within } = request;
  if (within === undefined) return step(claims, state, request);
  const { base, pages } = state.arena;
  const frames = Array.from({ length: pages }, (_, n): Outcome => ({ kind: 'granted', head: pfn(base + n) }));
  return [...frames, { kind: 'exhausted' } as const]
    .filter((outcome) => refuteRange(claims, state, { order: request.order, ...within }, outcome) === undefined)
    .map((outcome) => ({ outcome, next: after(state, request, outcome) }));
}

/** Returns every permitted answer to an operation. */
export function nextOf({ claims, kernel }: Profile, world: World, operation: Operation): readonly Next<World>[] {
  const request = requestOf(world, operation);
  if (request === undefined) return [{ answer: '.', world }];
  const { placed, slots } = world;
  if (kernel !== undefined) {
    const { next, outcome } = placement(placed, request satisfies Command);
    return [{ answer: wordOf(outcome), world: { placed: next, slots: slotsAfter(slots, request, outcome) } }];
  }
  const permitted =
    request.kind === 'allocate' ? withinRange(claims, placed, request) : step(claims, placed.state, request);
  return permitted.map(({ next, outcome }) => ({
    answer: wordOf(outcome),
    world: { placed: { ...placed, state: next }, slots: slotsAfter(slots, request, outcome) },
  }));
}

/** Returns the answer of Linux, if it is permitted and grants something: what is followed on the way to a situation. */
export function linuxOf(profile: Profile, world: World, operation: Operation): Next<World> | undefined {
  const [next] = nextOf({ ...profile, kernel: profile.kernel ?? '2.4' }, world, operation);
  return next?.answer === '-' ? undefined : next;
}

/** Returns what tells one world from another: all that its next answers depend on. */
export const keyOf = ({ kernel }: Profile, { placed, slots }: World): string =>
  JSON.stringify([valuesOf(placed.state.owners), slots, kernel === undefined ? [] : placed.lists]);
