/** The only file in `spec` that gives a number a unit. A unit says what a number counts, not that it is in bounds. */
import type { ByteAddress, Gfp, NodeId, Order, Pfn, TaskFlags } from '../protocol/index.ts';

/** Returns a number as an order. */
export const order = (n: number): Order => n as Order;

/** Returns a number as a page frame number. */
export const pfn = (n: number): Pfn => n as Pfn;

/** Returns a number as a physical address in bytes. */
export const byteAddress = (n: number): ByteAddress => n as ByteAddress;

/** Returns a number as a node. */
export const nodeId = (n: number): NodeId => n as NodeId;

/** Returns a number as the mask of a request. */
export const gfp = (n: number): Gfp => n as Gfp;

/** Returns a number as the flags of a task. */
export const taskFlags = (n: number): TaskFlags => n as TaskFlags;
