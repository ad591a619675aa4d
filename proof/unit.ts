/** The one file of proof that gives numbers their units. */

import type { ByteAddress, Order, Pfn } from '../protocol/index.ts';

/** The only place in `proof` where a number gets a unit. Minting says what is counted, not that it is in bounds. */
export const order = (n: number): Order => n as Order;
export const pfn = (n: number): Pfn => n as Pfn;
export const byteAddress = (n: number): ByteAddress => n as ByteAddress;
