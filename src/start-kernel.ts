import { PAGE_SIZE, bootmemBootmapPages, bootmemBytes } from './boot/data.ts';
import { byteAddress, pfn } from './words/unit.ts';
import { createBootmem } from './boot/bootmem.ts';
import { createMachine, machineWith } from './machine/create.ts';
import { setupMemory } from './boot/firmware.ts';
import type { BadShape } from './buddy/shape.ts';
import type { BootNode, Firmware, Machine, MachineSize, NodeSize, Run, UsableRange } from '../protocol/index.ts';
import type { Bootmem, RetiredBootmem, Zero } from './boot/bootmem.ts';
import type { MachineOptions } from './machine/create.ts';
import type { PhysicalMemory } from './machine/physical-memory.ts';
import type { Reclaimer } from './machine/reclaim.ts';
import type { Region } from './buddy/region.ts';

/** What is known of a machine before it boots, besides what firmware tells; the reclaimer is made when its zones are known. */
export interface StartOptions extends Omit<MachineOptions, 'limits'> {
  /** Where the kernel's own code and data lie: in low memory of the first node, as a rule. */
  readonly image: UsableRange;
  /** Where `bytes` that boot memory granted at an address can be written; without it they lie in a buffer of their own. */
  readonly regionAt?: (address: number, bytes: number) => Region;
  readonly zero?: Zero;
  readonly clearPage?: (frame: number) => void;
}

/** A machine that runs: its memory, and what is left of the boot memory that came before. */
export interface Running<R extends Reclaimer = Reclaimer> {
  readonly kind: 'running';
  readonly machine: Machine;
  readonly memory: PhysicalMemory;
  readonly reclaimer: R;
  readonly bootmem: RetiredBootmem;
  /** Pages handed over: low ones by boot memory's retirement, high ones one by one. */
  readonly low: number;
  readonly high: number;
}

const PAGE_0: Run = [pfn(0), 1];

function runOf({ address, size }: UsableRange): Run {
  const first = Math.floor(address / PAGE_SIZE);
  return [pfn(first), Math.ceil((address + size) / PAGE_SIZE) - first];
}

const endOf = ([first, count]: Run): number => first + count;

/** Pages that are not free when a machine starts: what firmware does not call usable, page 0, and the kernel's image. */
const takenPages = ({ nodes }: MachineSize, image: Run): readonly Run[] => [
  ...nodes.flatMap(({ zones }) => zones).flatMap((zone) => zone.holes),
  PAGE_0,
  image,
];

/** A node's low memory; its map lies behind the kernel's image, or where the node begins, or behind what is taken there. */
function bootNode({ maxLowPfn, minPfn }: NodeSize, image: Run, taken: readonly Run[]): BootNode | undefined {
  const pages = bootmemBootmapPages(maxLowPfn - minPfn);
  const isFree = (map: number): boolean =>
    map >= minPfn && map + pages <= maxLowPfn && taken.every((run) => endOf(run) <= map || map + pages <= run[0]);
  const map = [endOf(image), minPfn, ...taken.map(endOf)].find(isFree);
  return map === undefined ? undefined : { start: minPfn, end: maxLowPfn, map: pfn(map) };
}

/**
 * Frees a node's low memory, and takes back what is taken, and the map.
 * @linux arch/i386/kernel/setup.c setup_memory
 */
function openNode(bootmem: Bootmem, at: number, node: BootNode, taken: readonly Run[]): void {
  bootmem.freeBootmemNode(at, byteAddress(node.start * PAGE_SIZE), (node.end - node.start) * PAGE_SIZE);
  const map: Run = [node.map, bootmemBootmapPages(node.end - node.start)];
  for (const run of [...taken, map]) {
    const from = Math.max(run[0], node.start);
    const end = Math.min(endOf(run), node.end);
    if (from < end) bootmem.reserveBootmemNode(at, byteAddress(from * PAGE_SIZE), (end - from) * PAGE_SIZE);
  }
}

/** Frames of high memory are no boot memory's: they are freed one by one, the highest first. @linux arch/i386/mm/init.c set_highmem_pages_init */
function handOverHigh(memory: PhysicalMemory, { nodes }: MachineSize, image: Run): number {
  let high = 0;
  for (const { maxLowPfn, maxPfn } of nodes) {
    for (let frame = maxPfn - 1; frame >= maxLowPfn; frame--) {
      if (frame >= image[0] && frame < endOf(image)) continue;
      if (memory.handOver(pfn(frame)).kind === 'done') high++;
    }
  }
  return high;
}

/** Boot memory of a machine's nodes, with what is usable freed and what is used already taken. @clause BOOT-1 */
function bootmemOf(size: MachineSize, image: Run, zero: Zero | undefined): Bootmem | BadShape {
  const taken = takenPages(size, image);
  const low = size.nodes.filter(({ maxLowPfn, minPfn }) => maxLowPfn > minPfn);
  const nodes = low.flatMap((node) => bootNode(node, image, taken) ?? []);
  if (nodes.length < low.length) {
    return { kind: 'rejected', clause: 'BOOT-15', why: 'a node has no room for the map of its boot memory' };
  }
  const created = createBootmem(nodes, { buffer: new ArrayBuffer(bootmemBytes(nodes)), byteOffset: 0 }, zero);
  if (created.kind === 'rejected') return created;
  for (const [at, node] of nodes.entries()) openNode(created.bootmem, at, node, taken);
  return created.bootmem;
}

/** Memory for the state of zones, out of boot memory, as far as that goes. */
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
 * From firmware's table to a machine that runs: the sizes of things, boot memory, the state of each zone placed in it,
 * retirement, and high memory. Rejected where the machine cannot be made, or has no memory for what it needs.
 * @clause SIZE-1 @clause RETIRE-1 @clause HAND-1 @linux init/main.c start_kernel
 */
export function startKernel<R extends Reclaimer>(
  firmware: Firmware,
  reclaimerFor: (machine: Machine) => R,
  options: StartOptions,
): Running<R> | BadShape {
  const size = setupMemory(firmware);
  const zonesOf = ({ zones }: NodeSize): Machine['nodes'][number] => ({
    zones: zones.filter(({ pages }) => pages > 0),
  });
  const machine = machineWith(size.nodes.map(zonesOf), options);
  const image = runOf(options.image);
  const bootmem = bootmemOf(size, image, options.zero);
  if ('kind' in bootmem) return bootmem;

  const places = new Places(bootmem, options.regionAt);
  const reclaimer = reclaimerFor(machine);
  const made = createMachine(machine, reclaimer, options.clearPage, (bytes) => places.give(bytes));
  if (made.kind === 'rejected') return made;
  if (places.missing !== undefined) return places.missing;
  const { memory } = made;
  const retirement = bootmem.freeAllBootmem(memory.doors());
  if (retirement.kind !== 'retired') {
    return { kind: 'rejected', clause: retirement.clause, why: `retirement was answered ${retirement.misuse}` };
  }
  const high = handOverHigh(memory, size, image);
  const low = retirement.free + retirement.map;
  return { kind: 'running', machine, memory, reclaimer, bootmem: retirement.bootmem, low, high };
}
