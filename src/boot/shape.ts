import { bootmemBootmapPages } from './data.ts';
import type { BadShape } from '../buddy/shape.ts';
import type { BootNode, Clause } from '../../protocol/index.ts';
import type { Region } from '../buddy/region.ts';

const MOST_PAGES = 2 ** 28;
const PAST_ALL = 2 ** 40;

const wholeNumber = (n: number, least: number, most: number): boolean => Number.isInteger(n) && n >= least && n <= most;

const reject = (clause: Clause, why: string): BadShape => ({ kind: 'rejected', clause, why });

const nameOf = ({ start, end, map }: BootNode): string => `the node of pages ${start} to ${end} with its map at ${map}`;

function badNode(node: BootNode): string | undefined {
  const { start, end, map } = node;
  if (!wholeNumber(end, 1, PAST_ALL)) return `${nameOf(node)} does not end at a page from 1 to ${PAST_ALL}`;
  if (!wholeNumber(start, Math.max(0, end - MOST_PAGES), end - 1))
    return `${nameOf(node)} has not from 1 to ${MOST_PAGES} pages`;
  const pages = bootmemBootmapPages(end - start);
  return wholeNumber(map, start, end - pages)
    ? undefined
    : `${nameOf(node)} does not hold the ${pages} pages of its map`;
}

/**
 * What is wrong with nodes, or with the region for their state.
 * @clause BOOT-15 @clause MAKE-5
 * @departure BOOT-LIMITS nodes have at most 2^28 pages, hold their maps and are apart; the kernel looks at none of this
 */
export function refuseNodes(
  nodes: readonly BootNode[],
  region: Region,
  bytesOf: (nodes: readonly BootNode[]) => number,
): BadShape | undefined {
  if (nodes.length === 0) return reject('BOOT-15', 'there is no node');
  for (const [at, node] of nodes.entries()) {
    const bad = badNode(node);
    if (bad !== undefined) return reject('BOOT-15', bad);
    const other = nodes.slice(0, at).find(({ start, end }) => node.start < end && start < node.end);
    if (other !== undefined) return reject('BOOT-15', `${nameOf(node)} overlaps ${nameOf(other)}`);
  }
  const { buffer, byteOffset } = region;
  if (!wholeNumber(byteOffset, 0, buffer.byteLength) || byteOffset % 4 !== 0) {
    return reject(
      'MAKE-5',
      `byteOffset is ${byteOffset}, not a multiple of 4 within the buffer's ${buffer.byteLength} bytes`,
    );
  }
  const needed = bytesOf(nodes);
  const has = buffer.byteLength - byteOffset;
  return has < needed ? reject('MAKE-5', `the region has ${has} bytes, the nodes need ${needed}`) : undefined;
}
