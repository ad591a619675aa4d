import type { FrameIndex, Order, Pfn } from '../protocol/index.ts';

/** The only place in `invariants` where a number gets a unit. Minting says what is counted, not that it is in bounds. */
export const order = (n: number): Order => n as Order;
export const frameIndex = (n: number): FrameIndex => n as FrameIndex;
export const pfn = (n: number): Pfn => n as Pfn;
