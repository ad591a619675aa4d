/** The state of boot memory, and how commands change it. */
import { byteAddress, pfn } from '../unit.ts';
import type { BootNode, ByteAddress, Pfn } from '../../protocol/index.ts';

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

/** The number of bytes in a page. */
export const PAGE = 4096;

/** The number of pages that a byte of the bitmap has bits for. */
const PAGES_OF_A_BYTE = 8;

/** Returns the address of the first byte of a page. */
export const addressOf = (page: Pfn): ByteAddress => byteAddress(page * PAGE);

/** Returns the page that a byte lies in. */
export const pageAround = (address: number): Pfn => pfn(Math.floor(address / PAGE));

/** Returns the first multiple of an alignment at or above a number. */
export const alignedUp = (n: number, align: number): number => Math.ceil(n / align) * align;

/** Returns the number of pages that hold that many bytes. */
export const pagesOf = (bytes: number): number => Math.ceil(bytes / PAGE);

/** Returns the number of pages that the bitmap of a node takes, with one bit per page. */
export const mapPagesOf = ({ start, end }: BootNode): number => pagesOf(Math.ceil((end - start) / PAGES_OF_A_BYTE));

/** Returns the bytes of a node. */
export const bytesOf = ({ start, end }: BootNode): Span => [addressOf(start), addressOf(end)];

/** Returns the bytes of the pages that hold the bitmap. @clause BOOT-11 */
export const mapOf = (node: BootNode): Span => [addressOf(node.map), addressOf(pfn(node.map + mapPagesOf(node)))];

/** Returns a range extended outward to whole pages: those that it touches. @clause BOOT-3 */
export const outward = (address: number, size: number): Span => [
  addressOf(pageAround(address)),
  alignedUp(address + size, PAGE),
];

/** Returns a range reduced inward to whole pages: those that lie wholly in it. There is none if `from` is not below `to`. @clause BOOT-2 */
export const inward = (address: number, size: number): Span => [
  alignedUp(address, PAGE),
  addressOf(pageAround(address + size)),
];

/** Returns the pages of a span of whole pages. */
export const pagesIn = ([from, to]: Span): readonly Pfn[] =>
  Array.from({ length: Math.max(0, (to - from) / PAGE) }, (_, n) => pfn(from / PAGE + n));

const meets = ([from, to]: Span, [first, end]: Span): boolean => from < end && first < to;

/** Returns the first taken span that shares a byte with this one. */
export const takenIn = ({ taken }: Bootmem, span: Span): Span | undefined => taken.find((one) => meets(one, span));

/** Reports whether any byte of a page is taken: the bit that Linux keeps of the page. @clause BOOT-10 */
export const isPageTaken = (state: Bootmem, page: Pfn): boolean =>
  takenIn(state, [addressOf(page), addressOf(page) + PAGE]) !== undefined;

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
  end: addressOf(node.start),
  retired: false,
});

/** Returns the state after a range was reserved. @clause BOOT-3 @clause BOOT-5 */
export const reserve = (state: Bootmem, address: number, size: number): Bootmem => ({
  ...state,
  taken: withSpan(state.taken, outward(address, size)),
});

/** Returns the state after a range was freed. @clause BOOT-2 */
export function liberate(state: Bootmem, address: number, size: number): Bootmem {
  const [from, to] = inward(address, size);
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
  const { end, taken } = state;
  const rest: Span = [end, alignedUp(end, PAGE)];
  const isLast = taken.some(([from, to]) => from < end && to === end);
  return rest[0] < rest[1] && isLast ? rest : undefined;
}

/** Returns the pages that retirement hands over, in this order: those without a taken byte, then those of the bitmap. @clause RETIRE-1 @clause RETIRE-2 @clause RETIRE-6 */
export function handedOver(state: Bootmem): { readonly free: readonly Pfn[]; readonly map: readonly Pfn[] } {
  const free = pagesIn(bytesOf(state.node)).filter((page) => !isPageTaken(state, page));
  return { free, map: pagesIn(mapOf(state.node)) };
}

/** Returns what Linux remembers of the last grant: the page that it ended in, and how many bytes of that page are in use, 0 if all are. @clause FIT-2 */
export function lastOf(state: Bootmem): { readonly lastPos: number; readonly lastOffset: number } {
  const { end, node } = state;
  const last = end === addressOf(node.start) ? node.start : pageAround(end - 1);
  return { lastPos: last - node.start, lastOffset: restOf(state) === undefined ? 0 : end % PAGE };
}
