import type { Order, Pfn } from '../protocol/index.ts';

/** The only place in `conformance` where a number gets a unit: what came over a wire, or out of a generator. */
export const order = (n: number): Order => n as Order;
export const pfn = (n: number): Pfn => n as Pfn;
