import type {
  ByteAddress,
  FrameIndex,
  Gfp,
  NodeId,
  Order,
  Owner,
  Pfn,
  TaskFlags,
  VirtualAddress,
  ZonelessGfp,
} from '../../protocol/index.ts';

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

/** A number as a node. */
export const nodeId = (n: number): NodeId => n as NodeId;

/** A number as a request's mask. */
export const gfp = (n: number): Gfp => n as Gfp;
export const zonelessGfp = (n: number): ZonelessGfp => n as ZonelessGfp;

/** A number as the flags of a task. */
export const taskFlags = (n: number): TaskFlags => n as TaskFlags;

/** A number as a kernel address. */
export const virtualAddress = (n: number): VirtualAddress => n as VirtualAddress;
