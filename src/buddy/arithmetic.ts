// How a number of pages becomes an order.
import { order } from '../words/unit.ts';
import type { Order } from '../../protocol/index.ts';

/** Returns the smallest order whose blocks hold `pages` pages, at least 1. @clause BLOCK-3 @linux include/asm-i386/page.h get_order */
export function getOrder(pages: number): Order {
  return order(32 - Math.clz32(pages - 1));
}
