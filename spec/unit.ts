import type { Order, Pfn } from '../protocol/index.ts';

/** The only place in `spec` where a number gets a unit. */
export const order = (n: number): Order => n as Order;
export const pfn = (n: number): Pfn => n as Pfn;
