/** What Linux answers to a command of boot memory, of all that is permitted. */
import { addressOf, alignedUp, bootmem, bytesOf, lastOf, mapPagesOf, pageAround, pageSizeOf } from './state.ts';
import { afterBoot, legalAnswer, placeInRest, runFrom } from './step.ts';
import { bootRejected, legalNode, nodesOf } from './misuse.ts';
import { byteAddress } from '../unit.ts';
import { isWhole } from '../arithmetic.ts';
import type { Boot, Bootmem } from './state.ts';
import type { BootCommand, BootNode, BootOutcome } from '../../protocol/index.ts';
import type { BootPermitted, Request } from './step.ts';
import type { Waits } from './misuse.ts';

/** The end of all memory, in bytes, and the bounds of a page's size. */
const PAST_ALL = 2 ** 52;
const [SMALLEST, LARGEST] = [2 ** 10, 2 ** 20];

/** Reports whether pages can be of a size: a power of two. */
const isPageSize = (size: number): boolean =>
  isWhole(size) && size >= SMALLEST && size <= LARGEST && 2 ** Math.round(Math.log2(size)) === size;

/** Reports whether nodes are valid: each has pages, all of one size, and holds its bitmap, and they are apart from one another. @clause BOOT-15 */
export const areNodes = (nodes: readonly BootNode[]): boolean =>
  nodes.length > 0 &&
  nodes.every(
    (node, at) =>
      [node.start, node.end, node.map].every(isWhole) &&
      node.start < node.end &&
      isPageSize(pageSizeOf(node)) &&
      pageSizeOf(node) === pageSizeOf(nodes[0] ?? node) &&
      node.end * pageSizeOf(node) <= PAST_ALL &&
      node.map >= node.start &&
      node.map + mapPagesOf(node) <= node.end &&
      nodes.slice(0, at).every(({ start, end }) => node.end <= start || end <= node.start),
  );

/** Returns nodes as they start. @clause BOOT-1 */
export const startBoot = (nodes: readonly BootNode[]): Boot => nodes.map(bootmem);

/** Returns the address where the search begins: the page of the first aligned byte at or after the goal. A goal outside the node is ignored. @clause FIT-1 */
function searchFrom({ node }: Bootmem, { align, goal }: Request): number {
  const [first, end] = bytesOf(node);
  const page = pageSizeOf(node);
  return goal >= first && goal < end ? addressOf(pageAround(alignedUp(goal, align), page), page) : first;
}

/** Returns the address that Linux grants in one node; undefined if it has no run of pages for the request. @clause FIT-1 @clause FIT-2 */
function placeIn(state: Bootmem, request: Request): number | undefined {
  const run = runFrom(state, searchFrom(state, request), request) ?? runFrom(state, bytesOf(state.node)[0], request);
  const page = pageSizeOf(state.node);
  const follows = run !== undefined && pageAround(run, page) === state.node.start + lastOf(state).lastPos + 1;
  return follows ? (placeInRest(state, request) ?? run) : run;
}

/** Answers a legal request. It tries the node initialised last first, and the rests of last pages after all nodes had no run. @clause FIT-3 @clause FIT-4 */
function answerOf(boot: Boot, request: Request): BootOutcome {
  const nodes = nodesOf(boot, request).toReversed();
  const [address] = [
    ...nodes.flatMap((state) => placeIn(state, request) ?? []),
    ...nodes.flatMap((state) => placeInRest(state, request) ?? []),
  ];
  return address === undefined ? { kind: 'exhausted' } : { kind: 'granted', address: byteAddress(address) };
}

/** Returns what Linux answers to a command, and the nodes after it. */
export function placeBoot(boot: Boot, command: BootCommand, waits: Waits): BootPermitted {
  const found = legalNode(boot, command, waits);
  if (typeof found === 'string') return { outcome: bootRejected(found), next: boot };
  const outcome = command.kind === 'allocate' ? answerOf(boot, command) : legalAnswer(found, command);
  return { outcome, next: afterBoot(boot, command, outcome) };
}
