import type { ByteAddress, Order, Pfn } from '../protocol/index.ts';

/** A number as an order. The functions of this file are the only place in `spec` where a number gets a unit. */
export const order = (n: number): Order => n as Order;

/** A number as a page frame number. */
export const pfn = (n: number): Pfn => n as Pfn;

/** A number as a physical address in bytes. */
export const byteAddress = (n: number): ByteAddress => n as ByteAddress;
