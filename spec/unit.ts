import type { ByteAddress, Gfp, NodeId, Order, Pfn, TaskFlags } from '../protocol/index.ts';

/** A number as an order. The functions of this file are the only place in `spec` where a number gets a unit. */
export const order = (n: number): Order => n as Order;

/** A number as a page frame number. */
export const pfn = (n: number): Pfn => n as Pfn;

/** A number as a physical address in bytes. */
export const byteAddress = (n: number): ByteAddress => n as ByteAddress;

/** A number as a node. */
export const nodeId = (n: number): NodeId => n as NodeId;

/** A number as a request's mask. */
export const gfp = (n: number): Gfp => n as Gfp;

/** A number as the flags of a task. */
export const taskFlags = (n: number): TaskFlags => n as TaskFlags;
