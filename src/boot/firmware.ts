// From firmware's table of usable memory to the sizes of nodes and zones.
import { pageSizeOf } from '../words/page-size.ts';
import { pfn } from '../words/unit.ts';
import type { Firmware, MachineSize, NodeShape, NodeSize, Run, ZoneName, ZoneSpan } from '../../protocol/index.ts';

/** The pages in [first, end), by page frame number. */
interface Pages {
  readonly first: number;
  readonly end: number;
}

/** Bytes from `from` on, up to `to`. */
interface Bytes {
  from: number;
  to: number;
}

/** Returns ranges that are ascending, apart and as long as possible. */
function joined(ranges: Firmware['usable']): readonly Readonly<Bytes>[] {
  const all: Bytes[] = [];
  const sorted = ranges.filter(({ size }) => size > 0).toSorted((one, other) => one.address - other.address);
  for (const { address, size } of sorted) {
    const last = all.at(-1);
    if (last !== undefined && address <= last.to) last.to = Math.max(last.to, address + size);
    else all.push({ from: address, to: address + size });
  }
  return all;
}

/** Returns what others, ascending and apart, leave of a range; some of it may be empty. */
function besides({ from, to }: Readonly<Bytes>, others: readonly Readonly<Bytes>[]): readonly Readonly<Bytes>[] {
  const left: Bytes[] = [];
  let next = from;
  for (const other of others) {
    left.push({ from: next, to: Math.min(other.from, to) });
    next = Math.max(next, other.to);
  }
  return [...left, { from: next, to }];
}

/**
 * Returns the whole pages of usable memory in ranges that are ascending, apart and as long as possible; reserved ranges win.
 * Some may be empty, or end before they begin.
 * @clause SIZE-1 @clause SIZE-6 @linux arch/i386/kernel/setup.c sanitize_e820_map
 */
function usablePages(machine: Firmware): readonly Pages[] {
  const { reserved = [], usable } = machine;
  const size = pageSizeOf(machine);
  const kept = joined(reserved);
  return joined(usable)
    .flatMap((range) => besides(range, kept))
    .map(({ from, to }) => ({ first: Math.ceil(from / size), end: Math.floor(to / size) }));
}

/** Returns the parts of ranges that are in [first, end), without those that have no page. */
const within = (all: readonly Pages[], first: number, end: number): readonly Pages[] =>
  all
    .map((pages) => ({ first: Math.max(first, pages.first), end: Math.min(end, pages.end) }))
    .filter((pages) => pages.first < pages.end);

/** Returns the runs of pages in [first, end) that are not usable. @clause SIZE-4 */
function holesAmong(usable: readonly Pages[], first: number, end: number): readonly Run[] {
  const holes: Run[] = [];
  let from = first;
  for (const pages of [...within(usable, first, end), { first: end, end }]) {
    if (pages.first > from) holes.push([pfn(from), pages.first - from]);
    from = pages.end;
  }
  return holes;
}

/** Returns the page after the last usable one, or `otherwise` if there is none. @clause SIZE-1 @linux arch/i386/kernel/setup.c find_max_pfn */
function findMaxPfn(usable: readonly Pages[], otherwise: number): number {
  return usable.at(-1)?.end ?? otherwise;
}

/** Returns the page after the last that the kernel maps. @clause SIZE-2 @linux arch/i386/kernel/setup.c find_max_low_pfn */
function findMaxLowPfn(maxPfn: number, machine: Firmware): number {
  return Math.min(maxPfn, Math.floor(machine.lowLimit / pageSizeOf(machine)));
}

/**
 * Divides a node into zones: up to the limit of what old devices reach, up to the end of low memory, and the rest.
 * @clause SIZE-3 @clause SIZE-4 @linux arch/i386/mm/init.c zone_sizes_init
 * @departure ZONES-START zones begin with the node's first usable page; i386 with one node begins at page 0
 */
function zoneSizesInit(
  machine: Firmware,
  usable: readonly Pages[],
  minPfn: number,
  maxPfn: number,
): readonly ZoneSpan[] {
  const dma = Math.floor(machine.dmaLimit / pageSizeOf(machine));
  const low = Math.floor(machine.lowLimit / pageSizeOf(machine));
  const clamp = (page: number): number => Math.min(Math.max(page, minPfn), maxPfn);
  const zone = (name: ZoneName, first: number, end: number): ZoneSpan => ({
    name,
    base: pfn(first),
    pages: end - first,
    holes: holesAmong(usable, first, end),
  });
  const afterDma = clamp(Math.min(dma, low));
  const afterLow = clamp(low);
  return [zone('DMA', minPfn, afterDma), zone('Normal', afterDma, afterLow), zone('HighMem', afterLow, maxPfn)];
}

/** Returns the sizes of one node. */
function sizeNode(machine: Firmware, all: readonly Pages[], node: { start: number; end: number }): NodeSize {
  const usable = within(all, node.start, node.end);
  const minPfn = usable[0]?.first ?? node.start;
  const maxPfn = findMaxPfn(usable, node.start);
  const maxLowPfn = Math.max(minPfn, findMaxLowPfn(maxPfn, machine));
  const zones = zoneSizesInit(machine, usable, minPfn, maxPfn);
  return { minPfn: pfn(minPfn), maxLowPfn: pfn(maxLowPfn), maxPfn: pfn(maxPfn), zones };
}

/** Returns the sizes of nodes and zones, from what firmware says is usable. @clause SIZE-1 @clause SIZE-2 @linux arch/i386/kernel/setup.c setup_memory */
export function setupMemory(machine: Firmware): MachineSize {
  const all = usablePages(machine);
  const usable = machine.nodes.flatMap(({ start, end }) => within(all, start, end));
  const maxPfn = findMaxPfn(usable, 0);
  return {
    minPfn: pfn(usable[0]?.first ?? 0),
    maxLowPfn: pfn(findMaxLowPfn(maxPfn, machine)),
    maxPfn: pfn(maxPfn),
    nodes: machine.nodes.map((node) => sizeNode(machine, all, node)),
  };
}

/**
 * Returns the zones that are made of a machine's memory. With one node no holes are passed on: boot memory keeps those pages,
 * but the zones count them. With several nodes each zone is told of its holes.
 * @clause SIZE-5 @linux mm/page_alloc.c free_area_init
 */
export function freeAreaInit({ nodes }: MachineSize): readonly NodeShape[] {
  const isUma = nodes.length === 1;
  const made = (zone: ZoneSpan): ZoneSpan => (isUma ? { ...zone, holes: [] } : zone);
  return nodes.map(({ zones }) => ({ zones: zones.filter(({ pages }) => pages > 0).map(made) }));
}
