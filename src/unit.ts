import type { FrameIndex, Order, Owner, Pfn } from '../protocol/index.ts';

/** The only place in `src` where a number gets a unit. Minting says what is counted, not that it is in bounds. */
export const order = (n: number): Order => n as Order;
export const frameIndex = (n: number): FrameIndex => n as FrameIndex;
export const pfn = (n: number): Pfn => n as Pfn;
export const owner = (n: number): Owner => n as Owner;
export const ownersOf = (bytes: Int8Array): ArrayLike<Owner> => bytes as ArrayLike<number> as ArrayLike<Owner>;
