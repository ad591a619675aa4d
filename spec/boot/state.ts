import { byteAddress, pfn } from '../unit.ts';
import type { BootNode, ByteAddress, Pfn } from '../../protocol/index.ts';

/** Bytes from the first up to, not including, the second. */
export type Span = readonly [from: number, to: number];

/** A node's memory while it boots: which bytes are taken, and where the last grant ended. */
export interface Bootmem {
  readonly node: BootNode;
  /** The bytes that are reserved or granted, as spans that are sorted and apart. */
  readonly taken: readonly Span[];
  /** The end of the last grant; the node's first byte, where there was none. */
  readonly end: ByteAddress;
  readonly retired: boolean;
}

/** Every node, in the order in which they were initialised. */
export type Boot = readonly Bootmem[];

/** Bytes in a page. */
export const PAGE = 4096;
const PAGES_OF_A_BYTE = 8;

/** The first byte of a page. */
export const addressOf = (page: Pfn): ByteAddress => byteAddress(page * PAGE);

/** The page that a byte lies in. */
export const pageAround = (address: number): Pfn => pfn(Math.floor(address / PAGE));

/** The first multiple of an alignment that is not below a number. */
export const alignedUp = (n: number, align: number): number => Math.ceil(n / align) * align;

/** Pages that hold so many bytes. */
export const pagesOf = (bytes: number): number => Math.ceil(bytes / PAGE);

/** The pages that a map of so many pages takes, at a bit for each. */
export const mapPagesOf = ({ start, end }: BootNode): number => pagesOf(Math.ceil((end - start) / PAGES_OF_A_BYTE));

/** The node's bytes. */
export const bytesOf = ({ start, end }: BootNode): Span => [addressOf(start), addressOf(end)];

/** The bytes of the pages that the map lies in. @clause BOOT-11 */
export const mapOf = (node: BootNode): Span => [addressOf(node.map), addressOf(pfn(node.map + mapPagesOf(node)))];

/** The whole pages that a range touches. @clause BOOT-3 */
export const outward = (address: number, size: number): Span => [
  addressOf(pageAround(address)),
  alignedUp(address + size, PAGE),
];

/** The pages that lie wholly in a range, as bytes: none, where the first is not below the second. @clause BOOT-2 */
export const inward = (address: number, size: number): Span => [
  alignedUp(address, PAGE),
  addressOf(pageAround(address + size)),
];

/** The pages of a span of whole pages. */
export const pagesIn = ([from, to]: Span): readonly Pfn[] =>
  Array.from({ length: Math.max(0, (to - from) / PAGE) }, (_, n) => pfn(from / PAGE + n));

const meets = ([from, to]: Span, [first, end]: Span): boolean => from < end && first < to;

/** The first taken span that has a byte of this one. */
export const takenIn = ({ taken }: Bootmem, span: Span): Span | undefined => taken.find((one) => meets(one, span));

/** Whether any byte of a page is taken: the bit that Linux keeps of it. @clause BOOT-10 */
export const isPageTaken = (state: Bootmem, page: Pfn): boolean =>
  takenIn(state, [addressOf(page), addressOf(page) + PAGE]) !== undefined;

/** Whether a span lies in the node, none of its bytes is taken, and it keeps off the map. @clause BOOT-10 @clause BOOT-11 */
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

/** A node as it starts. @clause BOOT-1 */
export const bootmem = (node: BootNode): Bootmem => ({
  node,
  taken: [bytesOf(node)],
  end: addressOf(node.start),
  retired: false,
});

/** The state after a range was reserved. @clause BOOT-3 @clause BOOT-5 */
export const reserve = (state: Bootmem, address: number, size: number): Bootmem => ({
  ...state,
  taken: withSpan(state.taken, outward(address, size)),
});

/** The state after a range was freed. @clause BOOT-2 */
export function liberate(state: Bootmem, address: number, size: number): Bootmem {
  const [from, to] = inward(address, size);
  return from < to ? { ...state, taken: without(state.taken, [from, to]) } : state;
}

/** The state after memory was granted. */
export const grant = (state: Bootmem, address: number, size: number): Bootmem => ({
  ...state,
  taken: withSpan(state.taken, [address, address + size]),
  end: byteAddress(address + size),
});

/** What is left of the page that the last grant ended in; undefined, where that is nothing, or is taken or free as a page. @clause FIT-2 */
export function restOf(state: Bootmem): Span | undefined {
  const { end, taken } = state;
  const rest: Span = [end, alignedUp(end, PAGE)];
  const isLast = taken.some(([from, to]) => from < end && to === end);
  return rest[0] < rest[1] && isLast ? rest : undefined;
}

/** The pages that retirement hands over, in its order: those without a taken byte, then those of the map. @clause RETIRE-1 @clause RETIRE-2 @clause RETIRE-6 */
export function handedOver(state: Bootmem): { readonly free: readonly Pfn[]; readonly map: readonly Pfn[] } {
  const free = pagesIn(bytesOf(state.node)).filter((page) => !isPageTaken(state, page));
  return { free, map: pagesIn(mapOf(state.node)) };
}

/** What Linux remembers of the last grant: the page that it ended in, and where in it, 0 standing for its end. @clause FIT-2 */
export function lastOf(state: Bootmem): { readonly lastPos: number; readonly lastOffset: number } {
  const { end, node } = state;
  const last = end === addressOf(node.start) ? node.start : pageAround(end - 1);
  return { lastPos: last - node.start, lastOffset: restOf(state) === undefined ? 0 : end % PAGE };
}
