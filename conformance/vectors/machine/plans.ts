/** The vectors of machines: which profiles are held against which machines, and the states that they are asked in. */
import { ANY, BEST_FIT, COMPLETE, CUT, LINUX, NODES, SMALL, ZONES } from './profile.ts';
import { ask, choosing, decided, reclaiming, turnsOfKswapd, unwaiting, using, WAITING } from './operations.ts';
import { goOn, reachable } from '../plan.ts';
import { keyOf, machineWords, nextOf, worldOf } from './world.ts';
import { grantLargest, leave, turns } from './lead.ts';
import { savedMachine } from '../../kinds/machine/operation.ts';
import { showsOf, wrongsOf } from './wrong.ts';
import type { Go, Here } from './lead.ts';
import type { Machine } from '../../../protocol/index.ts';
import type { MachineOperation } from '../../kinds/machine/operation.ts';
import type { MachineProfile } from './profile.ts';
import type { Last, Plan } from '../plan.ts';
import type { World } from './world.ts';

/** What is asked in which situations. */
interface Scene {
  readonly situations: readonly Here[];
  readonly lastOf: (world: World) => readonly MachineOperation[];
}

/** Returns the zones of a machine as they stand in an id: `DMA0+16,Normal16+16`, nodes apart by a plus sign. */
const zonesName = ({ nodes }: Machine): string =>
  nodes.map(({ zones }) => zones.map(({ base, name, pages }) => `${name}${base}+${pages}`).join(',')).join(';');

function planName({ name }: MachineProfile, machine: Machine): string {
  const { balance, orders, policy } = machine;
  const { least, most, ratio } = balance.DMA;
  return `${name}/${zonesName(machine)}x${orders}m${ratio}-${least}-${most}${policy === 'round-robin' ? 'r' : ''}`;
}

/** Returns how a vector ends: what is asked last, Linux's answer, and what its zones show then. */
const endOf = ({ last, permitted: [only] }: Last<World, MachineOperation>): string =>
  JSON.stringify([machineWords(last), only?.answer, only && showsOf(only.world)]);

function planOf(
  profile: MachineProfile,
  machine: Machine,
  sceneOf: (rules: Go, begin: Here) => Scene,
): Plan<World, MachineOperation> {
  const rules: Go = {
    nextOf: (world, operation) => nextOf(profile, world, operation),
    follow: (world, operation) => nextOf({ ...profile, placed: true }, world, operation)[0],
    keyOf: (world) => keyOf(profile, world),
    wordsOf: machineWords,
  };
  const begin = worldOf(machine);
  const scene = sceneOf(rules, { world: begin, script: [], answers: [] });
  return {
    ...rules,
    name: planName(profile, machine),
    needs: ['machine', ...profile.claims],
    given: (after) => ({
      kind: 'machine',
      machine: savedMachine(machine),
      ...(profile.placed && after !== undefined ? { shows: showsOf(after) } : {}),
    }),
    begin,
    groups: [scene.situations],
    enough: profile.placed ? { shows: profile.shows, endOf } : { most: (clause) => (profile.shows(clause) ? 3 : 0) },
    lastOf: ({ world }) => scene.lastOf(world),
    wrongs: (situation, end) => wrongsOf(profile, situation, end),
    isPlain: () => true,
  };
}

/** Returns every pair of these numbers of free pages. */
const combined = (first: readonly number[], second: readonly number[]): readonly (readonly number[])[] =>
  second.flatMap((normal) => first.map((dma) => [dma, normal]));

/** Returns what is asked of the machine with three zones. */
function zonePlans(): readonly Plan<World, MachineOperation>[] {
  const zones = (sceneOf: (rules: Go, begin: Here) => Scene): Plan<World, MachineOperation> =>
    planOf(LINUX, ZONES, sceneOf);
  const all = worldOf(ZONES);
  const asking = (rules: Go, one: Here, gfp: number): Here => goOn(rules, one, ask(one.world, { gfp })) ?? one;
  return [
    zones((_, begin) => ({ situations: [begin], lastOf: choosing })),
    zones((rules, begin) => ({
      situations: combined(turns(all, 0), turns(all, 1)).map((free) => leave(rules, begin, free)),
      lastOf: decided,
    })),
    zones((rules, begin) => ({
      situations: [leave(rules, begin, []), grantLargest(rules, begin)],
      lastOf: reclaiming,
    })),
    zones((rules, begin) => ({
      situations: turns(all, 1).flatMap((normal) => {
        const low = asking(rules, leave(rules, begin, [0, normal]), WAITING);
        return [low, asking(rules, low, WAITING | 1)];
      }),
      lastOf: turnsOfKswapd,
    })),
    zones((rules, begin) => ({
      situations: reachable(rules, asking(rules, begin, WAITING), using, { operations: 3, situations: 12 }),
      lastOf: (world) => [...using(world), ask(world, { gfp: WAITING })],
    })),
  ];
}

/** Returns what is asked of machines with two nodes: which of them gives, and what is reclaimed if neither has a page. */
const nodePlans = (): readonly Plan<World, MachineOperation>[] =>
  NODES.flatMap((machine) => [
    planOf(LINUX, machine, (rules, begin) => {
      const some = [begin, ...[[], [Infinity], [0, Infinity]].map((free) => leave(rules, begin, free))];
      return {
        situations: some.flatMap((one) => reachable(rules, one, choosing, { operations: 1, situations: 4 })),
        lastOf: choosing,
      };
    }),
    planOf(LINUX, machine, (rules, begin) => ({ situations: [leave(rules, begin, [])], lastOf: reclaiming })),
  ]);

/** Returns what is asked of a machine whose every answer can be listed. */
const smallPlans = (): readonly Plan<World, MachineOperation>[] =>
  [ANY, COMPLETE, BEST_FIT].flatMap((profile) =>
    SMALL.map((machine) =>
      planOf(profile, machine, (rules, begin) => {
        const go = (world: World): readonly MachineOperation[] => [...unwaiting(world), ...using(world)];
        return { situations: reachable(rules, begin, go, { operations: 3, situations: 40 }), lastOf: go };
      }),
    ),
  );

/** Returns what vectors are made of, in the sequence of profiles and machines. */
export const machinePlans = (): readonly Plan<World, MachineOperation>[] => [
  ...smallPlans(),
  ...zonePlans(),
  planOf(LINUX, CUT, (rules, begin) => ({
    situations: turns(begin.world, 0).map((normal) => leave(rules, begin, [normal])),
    lastOf: decided,
  })),
  ...nodePlans(),
];
