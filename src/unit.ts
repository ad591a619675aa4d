import type { ByteAddress, FrameIndex, Order, Owner, Pfn } from '../protocol/index.ts';

/**
 * A number as an order. The functions of this file are the only place in `src` where a number gets a unit; it says what is
 * counted, not that it is in bounds.
 */
export const order = (n: number): Order => n as Order;

/** A number as a page frame counted from its zone's first. */
export const frameIndex = (n: number): FrameIndex => n as FrameIndex;

/** A number as a page frame number. */
export const pfn = (n: number): Pfn => n as Pfn;

/** A number as a physical address in bytes. */
export const byteAddress = (n: number): ByteAddress => n as ByteAddress;

export const owner = (n: number): Owner => n as Owner;
export const ownersOf = (bytes: Int8Array): ArrayLike<Owner> => bytes as ArrayLike<number> as ArrayLike<Owner>;
