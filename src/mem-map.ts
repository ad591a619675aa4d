import { stray } from './bug.ts';
import { owner as ownerFrom } from './unit.ts';
import type { Owner } from '../protocol/index.ts';

/** One 32-bit field of every page, or one counter of every order. @linux include/linux/mm.h struct page */
export type Field = Int32Array;

/**
 * Whose every page is, in a byte.
 * @clause STATE-1 @departure OWNER the kernel keeps no such thing, and detects hardly any misuse
 */
export type OwnerTable = Int8Array;

export function get(field: Field, index: number): number {
  const value = field[index];
  if (value === undefined) stray('page field', index);
  return value;
}

export function put(field: Field, index: number, value: number): void {
  if (index >= field.length) stray('page field', index);
  field[index] = value;
}

export function add(field: Field, index: number, difference: number): void {
  field[index] = get(field, index) + difference;
}

export function ownerAt(owners: OwnerTable, index: number): Owner {
  const owner = owners[index];
  if (owner === undefined) stray('owner', index);
  return ownerFrom(owner);
}

export function setOwner(owners: OwnerTable, index: number, owner: Owner): void {
  owners[index] = owner;
}
