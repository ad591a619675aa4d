// Units: numbers that count different things are different types here, and only these functions give a number its unit.
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

/** The key under which the protocol's units carry their names. */
type Key = Exclude<keyof Order, keyof number>;

/**
 * A number that has the unit `Name` or none. Arithmetic gives a number without a unit, so the core computes without casts, and
 * the emitted code has none; but a number of any other unit, weak or of the protocol, does not fit.
 */
type Weak<Name extends string> = number & Partial<Readonly<Record<Key, Name>>>;

/** A page of a zone, by its index: a `FrameIndex`, or what arithmetic on one gives. */
export type Page = Weak<'frame index'>;

/** The head of a list: the node that stands before its first entry. */
export type ListHead = Weak<'list head'>;

/** A bit of a map, counted from the map's first bit. */
export type BitIndex = Weak<'bit index'>;

/** A page of boot memory's node, counted from the node's first. The node's map has one bit per page, so this is also that bit. */
export type NodePage = BitIndex;

/** A number of pages, blocks or users. */
export type Count = Weak<'count'>;

/** A page on the lists of the page cache, counted through all zones of a machine. */
export type CacheIndex = Weak<'cache index'>;

/** An array of 32-bit words whose elements have the unit `U`. */
export type Words<U extends number> = Int32Array & Record<number, U>;

/** Declares the unit of an array's elements. */
export const wordsOf = <U extends number>(words: Int32Array): Words<U> => words as Words<U>;

/** Declares a number to be an order. Like all functions below it states the unit and checks no bounds. */
export const order = (n: number): Order => n as Order;

/** Declares a number to be a page counted from its zone's first. */
export const frameIndex = (n: number): FrameIndex => n as FrameIndex;

/** Declares a number to be a page frame number. */
export const pfn = (n: number): Pfn => n as Pfn;

/** Declares a number to be a physical address in bytes. */
export const byteAddress = (n: number): ByteAddress => n as ByteAddress;

/** Declares a number to be an element of an owner table. */
export const owner = (n: number): Owner => n as Owner;

/** Declares bytes to be the elements of an owner table. */
export const ownersOf = (bytes: Int8Array): ArrayLike<Owner> => bytes as ArrayLike<number> as ArrayLike<Owner>;

/** Declares a number to be a node. */
export const nodeId = (n: number): NodeId => n as NodeId;

/** Declares a number to be a request's mask. */
export const gfp = (n: number): Gfp => n as Gfp;

/** Declares a number to be a request's mask without zone modifiers. */
export const zonelessGfp = (n: number): ZonelessGfp => n as ZonelessGfp;

/** Declares a number to be the flags of a task. */
export const taskFlags = (n: number): TaskFlags => n as TaskFlags;

/** Declares a number to be a kernel address. */
export const virtualAddress = (n: number): VirtualAddress => n as VirtualAddress;
