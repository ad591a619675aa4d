/** What a machine may answer, as words of the protocol, and what its slots hold then. */
import {
  gfp,
  nodeId,
  order,
  placeMachine,
  startMachine,
  stepMachine,
  taskFlags,
  valuesOf,
} from '../../../spec/index.ts';
import { usersOf } from '../../../spec/machine/users.ts';
import { wordsOf } from '../../kinds/machine/operation.ts';
import { wordOf } from '../word.ts';
import type { Block, Machine, PageCommand, PageOutcome, Round } from '../../../protocol/index.ts';
import type { MachineOperation, ReclaimScript } from '../../kinds/machine/operation.ts';
import type { MachineProfile } from './profile.ts';
import type { MachineState } from '../../../spec/index.ts';
import type { Next } from '../plan.ts';

/** A state, and by slot what was granted; the id of an allocation is its slot. */
export interface World {
  readonly state: MachineState;
  readonly slots: readonly (Block | undefined)[];
}

export const worldOf = (machine: Machine): World => ({ state: startMachine(machine), slots: [] });

/** Returns what a slot holds now. */
export function held({ slots, state }: World, slot: number): Block | undefined {
  const block = slots[slot];
  return block === undefined || usersOf(state, block.head) === 0 ? undefined : block;
}

/** Returns what reclaims that free what `plan` says do. */
export const roundsOf = (world: World, plan: ReclaimScript): readonly Round[] =>
  plan.map((slots) => {
    const freed = slots.flatMap((slot) => held(world, slot) ?? []);
    return { freed, success: freed.length > 0 };
  });

/** Returns the command that an operation is now; undefined if it does nothing. */
export function commandOf(world: World, operation: MachineOperation): PageCommand | undefined {
  switch (operation.kind) {
    case 'allocate': {
      const kind = operation.bound ? 'allocate-on-node' : 'allocate-pages';
      const { gfp: mask, node, order: of, task } = operation;
      return { kind, gfp: gfp(mask), order: order(of), task: taskFlags(task), node: nodeId(node) };
    }
    case 'free': {
      const block = held(world, operation.of);
      return block && { kind: 'free-pages', ...block };
    }
    case 'get': {
      const block = held(world, operation.of);
      return block && { kind: 'get-page', head: block.head };
    }
    case 'free-frame':
      return { kind: 'free-pages', head: operation.head, order: order(operation.order) };
    case 'kswapd':
      return { kind: 'kswapd' };
  }
}

/** Returns the slots after an operation: who was granted a block is the only one who holds it. */
function slotsAfter({ slots }: World, operation: MachineOperation, outcome: PageOutcome): World['slots'] {
  if (operation.kind !== 'allocate') return slots;
  const granted = outcome.kind === 'granted' ? { head: outcome.head, order: order(operation.order) } : undefined;
  return [...slots.map((block) => (block?.head === granted?.head ? undefined : block)), granted];
}

/** Returns every permitted answer to an operation. Who is not Linux may wake kswapd when it likes. */
export function nextOf(
  { claims, placed }: MachineProfile,
  world: World,
  operation: MachineOperation,
): readonly Next<World>[] {
  const command = commandOf(world, operation);
  if (command === undefined) return [{ answer: '.', world }];
  const rounds = 'plan' in operation ? roundsOf(world, operation.plan) : [];
  if (placed) {
    const { next, outcome, used, woken } = placeMachine(world.state, command, rounds);
    const answer = `${wordOf(outcome)}${used > 0 ? `/${used}` : ''}${woken ? 'w' : ''}`;
    return [{ answer, world: { state: next, slots: slotsAfter(world, operation, outcome) } }];
  }
  return stepMachine(claims, world.state, command, rounds).flatMap(({ next, outcome }) =>
    ['', 'w'].map((woken) => ({
      answer: `${wordOf(outcome)}${woken}`,
      world: { state: next, slots: slotsAfter(world, operation, outcome) },
    })),
  );
}

/** Returns the words of an operation: first what its reclaims are to free. */
export const machineWords = (operation: MachineOperation): readonly string[] =>
  wordsOf(
    operation,
    (slot) => slot,
    () => undefined,
  );

/** Returns what tells one world from another. */
export const keyOf = ({ placed }: MachineProfile, { slots, state }: World): string =>
  JSON.stringify([
    slots,
    state.cursor,
    [...state.shared],
    state.zones.map((zone) => [
      placed ? zone.placed.lists : valuesOf(zone.placed.state.owners),
      placed && zone.needBalance,
    ]),
  ]);
