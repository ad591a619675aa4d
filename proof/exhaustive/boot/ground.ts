/** The nodes of boot memory that are explored, and what is asked of them. */
import { bootmem } from '../../../spec/index.ts';
import { byteAddress, pfn } from '../../unit.ts';
import type { BootCommand, BootNode } from '../../../protocol/index.ts';

const { PAGE } = bootmem;

/** One node, what is asked of it in every state, and which states are gone on from. */
export interface BootGround {
  readonly node: BootNode;
  /** A state is gone on from where its last grant ends so far into a page; 0, where it has no rest. */
  readonly offsets: readonly number[];
  /** What of a state is told apart: the words that the code keeps of it, or each byte that is taken. */
  readonly by: 'words' | 'bytes';
  readonly commands: readonly BootCommand[];
}

/** How much is asked: where ranges begin and end beside the start of a page, sizes, and how goals lie in their page. */
interface Asked {
  readonly beside: readonly number[];
  readonly sizes: readonly number[];
  readonly alignments: readonly number[];
  readonly goals: readonly number[];
}

/** 4000 and 96 are a page and multiples of 32, 1 and 4095 are a page, and so are 2048 twice. */
const SIZES = [1, 96, 2048, 4000, 4095, 4096, 4097, 8192];
const ALIGNMENTS = [1, 32, 4096, 8192, 16_384];

export const ALL: Asked = { beside: [-1, 0, 1], sizes: SIZES, alignments: ALIGNMENTS, goals: [0, 1] };
export const FEWER: Asked = { beside: [0], sizes: [1, 2048, 4096, 4097], alignments: [1, 8192], goals: [0] };

/** What no range, no request and no node can be. */
const FAR = 2 ** 52;
const BAD_SIZES = [0, -1, 0.5, FAR];
const BAD_ADDRESSES = [-1, 0.5, FAR];
const BAD_ALIGNMENTS = [0, 3, -4096, 0.5, FAR];
const BAD_NODES = [-1, 1];

const reserve = (address: number, size: number, node = 0): BootCommand => ({
  kind: 'reserve',
  node,
  address: byteAddress(address),
  size,
});

const free = (address: number, size: number, node = 0): BootCommand => ({
  kind: 'free',
  node,
  address: byteAddress(address),
  size,
});

const allocate = (size: number, align: number, goal: number, node: number | 'any' = 0): BootCommand => ({
  kind: 'allocate',
  node,
  size,
  align,
  goal: byteAddress(goal),
});

export const retire = (node = 0): BootCommand => ({ kind: 'retire', node });

/** Reserving and freeing from each place of the node, or of a page beside it, up to each behind it. */
function ranges({ start, end }: BootNode, beside: readonly number[]): readonly BootCommand[] {
  const pages = Array.from({ length: end - start + 3 }, (_, n) => start - 1 + n);
  const places = pages.flatMap((page) => beside.map((by) => page * PAGE + by));
  return places.flatMap((from) =>
    places.filter((to) => to > from).flatMap((to) => [reserve(from, to - from), free(from, to - from)]),
  );
}

/** Requests of every size and alignment, with goals in each page and beyond; and once to whichever node there is. */
function requests({ start, end }: BootNode, { sizes, alignments, goals }: Asked): readonly BootCommand[] {
  const pages = Array.from({ length: end - start + 1 }, (_, n) => start + n);
  const all = [...new Set([0, ...pages.flatMap((page) => goals.map((by) => page * PAGE + by))])];
  return sizes.flatMap((size) =>
    alignments.flatMap((align) => [
      ...all.map((goal) => allocate(size, align, goal)),
      allocate(size, align, start * PAGE, 'any'),
    ]),
  );
}

/** What is never legal, whatever the state. */
function illegal({ start }: BootNode): readonly BootCommand[] {
  const at = start * PAGE;
  return [
    ...BAD_SIZES.flatMap((size) => [
      reserve(at, size),
      free(at, size),
      allocate(size, 1, at),
      allocate(size, 1, at, 'any'),
    ]),
    ...BAD_ADDRESSES.flatMap((bad) => [reserve(bad, 1), free(bad, 1), allocate(1, 1, bad)]),
    ...BAD_ALIGNMENTS.map((align) => allocate(1, align, at)),
    ...BAD_NODES.flatMap((node) => [reserve(at, 1, node), free(at, 1, node), allocate(1, 1, at, node), retire(node)]),
  ];
}

/** One of each kind, to be rejected by a node that is retired. */
export const afterwards = ({ start }: BootNode): readonly BootCommand[] => [
  reserve(start * PAGE, PAGE),
  free(start * PAGE, PAGE),
  allocate(1, 1, 0),
  allocate(1, 1, 0, 'any'),
  retire(),
];

/** A node of so many pages from a page on, its map so many pages behind that. */
export function bootGround(start: number, pages: number, map: number, asked: Asked, by: BootGround['by']): BootGround {
  const node: BootNode = { start: pfn(start), end: pfn(start + pages), map: pfn(start + map) };
  return {
    node,
    offsets: [...new Set([0, ...asked.sizes.map((size) => size % PAGE)])],
    by,
    commands: [...ranges(node, asked.beside), ...requests(node, asked), ...illegal(node)],
  };
}

/** Nodes of so many pages, from page 0 and from page 3 on, with the map in each of their pages. */
export const bootGrounds = (pages: number, asked: Asked, by: BootGround['by'] = 'words'): readonly BootGround[] =>
  [0, 3].flatMap((start) => Array.from({ length: pages }, (_, map) => bootGround(start, pages, map, asked, by)));

/**
 * How many states a node has by its words: any pages taken, where the last grant has no rest, and ended in a page that is not
 * of the map, or in the first, as at the start; and where it has one, its page taken, and any others.
 */
export function bootStatesOf({ node: { end, map, start }, offsets }: BootGround): number {
  const pages = end - start;
  const last = map === start ? pages : pages - 1;
  return 2 ** pages * last + (offsets.length - 1) * (pages - 1) * 2 ** (pages - 1);
}
