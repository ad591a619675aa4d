/**
 * The numbers that are easily confused: each is a number at run time, and a type of its own to the compiler.
 * A unit says what a number counts, never that it is in bounds: `spec` and the allocator's public functions check that.
 */
declare const unit: unique symbol;
type Unit<Name extends string> = number & { readonly [unit]: Name };

/** The order k of a block of 2^k page frames: 0 or more, and below the arena's number of orders. */
export type Order = Unit<'order'>;

/** A page frame counted from the first frame of its zone. */
export type FrameIndex = Unit<'frame index'>;

/** A page frame number: counted from physical address 0, in every zone. All public interfaces use it. */
export type Pfn = Unit<'page frame number'>;

/** A physical address in bytes. */
export type ByteAddress = Unit<'byte address'>;

/** A node, counted from 0: a bank of memory and the processors that are near it. */
export type NodeId = Unit<'node'>;

/** The mask of a request: which zones it may use, and what may be done to fill it. */
export type Gfp = Unit<'gfp mask'>;

declare const zoneless: unique symbol;
/** A mask without zone modifiers; one may be added to it. */
export type ZonelessGfp = Gfp & { readonly [zoneless]: true };

/** The flags of the task that makes a request. */
export type TaskFlags = Unit<'task flags'>;

/** The virtual address, in bytes, at which the kernel maps a page of low memory. */
export type VirtualAddress = Unit<'virtual address'>;

/** The size of pages, if it is not that of i386. */
export interface Paged {
  /** Bytes in a page, a power of two; 4096 if it is left out. */
  readonly pageSize?: number;
}
