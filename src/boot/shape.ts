// The reasons for which the nodes of boot memory, or the region for their state, are refused.
import { MAX_PAGES, isWholeNumber, refuse, refuseRegion } from '../buddy/shape.ts';
import { bootmemBootmapPages } from './data.ts';
import { pageSizeOf } from '../words/page-size.ts';
import type { BadShape } from '../buddy/shape.ts';
import type { BootNode } from '../../protocol/index.ts';
import type { Region } from '../buddy/region.ts';

/** An address that is past any memory. */
const PAST_ALL = 2 ** 52;

/** The smallest and the largest pages. */
const [SMALLEST, LARGEST] = [2 ** 10, 2 ** 20];

/** Reports whether a number is a power of two. */
export const isPowerOfTwo = (n: number): boolean => {
  let power = 1;
  while (power < n) power *= 2;
  return power === n;
};

const nameOf = ({ start, end, map }: BootNode): string => `the node of pages ${start} to ${end} with its map at ${map}`;

function badNode(node: BootNode): string | undefined {
  const { start, end, map } = node;
  const size = pageSizeOf(node);
  if (!isWholeNumber(size, SMALLEST, LARGEST) || !isPowerOfTwo(size))
    return `${nameOf(node)} has pages of ${size} bytes, which is no power of two from ${SMALLEST} to ${LARGEST}`;
  const past = PAST_ALL / size;
  if (!isWholeNumber(end, 1, past)) return `${nameOf(node)} does not end at a page from 1 to ${past}`;
  if (!isWholeNumber(start, Math.max(0, end - MAX_PAGES), end - 1))
    return `${nameOf(node)} has not from 1 to ${MAX_PAGES} pages`;
  const pages = bootmemBootmapPages(end - start, size);
  return isWholeNumber(map, start, end - pages)
    ? undefined
    : `${nameOf(node)} does not hold the ${pages} pages of its map`;
}

/**
 * Returns what is wrong with nodes, or with the region for their state; undefined if both are right.
 * @clause BOOT-15
 * @departure BOOT-LIMITS nodes have at most 2^28 pages, hold their maps and are apart; the kernel checks none of this
 */
export function refuseNodes(
  nodes: readonly BootNode[],
  region: Region,
  bytesOf: (nodes: readonly BootNode[]) => number,
): BadShape | undefined {
  const [one] = nodes;
  if (one === undefined) return refuse('BOOT-15', 'there is no node');
  for (const [at, node] of nodes.entries()) {
    const bad = badNode(node);
    if (bad !== undefined) return refuse('BOOT-15', bad);
    if (pageSizeOf(node) !== pageSizeOf(one))
      return refuse('BOOT-15', `${nameOf(node)} has pages of another size than ${nameOf(one)}`);
    const other = nodes.slice(0, at).find(({ start, end }) => node.start < end && start < node.end);
    if (other !== undefined) return refuse('BOOT-15', `${nameOf(node)} overlaps ${nameOf(other)}`);
  }
  return refuseRegion(region, bytesOf(nodes), 'the nodes need');
}
