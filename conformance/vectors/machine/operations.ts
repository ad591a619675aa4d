/** The operations that vectors of machines are made of: each is there for a rule. */
import { held } from './world.ts';
import type { MachineOperation, ReclaimScript } from '../../kinds/machine/operation.ts';
import type { World } from './world.ts';

/** Masks: a request for Normal that may wait, one that may not; a bit more for DMA, and for HighMem. */
export const WAITING = 0x1d0;
export const ATOMIC = 0x20;
export const DMA = 0x1;
export const HIGHMEM = 0x2;

/** A task that reclaims: it ignores the marks. */
export const MEMALLOC = 0x800;

type Allocation = Extract<MachineOperation, { kind: 'allocate' }>;

/** Returns a request; its id is the next slot. */
export const ask = ({ slots }: World, asked: Partial<Allocation> & Pick<Allocation, 'gfp'>): Allocation => ({
  kind: 'allocate',
  id: slots.length,
  node: 0,
  order: 0,
  task: 0,
  bound: false,
  plan: [],
  ...asked,
});

/** Returns the slots that hold something. */
const holding = (world: World): readonly number[] =>
  [...world.slots.keys()].filter((slot) => held(world, slot) !== undefined);

/** Returns the requests that the marks decide: who may wait, who may not, and who ignores them. */
export const decided = (world: World): readonly MachineOperation[] => [
  ask(world, { gfp: WAITING }),
  ask(world, { gfp: ATOMIC }),
  ask(world, { gfp: WAITING, task: MEMALLOC }),
];

/** Returns what a reclaim may free: nothing, any block that is held, and any two that were granted one after the other. */
function plansIn(world: World): readonly ReclaimScript[] {
  const slots = holding(world);
  return [[], ...slots.map((slot) => [[slot]]), ...slots.slice(1).map((slot, n) => [[slots[n] ?? slot, slot]])];
}

/** Returns requests for which memory is reclaimed: of small orders, and of those around the last that is tried again. */
export function reclaiming(world: World): readonly MachineOperation[] {
  const orders = [0, 1, world.state.machine.orders - 1];
  return [
    ...plansIn(world).flatMap((plan) => orders.map((order) => ask(world, { gfp: WAITING, order, plan }))),
    ...[2, 3, 4].map((order) => ask(world, { gfp: WAITING, order })),
    ask(world, { gfp: ATOMIC }),
  ];
}

/** Returns turns of kswapd. */
export const turnsOfKswapd = (world: World): readonly MachineOperation[] =>
  plansIn(world).map((plan): MachineOperation => ({ kind: 'kswapd', plan }));

/** Returns requests for each zone, for each node, and for an order that there is not. */
export const choosing = (world: World): readonly MachineOperation[] => {
  const { nodes, orders } = world.state.machine;
  return [
    ...[0, DMA, HIGHMEM, DMA | HIGHMEM].map((zone) => ask(world, { gfp: WAITING | zone })),
    ask(world, { gfp: WAITING, order: 1 }),
    ask(world, { gfp: ATOMIC, order: orders }),
    ...nodes.flatMap((_, node) => [
      ask(world, { gfp: WAITING, node }),
      ...[WAITING, ATOMIC].map((gfp) => ask(world, { gfp, node, bound: true })),
    ]),
  ];
};

/** Returns what users do: each block gets one more, and loses one. */
export const using = (world: World): readonly MachineOperation[] =>
  holding(world).flatMap((slot): readonly MachineOperation[] => [
    { kind: 'get', of: slot },
    { kind: 'free', of: slot, byFrame: false },
  ]);

/** Returns requests of tasks that cannot reclaim. */
export const unwaiting = (world: World): readonly MachineOperation[] => [
  ...[0, DMA, HIGHMEM].map((zone) => ask(world, { gfp: ATOMIC | zone })),
  ask(world, { gfp: ATOMIC, order: 1 }),
  ask(world, { gfp: ATOMIC, order: world.state.machine.orders }),
  ask(world, { gfp: WAITING, task: MEMALLOC }),
];
