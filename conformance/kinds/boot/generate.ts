/** Draws the cases of boot memory, fixed by a seed. */
import { Random, seedOf } from '../../random.ts';
import { bootmem } from '../../../spec/index.ts';
import { byteAddress, pfn } from '../../unit.ts';
import type { BootCase } from './case.ts';
import type { BootCommand, BootNode } from '../../../protocol/index.ts';

const PAGE = 4096;

function nodesFrom(random: Random): readonly BootNode[] {
  let start = random.chance(0.2) ? 2 ** 24 + 3 : random.below(6);
  const nodes = Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, (): BootNode => {
    const end = start + random.between(1, 64);
    const bare = { start: pfn(start), end: pfn(end), map: pfn(start) };
    const map = pfn(random.between(start, end - bootmem.mapPagesOf(bare)));
    start = end + random.below(4);
    return { ...bare, map };
  });
  return random.chance(0.3) ? nodes.toReversed() : nodes;
}

/** Frees what a node has and reserves its map, as architecture code does first. */
const opening = (nodes: readonly BootNode[]): readonly BootCommand[] =>
  nodes.flatMap(({ end, map, start }, node): readonly BootCommand[] => [
    { kind: 'free', node, address: byteAddress(start * PAGE), size: (end - start) * PAGE },
    { kind: 'reserve', node, address: byteAddress(map * PAGE), size: PAGE },
  ]);

/** Reserves the maps, which may have been freed, and retires the nodes, twice; now and then a map is left as it is. */
const closing = (random: Random, nodes: readonly BootNode[]): readonly BootCommand[] =>
  nodes.flatMap(({ map }, node): readonly BootCommand[] => [
    ...(random.chance(0.15) ? [{ kind: 'retire', node } as const] : []),
    { kind: 'reserve', node, address: byteAddress(map * PAGE), size: PAGE },
    { kind: 'retire', node },
    { kind: 'retire', node },
  ]);

function sizeFrom(random: Random, pages: number): number {
  const whole = random.between(1, pages) * PAGE;
  return random.pick([random.between(1, 300), random.between(1, 5000), PAGE, whole, whole - 1, whole + 1, 0]);
}

function commandFrom(random: Random, nodes: readonly BootNode[]): BootCommand {
  const which = random.below(nodes.length);
  const { end, start } = nodes[which] ?? { start: pfn(0), end: pfn(1) };
  const off = random.pick([0, 0, 1, 4095, 100]);
  const address = byteAddress(random.between(Math.max(0, start - 1), end) * PAGE + off);
  if (random.chance(0.7)) {
    const node = random.chance(0.25) ? which : 'any';
    const align = random.pick([1, 16, 32, 32, 4096, 8192, 16_384, 65_536, 0]);
    const goal = random.chance(0.3) ? address : byteAddress(0);
    return { kind: 'allocate', node, size: sizeFrom(random, end - start), align, goal };
  }
  const size = sizeFrom(random, Math.ceil((end - start) / 3));
  return { kind: random.chance(0.6) ? 'free' : 'reserve', node: which, address, size };
}

/** The n-th case of a run: nodes opened, used and retired. What of it is misuse is sent to those who say they detect it. */
export function generateBoot(seed: number, n: number, operations: number): BootCase {
  const random = new Random(seedOf(seed, n));
  const nodes = nodesFrom(random);
  const middle = Array.from({ length: random.between(1, operations) }, () => commandFrom(random, nodes));
  return { nodes, script: [...opening(nodes), ...middle, ...closing(random, nodes)] };
}
