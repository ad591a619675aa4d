// Boot memory's public face: the functions by which the kernel's own callers know it.
import { exhausted, rejected } from './answer.ts';
import { NOWHERE, allocBootmemCore, allocRest } from './alloc.ts';
import { pageSizeOf } from '../words/page-size.ts';
import { bootmemBytes, carveBootmem, isRetired } from './data.ts';
import { byteAddress, pfn } from '../words/unit.ts';
import { freeAllBootmemCore, refuseRetirement } from './retire.ts';
import { freeBootmemCore, initBootmemCore, isAddress, isSize, reserveBootmemCore } from './reserve.ts';
import { observeBootmem } from './observe.ts';
import { isPowerOfTwo, refuseNodes } from './shape.ts';
import type { BadShape } from '../buddy/shape.ts';
import type {
  BootMisuse,
  BootNode,
  BootObservation,
  BootOutcome,
  BootRejection,
  ByteAddress,
  Pfn,
} from '../../protocol/index.ts';
import type { BootmemData } from './data.ts';
import type { Door } from './retire.ts';
import type { Region } from '../buddy/region.ts';

/** The alignment of small requests, in bytes. @linux include/asm-i386/cache.h SMP_CACHE_BYTES */
export const SMP_CACHE_BYTES = 32;

/** The end of the memory that old devices reach, and the usual goal. @linux include/asm-i386/dma.h MAX_DMA_ADDRESS */
export const MAX_DMA_ADDRESS: ByteAddress = byteAddress(16 * 2 ** 20);

const START = byteAddress(0);

/** Clears memory that was granted: the port by which `Bootmem` writes to memory. @clause BOOT-13 */
export type Zero = (address: ByteAddress, count: number) => void;

/** Boot memory after its retirement: it can be observed, and nothing else. @clause RETIRE-4 */
export interface RetiredBootmem {
  observe(): BootObservation;
}

/** The pages handed over by retiring every node, and what is left of boot memory; or why nothing has changed. */
export type Retirement =
  | { readonly kind: 'retired'; readonly free: number; readonly map: number; readonly bootmem: RetiredBootmem }
  | BootRejection;

/** Boot memory's public face: the kernel's functions for machines of one node, and those that name a node. */
export class Bootmem {
  readonly #nodes: readonly BootmemData[];
  readonly #observation: BootObservation;
  readonly #zero: Zero;
  /** Bytes in a page, of every node. */
  readonly #pageSize: number;

  constructor(nodes: readonly BootmemData[], zero: Zero) {
    this.#nodes = nodes;
    this.#observation = observeBootmem(nodes);
    this.#zero = zero;
    this.#pageSize = pageSizeOf(nodes[0] ?? {});
  }

  /** Reserves every page that a range of the first node touches. @clause BOOT-3 @linux mm/bootmem.c reserve_bootmem */
  reserveBootmem(address: ByteAddress, size: number): BootOutcome {
    return this.reserveBootmemNode(0, address, size);
  }

  /** Reserves every page that a range of one node touches. @clause BOOT-3 @linux mm/bootmem.c reserve_bootmem_node */
  reserveBootmemNode(node: number, address: ByteAddress, size: number): BootOutcome {
    const bdata = this.#nodes[node];
    return bdata === undefined ? rejected('no-such-node') : reserveBootmemCore(bdata, address, size);
  }

  /** Frees the pages that lie wholly in a range of the first node. @clause BOOT-2 @linux mm/bootmem.c free_bootmem */
  freeBootmem(address: ByteAddress, size: number): BootOutcome {
    return this.freeBootmemNode(0, address, size);
  }

  /** Frees the pages that lie wholly in a range of one node. @clause BOOT-2 @linux mm/bootmem.c free_bootmem_node */
  freeBootmemNode(node: number, address: ByteAddress, size: number): BootOutcome {
    const bdata = this.#nodes[node];
    return bdata === undefined ? rejected('no-such-node') : freeBootmemCore(bdata, address, size);
  }

  /** Grants `size` bytes for any purpose, above 16 MiB if possible. @linux include/linux/bootmem.h alloc_bootmem */
  allocBootmem(size: number): BootOutcome {
    return this.allocBootmemAt(size, SMP_CACHE_BYTES, MAX_DMA_ADDRESS);
  }

  /** Grants `size` bytes, as low as possible. @linux include/linux/bootmem.h alloc_bootmem_low */
  allocBootmemLow(size: number): BootOutcome {
    return this.allocBootmemAt(size, SMP_CACHE_BYTES, START);
  }

  /** Grants `size` bytes at the start of a page, above 16 MiB if possible. @linux include/linux/bootmem.h alloc_bootmem_pages */
  allocBootmemPages(size: number): BootOutcome {
    return this.allocBootmemAt(size, this.#pageSize, MAX_DMA_ADDRESS);
  }

  /** Grants `size` bytes at the start of a page, as low as possible. @linux include/linux/bootmem.h alloc_bootmem_low_pages */
  allocBootmemLowPages(size: number): BootOutcome {
    return this.allocBootmemAt(size, this.#pageSize, START);
  }

  /** Grants `size` bytes of one node, above 16 MiB if possible. @linux include/linux/bootmem.h alloc_bootmem_node */
  allocBootmemNode(node: number, size: number): BootOutcome {
    return this.allocBootmemNodeAt(node, size, SMP_CACHE_BYTES, MAX_DMA_ADDRESS);
  }

  /** Grants `size` bytes of one node at the start of a page, above 16 MiB if possible. @linux include/linux/bootmem.h alloc_bootmem_pages_node */
  allocBootmemPagesNode(node: number, size: number): BootOutcome {
    return this.allocBootmemNodeAt(node, size, this.#pageSize, MAX_DMA_ADDRESS);
  }

  /** Grants `size` bytes of one node at the start of a page, as low as possible. @linux include/linux/bootmem.h alloc_bootmem_low_pages_node */
  allocBootmemLowPagesNode(node: number, size: number): BootOutcome {
    return this.allocBootmemNodeAt(node, size, this.#pageSize, START);
  }

  /**
   * Grants `size` bytes at a multiple of `align`, a power of two, from the goal on if possible; tries the node initialised last first.
   * @clause BOOT-7 @clause BOOT-12 @clause FIT-4 @clause RETIRE-4 @linux mm/bootmem.c __alloc_bootmem
   * @departure NO-PANIC a request that no node meets is answered `exhausted`; the kernel prints that, and panics
   */
  allocBootmemAt(size: number, align: number, goal: ByteAddress): BootOutcome {
    const nodes = this.#nodes.filter((bdata) => !isRetired(bdata));
    return nodes.length === 0 ? rejected('retired') : this.#allocate(nodes.toReversed(), size, align, goal);
  }

  /** Grants the same from one node alone. @clause BOOT-8 @clause RETIRE-4 @linux mm/bootmem.c __alloc_bootmem_node */
  allocBootmemNodeAt(node: number, size: number, align: number, goal: ByteAddress): BootOutcome {
    const bdata = this.#nodes[node];
    if (bdata === undefined) return rejected('no-such-node');
    return isRetired(bdata) ? rejected('retired') : this.#allocate([bdata], size, align, goal);
  }

  /**
   * Retires every node: hands its memory over to zones. Changes nothing unless every node can be retired.
   * @clause RETIRE-1 @clause RETIRE-4 @linux mm/bootmem.c free_all_bootmem
   */
  freeAllBootmem(zones: readonly Door[]): Retirement {
    const misuses = this.#nodes.map((bdata) => refuseRetirement(bdata, zones));
    const misuse = misuses.find((one) => one !== undefined);
    if (misuse !== undefined) return rejected(misuse);
    const outcomes = this.#nodes.map((bdata) => freeAllBootmemCore(bdata, zones));
    const sum = (of: 'free' | 'map'): number => outcomes.reduce((all, outcome) => all + outcome[of], 0);
    const observation = this.#observation;
    return { kind: 'retired', free: sum('free'), map: sum('map'), bootmem: { observe: () => observation } };
  }

  /** Retires one node: hands its memory over to zones. @clause RETIRE-1 @linux mm/bootmem.c free_all_bootmem_node */
  freeAllBootmemNode(node: number, zones: readonly Door[]): BootOutcome {
    const bdata = this.#nodes[node];
    if (bdata === undefined) return rejected('no-such-node');
    const misuse = refuseRetirement(bdata, zones);
    return misuse === undefined ? freeAllBootmemCore(bdata, zones) : rejected(misuse);
  }

  /** Returns all that boot memory holds; it changes as boot memory does. */
  observe(): BootObservation {
    return this.#observation;
  }

  /**
   * Grants bytes of the first of these nodes that has room, then of the rest of a last page.
   * @clause BOOT-7 @clause BOOT-13
   * @departure ALIGN-ZERO an alignment of 0 is rejected as any that is no power of two; the kernel lets it pass, and grants bytes twice
   * @departure NO-WRAP sizes, goals and sums do not wrap; a size near 2^32 becomes no pages at all in the kernel
   */
  #allocate(nodes: readonly BootmemData[], size: number, align: number, goal: ByteAddress): BootOutcome {
    const misuse = refuseRequest(size, align, goal);
    if (misuse !== undefined) return rejected(misuse);
    let address: ByteAddress | typeof NOWHERE = NOWHERE;
    for (const bdata of nodes) if (address === NOWHERE) address = allocBootmemCore(bdata, size, align, goal);
    for (const bdata of nodes) if (address === NOWHERE) address = allocRest(bdata, size, align);
    if (address === NOWHERE) return exhausted;
    this.#zero(address, size);
    return { kind: 'granted', address };
  }
}

/** Returns what is wrong with a request; undefined if nothing is. @clause BOOT-7 */
function refuseRequest(size: number, align: number, goal: ByteAddress): BootMisuse | undefined {
  if (!isSize(size)) return 'no-such-size';
  if (!isSize(align) || !isPowerOfTwo(align)) return 'no-such-alignment';
  return isAddress(goal) ? undefined : 'no-such-address';
}

/** Boot memory, or why its nodes or its region are refused. */
export type BootmemCreated = { readonly kind: 'created'; readonly bootmem: Bootmem } | BadShape;

/**
 * Makes the boot memory of these nodes in a region of `bootmemBytes(nodes)` bytes, with every page reserved. Initialises the
 * nodes in the order given. `zero` clears memory that was granted; without it, granted memory is not cleared.
 * @clause BOOT-1 @clause BOOT-13 @clause BOOT-15 @linux mm/bootmem.c init_bootmem_node
 * @departure ZERO-PORT memory is cleared through a port, since there is none here; the kernel writes to it
 */
export function createBootmem(
  nodes: readonly BootNode[],
  region: Region,
  zero: Zero = () => undefined,
): BootmemCreated {
  const bad = refuseNodes(nodes, region, bootmemBytes);
  if (bad !== undefined) return bad;
  const all = carveBootmem(nodes, region);
  for (const bdata of all) initBootmemCore(bdata);
  return { kind: 'created', bootmem: new Bootmem(all, zero) };
}

/** Makes the boot memory of a machine with one node: pages 0 to `pages`, with the map at page `start`. @clause BOOT-1 @linux mm/bootmem.c init_bootmem */
export const initBootmem = (start: Pfn, pages: number, region: Region, zero?: Zero): BootmemCreated =>
  createBootmem([{ start: pfn(0), end: pfn(pages), map: start }], region, zero);
