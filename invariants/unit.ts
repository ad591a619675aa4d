/** The only file in `invariants` that gives a number a unit. A unit says what a number counts, not that it is in bounds. */
import type { FrameIndex, Order, Pfn } from '../protocol/index.ts';

export const order = (n: number): Order => n as Order;
export const frameIndex = (n: number): FrameIndex => n as FrameIndex;
export const pfn = (n: number): Pfn => n as Pfn;
