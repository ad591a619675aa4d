import { bootmemBytes, byteAddress, createAllocator, createBootmem, order, pfn, regionBytes } from '../../src/index.ts';
import { drawBoot } from './draw.ts';
import type { Allocator, Bootmem } from '../../src/index.ts';
import type { BootNodeObservation, BootNode } from '../../protocol/index.ts';

const PAGE = 4096;
const ORDERS = 5;

/** What first fit and the buddy system looked at for one request, the same of both. */
export interface Scan {
  /** Small blocks that were in use at the start of memory. */
  readonly blocks: number;
  /** Bits of the boot map that 2.4.22's search tests. */
  readonly bits: number;
  /** Free lists that the buddy system looks at. */
  readonly lists: number;
}

/**
 * The bits that 2.4.22 tests in search of a run of pages, counted on a map as it is: from each page on, one page after the
 * other, until one is taken. Ours passes what is taken a word at a time, and finds the same.
 */
export function bitsTested({ bits, end, start }: BootNodeObservation, count: number): number {
  const isTaken = (page: number): boolean => (((bits[page >> 5] ?? 0) >>> (page & 31)) & 1) === 1;
  let tested = 0;
  for (let first = 0; first < end - start; first++) {
    let run = 0;
    while (run < count && first + run < end - start) {
      tested++;
      if (isTaken(first + run)) break;
      run++;
    }
    if (run === count) break;
  }
  return tested;
}

/** The lists that `rmqueue` looks at: from the order asked for to the first that has a block. */
function listsLookedAt(allocator: Allocator, of: number): number {
  const { arena, links } = allocator.observe();
  for (let at = of; at < arena.orders; at++) {
    const head = arena.pages + at;
    if (links[2 * head] !== head) return at - of + 1;
  }
  return arena.orders - of;
}

const nodeOf = (pages: number): BootNode => ({ start: pfn(0), end: pfn(pages), map: pfn(pages - 1) });

function bootmemOf(pages: number): Bootmem {
  const node = nodeOf(pages);
  const created = createBootmem([node], { buffer: new ArrayBuffer(bootmemBytes([node])), byteOffset: 0 });
  if (created.kind === 'rejected') throw new Error(created.why);
  created.bootmem.freeBootmem(byteAddress(0), (pages - 1) * PAGE);
  return created.bootmem;
}

function zoneOf(pages: number): Allocator {
  const region = { buffer: new ArrayBuffer(regionBytes('2.4', pages, ORDERS)), byteOffset: 0 };
  const created = createAllocator({ kernel: '2.4', base: pfn(0), pages, orders: ORDERS, holes: [] }, region);
  if (created.kind === 'rejected') throw new Error(created.why);
  for (let page = 0; page < pages - 1; page++) created.allocator.handOver(pfn(page));
  return created.allocator;
}

/** Both allocators with so many single pages in use and as many free between them. */
function chequered(pages: number, blocks: number): { bootmem: Bootmem; allocator: Allocator } {
  const bootmem = bootmemOf(pages);
  const allocator = zoneOf(pages);
  const taken: number[] = [];
  for (let n = 0; n < 2 * blocks; n++) {
    bootmem.allocBootmemLowPages(PAGE);
    const outcome = allocator.allocate(order(0));
    if (outcome.kind === 'granted') taken.push(outcome.head);
  }
  for (let n = 1; n < 2 * blocks; n += 2) {
    bootmem.freeBootmem(byteAddress(n * PAGE), PAGE);
    allocator.free(pfn(taken[n] ?? 0), order(0));
  }
  return { bootmem, allocator };
}

/** What a request for two pages costs both, with ever more small blocks before the first run of two. */
export function scans(pages: number, blocks: readonly number[]): readonly Scan[] {
  return blocks.map((count) => {
    const { allocator, bootmem } = chequered(pages, count);
    const [node] = bootmem.observe().nodes;
    return { blocks: count, bits: node === undefined ? 0 : bitsTested(node, 2), lists: listsLookedAt(allocator, 1) };
  });
}

/** First fit as memory fills with small blocks at its start: a map of it, and what a request looks at, beside the buddy system. */
export function demoFirstFit(): string {
  const { bootmem } = chequered(128, 40);
  const drawn = bootmem.observe().nodes.map(drawBoot);
  const rows = scans(16_384, [0, 10, 100, 1000, 8000]).map(
    ({ bits, blocks, lists }) =>
      `    ${String(blocks).padStart(6)}  ${String(bits).padStart(21)}  ${String(lists).padStart(15)}`,
  );
  return [
    'Every other page at the start of memory is taken by a small block. A request for two pages must pass them all:',
    '',
    ...drawn,
    '',
    'What it looks at, in 64 MiB: first fit tests bits of its map; the buddy system looks at the heads of free lists.',
    '',
    '    blocks  bits tested by 2.4.22  lists looked at',
    ...rows,
  ].join('\n');
}
