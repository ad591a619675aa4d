import type { ByteAddress, Order, Pfn } from '../protocol/index.ts';

/** A number as an order. This file is the only place in `conformance` where a number gets a unit. */
export const order = (n: number): Order => n as Order;
/** A number as a page frame number. */
export const pfn = (n: number): Pfn => n as Pfn;
export const byteAddress = (n: number): ByteAddress => n as ByteAddress;
