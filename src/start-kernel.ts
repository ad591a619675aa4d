// From firmware's table to a running machine: sizes, boot memory, zones, retirement, high memory.
import { pageSizeOf } from './words/page-size.ts';
import { bootmemBootmapPages, bootmemBytes } from './boot/data.ts';
import { byteAddress, pfn } from './words/unit.ts';
import { createBootmem } from './boot/bootmem.ts';
import { createMachine, machineWith } from './machine/create.ts';
import { freeAreaInit, setupMemory } from './boot/firmware.ts';
import type { BadShape } from './buddy/shape.ts';
import type {
  BootNode,
  Firmware,
  Machine,
  MachineSize,
  NodeSize,
  Pfn,
  Run,
  UsableRange,
  ZoneId,
} from '../protocol/index.ts';
import type { Bootmem, RetiredBootmem, Zero } from './boot/bootmem.ts';
import type { MachineOptions } from './machine/create.ts';
import type { PhysicalMemory } from './machine/physical-memory.ts';
import type { Reclaimer } from './machine/reclaim.ts';
import type { Region } from './buddy/region.ts';

/** What is known of a machine before it boots, besides what firmware reports. */
export interface StartOptions extends Omit<MachineOptions, 'limits' | 'pageSize'> {
  /** The kernel's own code and data: in low memory of the first node, as a rule. */
  readonly image: UsableRange;
  /** What else is in use when boot memory begins: an initrd, tables of the firmware's. They may overlap, and lie anywhere. */
  readonly kept?: readonly Reservation[];
  /** Returns the memory at an address that boot memory granted; without it, zones have buffers of their own. */
  readonly regionAt?: (address: number, bytes: number) => Region;
  readonly zero?: Zero;
  readonly clearPage?: (frame: Pfn) => void;
}

/** Memory that something is in before boot memory begins. */
export interface Reservation extends UsableRange {
  readonly name: string;
}

/** Pages of a reservation that were reserved before: the kernel says `hm` of each, and goes on. */
export interface ReservedTwice {
  readonly name: string;
  readonly pages: readonly Pfn[];
}

/** A running machine: its memory, and what is left of the boot memory that came before. */
export interface Running<R extends Reclaimer = Reclaimer> {
  readonly kind: 'running';
  readonly machine: Machine;
  readonly memory: PhysicalMemory;
  readonly reclaimer: R;
  readonly bootmem: RetiredBootmem;
  /** The number of pages that boot memory handed over at its retirement. */
  readonly low: number;
  /** The number of pages of high memory, which were handed over one by one. */
  readonly high: number;
  /** Zones whose alignment is complained about. */
  readonly misaligned: readonly ZoneId[];
  /** Of what is kept, what was reserved already. */
  readonly twice: readonly ReservedTwice[];
}

const PAGE_0: Run = [pfn(0), 1];

function runOf({ address, size }: UsableRange, pageSize: number): Run {
  const first = Math.floor(address / pageSize);
  return [pfn(first), Math.ceil((address + size) / pageSize) - first];
}

/** What is kept, in the pages that it touches. */
interface Kept {
  readonly name: string;
  readonly run: Run;
}

/** Returns what is kept; what has no bytes touches no page. */
const keptBy = ({ kept = [] }: StartOptions, pageSize: number): readonly Kept[] =>
  kept.filter(({ size }) => size > 0).map((one) => ({ name: one.name, run: runOf(one, pageSize) }));

const endOf = ([first, count]: Run): number => first + count;

/** Returns the pages between the first and the last of memory that are not usable. */
const holesOf = ({ nodes }: MachineSize): readonly Run[] =>
  nodes.flatMap(({ zones }) => zones).flatMap((zone) => zone.holes);

/** Returns the pages that are not free when a machine starts: what is not usable, page 0, and the kernel's image. */
const takenPages = (size: MachineSize, image: Run): readonly Run[] => [...holesOf(size), PAGE_0, image];

/**
 * Returns a node's low memory as a node of boot memory. Its map goes right after the kernel's image if that is free, else at
 * the node's start, else after the first taken run that leaves room; undefined if there is no room.
 */
function bootNode(
  { maxLowPfn, minPfn }: NodeSize,
  image: Run,
  taken: readonly Run[],
  pageSize: number,
): BootNode | undefined {
  const pages = bootmemBootmapPages(maxLowPfn - minPfn, pageSize);
  const isFree = (map: number): boolean =>
    map >= minPfn && map + pages <= maxLowPfn && taken.every((run) => endOf(run) <= map || map + pages <= run[0]);
  const map = [endOf(image), minPfn, ...taken.map(endOf)].find(isFree);
  return map === undefined ? undefined : { start: minPfn, end: maxLowPfn, map: pfn(map), pageSize };
}

/** Reserves the pages of a run that lie in a node; returns those that were reserved already. */
function reserveIn(bootmem: Bootmem, at: number, node: BootNode, run: Run): readonly Pfn[] {
  const from = Math.max(run[0], node.start);
  const end = Math.min(endOf(run), node.end);
  if (from >= end) return [];
  const size = pageSizeOf(node);
  const outcome = bootmem.reserveBootmemNode(at, byteAddress(from * size), (end - from) * size);
  return outcome.kind === 'warned' ? outcome.pages : [];
}

/**
 * Frees a node's low memory, then reserves what is taken, and the map.
 * @linux arch/i386/kernel/setup.c setup_memory
 */
function openNode(bootmem: Bootmem, at: number, node: BootNode, taken: readonly Run[]): void {
  const size = pageSizeOf(node);
  bootmem.freeBootmemNode(at, byteAddress(node.start * size), (node.end - node.start) * size);
  const map: Run = [node.map, bootmemBootmapPages(node.end - node.start, size)];
  for (const run of [...taken, map]) reserveIn(bootmem, at, node, run);
}

/** Hands the frames of high memory over one by one, the highest first: boot memory does not manage them. @linux arch/i386/mm/init.c set_highmem_pages_init */
function handOverHigh(memory: PhysicalMemory, size: MachineSize, runs: readonly Run[]): number {
  let high = 0;
  const taken = [...holesOf(size), ...runs];
  for (const { maxLowPfn, maxPfn } of size.nodes) {
    for (let frame = maxPfn - 1; frame >= maxLowPfn; frame--) {
      if (taken.some((run) => frame >= run[0] && frame < endOf(run))) continue;
      if (memory.handOver(pfn(frame)).kind === 'done') high++;
    }
  }
  return high;
}

/**
 * Reserves what is kept, in the nodes that it lies in; returns what was reserved already.
 * @clause BOOT-5 @linux arch/i386/kernel/mpparse.c smp_scan_config
 */
function keep(bootmem: Bootmem, nodes: readonly BootNode[], kept: readonly Kept[]): readonly ReservedTwice[] {
  return kept.flatMap(({ name, run }) => {
    const pages = nodes.flatMap((node, at) => reserveIn(bootmem, at, node, run));
    return pages.length === 0 ? [] : [{ name, pages }];
  });
}

/** Makes the boot memory of a machine's nodes: frees what is usable, reserves what is taken and what is kept. @clause BOOT-1 */
function bootmemOf(
  size: MachineSize,
  image: Run,
  kept: readonly Kept[],
  pageSize: number,
  zero: Zero | undefined,
): { readonly kind: 'opened'; readonly bootmem: Bootmem; readonly twice: readonly ReservedTwice[] } | BadShape {
  const taken = takenPages(size, image);
  const low = size.nodes.filter(({ maxLowPfn, minPfn }) => maxLowPfn > minPfn);
  const used = [...taken, ...kept.map(({ run }) => run)];
  const nodes = low.flatMap((node) => bootNode(node, image, used, pageSize) ?? []);
  if (nodes.length < low.length) {
    return { kind: 'rejected', clause: 'BOOT-15', why: 'a node has no room for the map of its boot memory' };
  }
  const created = createBootmem(nodes, { buffer: new ArrayBuffer(bootmemBytes(nodes)), byteOffset: 0 }, zero);
  if (created.kind === 'rejected') return created;
  for (const [at, node] of nodes.entries()) openNode(created.bootmem, at, node, taken);
  return { kind: 'opened', bootmem: created.bootmem, twice: keep(created.bootmem, nodes, kept) };
}

/** Allocates memory for the state of zones from boot memory, and remembers if there was too little. */
class Places {
  missing: BadShape | undefined;
  readonly #bootmem: Bootmem;
  readonly #regionAt: StartOptions['regionAt'];

  constructor(bootmem: Bootmem, regionAt: StartOptions['regionAt']) {
    this.#bootmem = bootmem;
    this.#regionAt = regionAt;
  }

  give(bytes: number): Region {
    const outcome = this.#bootmem.allocBootmem(bytes);
    if (outcome.kind === 'granted' && this.#regionAt !== undefined) return this.#regionAt(outcome.address, bytes);
    const why = `boot memory has no ${bytes} bytes for the state of a zone`;
    if (outcome.kind !== 'granted') this.missing = { kind: 'rejected', clause: 'BOOT-12', why };
    return { buffer: new ArrayBuffer(bytes), byteOffset: 0 };
  }
}

/**
 * Starts a machine from firmware's table: finds the sizes of nodes and zones, makes boot memory, allocates the state of each
 * zone from it, retires it, and hands high memory over. Rejects a machine that cannot be made or has too little memory.
 * `reclaimerFor` is called once the zones are known.
 * @clause SIZE-1 @clause RETIRE-1 @clause HAND-1 @linux init/main.c start_kernel
 */
export function startKernel<R extends Reclaimer>(
  firmware: Firmware,
  reclaimerFor: (machine: Machine) => R,
  options: StartOptions,
): Running<R> | BadShape {
  const size = setupMemory(firmware);
  const pageSize = pageSizeOf(firmware);
  const machine = machineWith(freeAreaInit(size), { ...options, pageSize });
  const image = runOf(options.image, pageSize);
  const kept = keptBy(options, pageSize);
  const opened = bootmemOf(size, image, kept, pageSize, options.zero);
  if (opened.kind === 'rejected') return opened;
  const { bootmem, twice } = opened;

  const places = new Places(bootmem, options.regionAt);
  const reclaimer = reclaimerFor(machine);
  const made = createMachine(machine, reclaimer, options.clearPage, (bytes) => places.give(bytes));
  if (made.kind === 'rejected') return made;
  if (places.missing !== undefined) return places.missing;
  const { memory, misaligned } = made;
  const retirement = bootmem.freeAllBootmem(memory.doors());
  if (retirement.kind !== 'retired') {
    return { kind: 'rejected', clause: retirement.clause, why: `retirement was answered ${retirement.misuse}` };
  }
  const high = handOverHigh(memory, size, [image, ...kept.map(({ run }) => run)]);
  const low = retirement.free + retirement.map;
  return { kind: 'running', machine, memory, reclaimer, bootmem: retirement.bootmem, low, high, misaligned, twice };
}
