/** Draws the cases of boot memory, fixed by a seed. */
import { Random, seedOf } from '../../random.ts';
import { bootmem } from '../../../spec/index.ts';
import { byteAddress, pfn } from '../../unit.ts';
import type { BootCase } from './case.ts';
import type { BootCommand, BootNode } from '../../../protocol/index.ts';

/** Bytes in a page, and the sizes that are drawn if a subject has others; half of all cases are as for all others. */
const PAGE = 4096;
const SIZES = [PAGE, PAGE, PAGE, 2 * PAGE, 4 * PAGE, 1024] as const;

function nodesFrom(random: Random, page: number): readonly BootNode[] {
  let start = random.chance(0.2) ? 2 ** 24 + 3 : random.below(6);
  const nodes = Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, (): BootNode => {
    const end = start + random.between(1, 64);
    const paged = page === PAGE ? {} : { pageSize: page };
    const bare = { start: pfn(start), end: pfn(end), map: pfn(start), ...paged };
    const map = pfn(random.between(start, end - bootmem.mapPagesOf(bare)));
    start = end + random.below(4);
    return { ...bare, map };
  });
  return random.chance(0.3) ? nodes.toReversed() : nodes;
}

/** Frees what a node has and reserves its map, as architecture code does first. */
const opening = (nodes: readonly BootNode[], page: number): readonly BootCommand[] =>
  nodes.flatMap(({ end, map, start }, node): readonly BootCommand[] => [
    { kind: 'free', node, address: byteAddress(start * page), size: (end - start) * page },
    { kind: 'reserve', node, address: byteAddress(map * page), size: page },
  ]);

/** Reserves the maps, which may have been freed, and retires the nodes, twice; now and then a map is left as it is. */
const closing = (random: Random, nodes: readonly BootNode[], page: number): readonly BootCommand[] =>
  nodes.flatMap(({ map }, node): readonly BootCommand[] => [
    ...(random.chance(0.15) ? [{ kind: 'retire', node } as const] : []),
    { kind: 'reserve', node, address: byteAddress(map * page), size: page },
    { kind: 'retire', node },
    { kind: 'retire', node },
  ]);

function sizeFrom(random: Random, pages: number, page: number): number {
  const whole = random.between(1, pages) * page;
  return random.pick([random.between(1, 300), random.between(1, 5000), page, whole, whole - 1, whole + 1, 0]);
}

function commandFrom(random: Random, nodes: readonly BootNode[], page: number): BootCommand {
  const which = random.below(nodes.length);
  const { end, start } = nodes[which] ?? { start: pfn(0), end: pfn(1) };
  const off = random.pick([0, 0, 1, page - 1, 100]);
  const address = byteAddress(random.between(Math.max(0, start - 1), end) * page + off);
  if (random.chance(0.7)) {
    const node = random.chance(0.25) ? which : 'any';
    const align = random.pick([1, 16, 32, 32, 4096, 8192, 16_384, 65_536, 0]);
    const goal = random.chance(0.3) ? address : byteAddress(0);
    return { kind: 'allocate', node, size: sizeFrom(random, end - start, page), align, goal };
  }
  const size = sizeFrom(random, Math.ceil((end - start) / 3), page);
  return { kind: random.chance(0.6) ? 'free' : 'reserve', node: which, address, size };
}

/**
 * The n-th case of a run: nodes opened, used and retired. What of it is misuse is sent to those who say they detect it, and pages
 * of other sizes to those who have them.
 */
export function generateBoot(seed: number, n: number, operations: number, sized = false): BootCase {
  const random = new Random(seedOf(seed, n));
  const page = sized ? new Random(seedOf(seedOf(seed, n), 0)).pick(SIZES) : PAGE;
  const nodes = nodesFrom(random, page);
  const middle = Array.from({ length: random.between(1, operations) }, () => commandFrom(random, nodes, page));
  return { nodes, script: [...opening(nodes, page), ...middle, ...closing(random, nodes, page)] };
}
