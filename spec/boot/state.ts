/** The state of boot memory, and how commands change it. */
import { byteAddress, pfn } from '../unit.ts';
import type { BootNode, ByteAddress, Paged, Pfn } from '../../protocol/index.ts';

/** The bytes from `from` up to, but not including, `to`. */
export type Span = readonly [from: number, to: number];

/** The memory of a node during boot: which bytes are taken, and the end of the last grant. */
export interface Bootmem {
  readonly node: BootNode;
  /** The bytes that are reserved or granted, as spans that are sorted and apart. */
  readonly taken: readonly Span[];
  /** The end of the last grant; the node's first byte if there was none. */
  readonly end: ByteAddress;
  readonly retired: boolean;
}

/** Every node, in the order in which they were initialised. */
export type Boot = readonly Bootmem[];

/** The number of bytes in a page of i386. */
export const PAGE = 4096;

/** Returns the number of bytes in a page of a node or of a machine. */
export const pageSizeOf = ({ pageSize = PAGE }: Paged): number => pageSize;

/** The number of pages that a byte of the bitmap has bits for. */
const PAGES_OF_A_BYTE = 8;

/** Returns the address of the first byte of a page. */
export const addressOf = (page: Pfn, size: number = PAGE): ByteAddress => byteAddress(page * size);

/** Returns the page that a byte lies in. */
export const pageAround = (address: number, size: number = PAGE): Pfn => pfn(Math.floor(address / size));

/** Returns the first multiple of an alignment at or above a number. */
export const alignedUp = (n: number, align: number): number => Math.ceil(n / align) * align;

/** Returns the number of pages of a size that hold that many bytes. */
export const pagesOf = (bytes: number, size: number): number => Math.ceil(bytes / size);

/** Returns the number of pages that the bitmap of a node takes, with one bit per page. */
export const mapPagesOf = (node: BootNode): number =>
  pagesOf(Math.ceil((node.end - node.start) / PAGES_OF_A_BYTE), pageSizeOf(node));

/** Returns the bytes of a node. */
export const bytesOf = (node: BootNode): Span => [
  addressOf(node.start, pageSizeOf(node)),
  addressOf(node.end, pageSizeOf(node)),
];

/** Returns the bytes of the pages that hold the bitmap. @clause BOOT-11 */
export const mapOf = (node: BootNode): Span => [
  addressOf(node.map, pageSizeOf(node)),
  addressOf(pfn(node.map + mapPagesOf(node)), pageSizeOf(node)),
];

/** Returns a range extended outward to whole pages: those that it touches. @clause BOOT-3 */
export const outward = (address: number, size: number, page: number): Span => [
  addressOf(pageAround(address, page), page),
  alignedUp(address + size, page),
];

/** Returns a range reduced inward to whole pages: those that lie wholly in it. There is none if `from` is not below `to`. @clause BOOT-2 */
export const inward = (address: number, size: number, page: number): Span => [
  alignedUp(address, page),
  addressOf(pageAround(address + size, page), page),
];

/** Returns the pages of a span of whole pages; none if it ends before it begins. */
export const pagesIn = ([from, to]: Span, page: number = PAGE): readonly Pfn[] =>
  Array.from({ length: (to - from) / page }, (_, n) => pfn(from / page + n));

const meets = ([from, to]: Span, [first, end]: Span): boolean => from < end && first < to;

/** Returns the first taken span that shares a byte with this one. */
export const takenIn = ({ taken }: Bootmem, span: Span): Span | undefined => taken.find((one) => meets(one, span));

/** Reports whether any byte of a page is taken: the bit that Linux keeps of the page. @clause BOOT-10 */
export function isPageTaken(state: Bootmem, page: Pfn): boolean {
  const size = pageSizeOf(state.node);
  const from = addressOf(page, size);
  return takenIn(state, [from, from + size]) !== undefined;
}

/** Reports whether a span lies in the node, has no byte that is taken, and none of the bitmap. @clause BOOT-10 @clause BOOT-11 */
export function isFree(state: Bootmem, [from, to]: Span): boolean {
  const [first, end] = bytesOf(state.node);
  if (from < first || to > end || meets([from, to], mapOf(state.node))) return false;
  return takenIn(state, [from, to]) === undefined;
}

const without = (taken: readonly Span[], [from, to]: Span): readonly Span[] =>
  taken.flatMap(([first, end]): readonly Span[] => {
    const rests: readonly Span[] = [
      [first, Math.min(end, from)],
      [Math.max(first, to), end],
    ];
    return rests.filter(([one, other]) => one < other);
  });

const withSpan = (taken: readonly Span[], span: Span): readonly Span[] =>
  [...without(taken, span), span].toSorted(([one], [other]) => one - other);

/** Returns a node as it starts. @clause BOOT-1 */
export const bootmem = (node: BootNode): Bootmem => ({
  node,
  taken: [bytesOf(node)],
  end: addressOf(node.start, pageSizeOf(node)),
  retired: false,
});

/** Returns the state after a range was reserved. @clause BOOT-3 @clause BOOT-5 */
export const reserve = (state: Bootmem, address: number, size: number): Bootmem => ({
  ...state,
  taken: withSpan(state.taken, outward(address, size, pageSizeOf(state.node))),
});

/** Returns the state after a range was freed. @clause BOOT-2 */
export function liberate(state: Bootmem, address: number, size: number): Bootmem {
  const [from, to] = inward(address, size, pageSizeOf(state.node));
  return from < to ? { ...state, taken: without(state.taken, [from, to]) } : state;
}

/** Returns the state after memory was granted. */
export const grant = (state: Bootmem, address: number, size: number): Bootmem => ({
  ...state,
  taken: withSpan(state.taken, [address, address + size]),
  end: byteAddress(address + size),
});

/** Returns the rest of the page in which the last grant ended; undefined if nothing is left of it, or if that grant does not end a taken span any more. @clause FIT-2 */
export function restOf(state: Bootmem): Span | undefined {
  const { end, node, taken } = state;
  const rest: Span = [end, alignedUp(end, pageSizeOf(node))];
  const isLast = taken.some(([, to]) => to === end);
  return rest[0] < rest[1] && isLast ? rest : undefined;
}

/** Returns the pages that retirement hands over, in this order: those without a taken byte, then those of the bitmap. @clause RETIRE-1 @clause RETIRE-2 @clause RETIRE-6 */
export function handedOver(state: Bootmem): { readonly free: readonly Pfn[]; readonly map: readonly Pfn[] } {
  const { node } = state;
  const free = pagesIn(bytesOf(node), pageSizeOf(node)).filter((page) => !isPageTaken(state, page));
  return { free, map: pagesIn(mapOf(node), pageSizeOf(node)) };
}

/** Returns what Linux remembers of the last grant: the page that it ended in, and how many bytes of that page are in use, 0 if all are. @clause FIT-2 */
export function lastOf(state: Bootmem): { readonly lastPos: number; readonly lastOffset: number } {
  const { end, node } = state;
  const size = pageSizeOf(node);
  const last = end === addressOf(node.start, size) ? node.start : pageAround(end - 1, size);
  return { lastPos: last - node.start, lastOffset: restOf(state) === undefined ? 0 : end % size };
}
