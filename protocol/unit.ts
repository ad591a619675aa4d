/**
 * The numbers that get confused, and cannot be: each is a number at run time and a type of its own to the compiler.
 * They say what a number counts, never that it is in bounds: `spec` and the allocator's public face say that.
 */
declare const unit: unique symbol;
type Unit<Name extends string> = number & { readonly [unit]: Name };

/** A block of order k is 2^k frames. From 0; the bound is the arena's number of orders. */
export type Order = Unit<'order'>;

/** A page frame counted from its zone's first frame. */
export type FrameIndex = Unit<'frame index'>;

/** A page frame number: counted from physical address 0, whatever the zone. What crosses every public border. */
export type Pfn = Unit<'page frame number'>;

/** A physical address in bytes. */
export type ByteAddress = Unit<'byte address'>;

/** A node, counted from 0: a bank of memory, and the processors beside it. */
export type NodeId = Unit<'node'>;

/** What a request permits: its zone modifiers, and what may be done to fill it. */
export type Gfp = Unit<'gfp mask'>;

declare const zoneless: unique symbol;
/** A mask without zone modifiers: what one may be added to. */
export type ZonelessGfp = Gfp & { readonly [zoneless]: true };

/** What the kernel knows of the task that asks. */
export type TaskFlags = Unit<'task flags'>;

/** Where the kernel sees a page of low memory, in bytes. */
export type VirtualAddress = Unit<'virtual address'>;
