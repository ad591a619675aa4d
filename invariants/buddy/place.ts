/** How a counterexample names a place. Frames are named by page frame number, wherever the arena begins. */
import type { Arena, FrameIndex, Order } from '../../protocol/index.ts';
import type { Span } from './layer.ts';

export const frameName = ({ base }: Arena, frame: FrameIndex): string => `frame ${base + frame}`;

export const blockName = (arena: Arena, { head, order }: Span): string =>
  `order ${order} block at ${frameName(arena, head)}`;

export const pairName = (of: Order, pair: number): string => `order ${of} pair ${pair}`;

/** Names a node of the links: a frame, the head of a list, or neither. */
export function nodeName({ base, orders, pages }: Arena, node: number): string {
  if (node >= 0 && node < pages) return `frame ${base + node}`;
  return node >= pages && node < pages + orders ? `the head of list ${node - pages}` : `node ${node}`;
}
