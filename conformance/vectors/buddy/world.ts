/** What one allocator of all that are permitted holds, and what it may answer next. */
import { afterOptional, isOptional, refuteOptional } from '../../kinds/buddy/optional.ts';
import { isLasting } from './profile.ts';
import { pfn } from '../../unit.ts';
import { placement, startPlaced, step, valuesOf } from '../../../spec/index.ts';
import { wordOf } from '../word.ts';
import type { Arena, Claims, Outcome } from '../../../protocol/index.ts';
import type { Buddy, Permitted, Placed } from '../../../spec/index.ts';
import type { Next } from '../plan.ts';
import type { Operation, Request } from '../../kinds/buddy/case.ts';
import type { Optional } from '../../kinds/buddy/optional.ts';
import type { Profile } from './profile.ts';

/** What an allocation was granted, as the request that frees it. */
type Held = Extract<Request, { kind: 'free' | 'free-frames' }>;

/** A state, and by slot what is held. */
export interface World {
  readonly placed: Placed;
  readonly slots: readonly (Held | undefined)[];
}

/** Returns the world before the first operation. */
export const worldOf = ({ kernel }: Profile, arena: Arena): World => ({
  placed: startPlaced(kernel ?? '2.4', arena),
  slots: [],
});

/** Returns what an operation asks; undefined for freeing slots that hold nothing. */
function requestOf({ slots }: World, operation: Operation): Request | undefined {
  switch (operation.kind) {
    case 'allocate':
    case 'allocate-frames':
    case 'resize':
      return operation;
    case 'free-frame':
      return { kind: 'free', head: operation.head, order: operation.order };
    case 'free-slot':
      return slots[operation.slot];
    case 'free-slots': {
      const held = operation.slots.flatMap((slot) => slots[slot] ?? []);
      const blocks = held.flatMap((one) => (one.kind === 'free' ? [{ head: one.head, order: one.order }] : []));
      return blocks.length === 0 ? undefined : { kind: 'free-blocks', blocks };
    }
  }
}

/** Returns what a slot holds after its allocation. */
function heldOf(
  request: Extract<Request, { kind: 'allocate' | 'allocate-frames' }>,
  outcome: Outcome,
): Held | undefined {
  if (outcome.kind !== 'granted') return undefined;
  if (request.kind === 'allocate') return { kind: 'free', head: outcome.head, order: request.order };
  return { kind: 'free-frames', run: [outcome.head, request.frames] };
}

/** Returns the first frames of what a request frees. */
function freedBy(request: Request): readonly number[] {
  switch (request.kind) {
    case 'free':
      return [request.head];
    case 'free-frames':
      return [request.run[0]];
    case 'free-blocks':
      return request.blocks.map(({ head }) => head);
    case 'allocate':
    case 'allocate-frames':
    case 'resize':
      return [];
  }
}

function slotsAfter(slots: World['slots'], request: Request, outcome: Outcome): World['slots'] {
  if (request.kind === 'allocate' || request.kind === 'allocate-frames') return [...slots, heldOf(request, outcome)];
  const heads = outcome.kind === 'done' ? freedBy(request) : [];
  if (heads.length === 0) return slots;
  return slots.map((held) =>
    held !== undefined && freedBy(held).some((head) => heads.includes(head)) ? undefined : held,
  );
}

/** Returns what is permitted to a request that not every allocator has, each outcome with the state after it. */
function permitted(claims: Claims, state: Buddy, request: Optional): readonly Permitted[] {
  const { base, pages } = state.arena;
  const frames = Array.from({ length: pages }, (_, n): Outcome => ({ kind: 'granted', head: pfn(base + n) }));
  const isGrant = request.kind === 'allocate' || request.kind === 'allocate-frames';
  return [...(isGrant ? frames : [{ kind: 'done' } as const]), { kind: 'exhausted' } as const]
    .filter((outcome) => refuteOptional(claims, state, request, outcome) === undefined)
    .map((outcome) => ({ outcome, next: afterOptional(state, request, outcome) }));
}

/** Returns every permitted answer to an operation. */
export function nextOf({ claims, kernel }: Profile, world: World, operation: Operation): readonly Next<World>[] {
  const request = requestOf(world, operation);
  if (request === undefined) return [{ answer: '.', world }];
  const { placed, slots } = world;
  const nextAfter = (outcome: Outcome, next: Placed): Next<World> => ({
    answer: wordOf(outcome),
    world: { placed: next, slots: slotsAfter(slots, request, outcome) },
  });
  const withState = ({ next, outcome }: Permitted): Next<World> => nextAfter(outcome, { ...placed, state: next });
  if (isOptional(request)) return permitted(claims, placed.state, request).map(withState);
  if (kernel === undefined) return step(claims, placed.state, request).map(withState);
  const { next, outcome } = placement(placed, request);
  return [nextAfter(outcome, next)];
}

/**
 * Returns the answer that is followed on the way to a situation: the one of Linux; on a way with requests that Linux has not, the
 * first that is permitted. Undefined if it grants nothing.
 */
export function followed(profile: Profile, world: World, operation: Operation): Next<World> | undefined {
  const { feature, kernel } = profile;
  if (isLasting(feature)) return nextOf(profile, world, operation).find(({ answer }) => answer !== '-');
  const [next] = nextOf({ ...profile, kernel: kernel ?? '2.4' }, world, operation);
  return next?.answer === '-' ? undefined : next;
}

/** Returns what tells one world from another: all that its next answers depend on. */
export const keyOf = ({ kernel }: Profile, { placed, slots }: World): string =>
  JSON.stringify([
    valuesOf(placed.state.owners),
    placed.state.arena.pages,
    slots,
    kernel === undefined ? [] : placed.lists,
  ]);
