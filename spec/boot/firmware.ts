/** The sizes of memory, nodes and zones, from what firmware reports. */
import { addressOf, pageAround, pageSizeOf, pagesIn } from './state.ts';
import { pfn } from '../unit.ts';
import type { Firmware, MachineSize, NodeShape, NodeSize, Pfn, Run, ZoneName, ZoneSpan } from '../../protocol/index.ts';

type Range = readonly [from: number, to: number];

/** Returns what remains of ranges after another is removed from them. */
const minus = (ranges: readonly Range[], { address, size }: Firmware['usable'][number]): readonly Range[] =>
  ranges
    .flatMap(([from, to]): readonly Range[] => [
      [from, Math.min(to, address)],
      [Math.max(from, address + size), to],
    ])
    .filter(([from, to]) => from < to);

/**
 * Reports whether every byte of a page is usable and none is reserved; several ranges together may cover it.
 * @clause SIZE-1 @clause SIZE-4 @clause SIZE-6
 */
export function isUsable(machine: Firmware, page: number): boolean {
  const { reserved = [], usable } = machine;
  const size = pageSizeOf(machine);
  const [from, end] = [page * size, (page + 1) * size];
  const isReserved = reserved.some((one) => one.size > 0 && one.address < end && one.address + one.size > from);
  return !isReserved && usable.reduce(minus, [[from, end]]).length === 0;
}

/** The pages of a node that could be usable, ascending: those below the end of the last range. */
function pagesOf(machine: Firmware, { start, end }: Firmware['nodes'][number]): readonly Pfn[] {
  const page = pageSizeOf(machine);
  const most = Math.max(...machine.usable.map(({ address, size }) => pageAround(address + size, page)));
  return pagesIn([addressOf(start, page), addressOf(pfn(Math.min(end, most)), page)], page);
}

/** Returns ascending pages as runs. */
const runsOf = (pages: readonly number[]): readonly Run[] =>
  pages
    .filter((page, at) => pages[at - 1] !== page - 1)
    .map((first) => {
      const rest = pages.slice(pages.indexOf(first));
      const gap = rest.findIndex((page, n) => page !== first + n);
      return [pfn(first), gap === -1 ? rest.length : gap];
    });

const zoneNameOf = (machine: Firmware, page: number): ZoneName => {
  const end = (page + 1) * pageSizeOf(machine);
  if (end > machine.lowLimit) return 'HighMem';
  return end > machine.dmaLimit ? 'Normal' : 'DMA';
};

/** The zones of a node: each page from `minPfn` to `maxPfn` - 1 is assigned to one by itself. @clause SIZE-3 @clause SIZE-4 */
function zonesOf(machine: Firmware, minPfn: number, maxPfn: number): readonly ZoneSpan[] {
  const pages = Array.from({ length: maxPfn - minPfn }, (_, n) => minPfn + n);
  const names: readonly ZoneName[] = ['DMA', 'Normal', 'HighMem'];
  const sorted = names.map((name) => ({ name, own: pages.filter((page) => zoneNameOf(machine, page) === name) }));
  return sorted.map(({ name, own }, at) => {
    const before = sorted.slice(0, at).reduce((sum, zone) => sum + zone.own.length, 0);
    const holes = runsOf(own.filter((page) => !isUsable(machine, page)));
    return { name, base: pfn(minPfn + before), pages: own.length, holes };
  });
}

/** The end of low memory, if memory ends at `maxPfn`. @clause SIZE-2 */
const lowEnd = (machine: Firmware, maxPfn: number): Pfn =>
  pfn(Math.min(maxPfn, Math.floor(machine.lowLimit / pageSizeOf(machine))));

function sizeNode(machine: Firmware, node: Firmware['nodes'][number]): NodeSize {
  const usable = pagesOf(machine, node).filter((page) => isUsable(machine, page));
  const minPfn = usable[0] ?? node.start;
  const maxPfn = (usable.at(-1) ?? node.start - 1) + 1;
  const zones = zonesOf(machine, minPfn, maxPfn);
  return { minPfn: pfn(minPfn), maxLowPfn: pfn(Math.max(minPfn, lowEnd(machine, maxPfn))), maxPfn: pfn(maxPfn), zones };
}

/** Returns the sizes of the nodes and zones of a machine, from what firmware reports as usable. @clause SIZE-1 @clause SIZE-2 */
export function sizes(machine: Firmware): MachineSize {
  const usable = machine.nodes.flatMap((node) => pagesOf(machine, node)).filter((page) => isUsable(machine, page));
  const maxPfn = (usable.at(-1) ?? -1) + 1;
  return {
    minPfn: pfn(usable[0] ?? 0),
    maxLowPfn: lowEnd(machine, maxPfn),
    maxPfn: pfn(maxPfn),
    nodes: machine.nodes.map((node) => sizeNode(machine, node)),
  };
}

/** Returns the nodes and zones that are made, without those that have no pages. @clause SIZE-5 */
export const shapes = ({ nodes }: MachineSize): readonly NodeShape[] =>
  nodes.map(({ zones }) => ({
    zones: zones.filter(({ pages }) => pages > 0).map((zone) => (nodes.length === 1 ? { ...zone, holes: [] } : zone)),
  }));
