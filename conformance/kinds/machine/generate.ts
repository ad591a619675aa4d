/** Draws the cases on machines, fixed by a seed. */
import { Random, seedOf } from '../../random.ts';
import { pfn } from '../../unit.ts';
import type { Balance, Machine, NodeShape, ZoneName, ZoneSpan } from '../../../protocol/index.ts';
import type { MachineCase, MachineOperation, ReclaimScript } from './operation.ts';

const NAMES: readonly ZoneName[] = ['DMA', 'Normal', 'HighMem'];

const drawBalance = (random: Random): Balance => {
  const least = random.below(5);
  return { ratio: random.between(2, 16), least, most: least + random.below(10) };
};

function drawMachine(random: Random): Machine {
  let base = random.pick([0, 0, 7, 4096]);
  const nodes: NodeShape[] = Array.from({ length: random.pick([2, 2, 1, 3]) }, () => ({
    zones: NAMES.flatMap((name): readonly ZoneSpan[] => {
      if (random.chance(0.15)) return [];
      const pages = random.between(8, 48);
      const span = { name, base: pfn(base), pages, holes: random.chance(0.2) ? [[pfn(base + 3), 2] as const] : [] };
      base += pages + random.pick([0, 0, 4]);
      return [span];
    }),
  }));
  const balance = { DMA: drawBalance(random), Normal: drawBalance(random), HighMem: drawBalance(random) };
  return { orders: random.between(4, 7), nodes, balance, policy: random.chance(0.8) ? 'node-local' : 'round-robin' };
}

const MASKS = [0x20, 0x30, 0xf0, 0x1f0, 0x1d0, 0x1d0, 0x1d2, 0x22, 0x1f1, 0x21, 0x1, 0x1d3] as const;

/** Up to three reclaims, each of a few of the blocks that were asked for so far. */
function drawPlan(random: Random, asked: number): ReclaimScript {
  if (asked === 0 || random.chance(0.3)) return [];
  return Array.from({ length: random.between(1, 3) }, () =>
    Array.from({ length: random.between(1, 4) }, () => random.below(asked)),
  );
}

function drawOperation(random: Random, nodes: number, asked: number): MachineOperation {
  const dice = random.below(100);
  if (asked > 0 && dice < 14) return { kind: 'free', of: random.below(asked), byFrame: random.chance(0.3) };
  if (asked > 0 && dice < 20) return { kind: 'get', of: random.below(asked) };
  if (dice < 23) return { kind: 'kswapd', plan: drawPlan(random, asked) };
  return {
    kind: 'allocate',
    id: asked,
    node: random.below(nodes),
    order: random.pick([0, 0, 0, 1, 1, 2, 3, random.below(8)]),
    gfp: random.pick(MASKS),
    task: random.pick([0, 0, 0, 0, 0, 0, 0x800, 0x1000]),
    bound: random.chance(0.2),
    plan: drawPlan(random, asked),
  };
}

/** The n-th case of a run, fixed by the seed. */
export function generateMachine(seed: number, n: number, operations: number): MachineCase {
  const random = new Random(seedOf(seed, n));
  const machine = drawMachine(random);
  let asked = 0;
  const script = Array.from({ length: operations }, () => {
    const operation = drawOperation(random, machine.nodes.length, asked);
    if (operation.kind === 'allocate') asked++;
    return operation;
  });
  return { machine, script };
}
