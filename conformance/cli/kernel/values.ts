/** What stands after an option, read and checked. */
import { InvalidArgumentError } from 'commander';
import { sizeOf } from '../../firmware/size.ts';
import type { Kept } from '../../firmware/table.ts';

/** Reads a whole number within bounds. */
export function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const n = Number(text);
    if (/^\d+$/.test(text) && n >= least && n <= most) return n;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** Reads a mask, as a kernel prints it. */
export function bits(text: string): number {
  if (/^(?:0x[0-9a-f]{1,8}|\d{1,9})$/iu.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a mask such as 0x20.');
}

/** Reads a size in bytes, as a kernel's command line has it. */
export function bytes(text: string): number {
  const size = sizeOf(text);
  if (size !== undefined) return size;
  throw new InvalidArgumentError('It must be a number of bytes such as 0x100000, 640K, 64M or 1G.');
}

/** Reads NAME=SIZE@START. */
export function kept(text: string, before: readonly Kept[]): readonly Kept[] {
  const [, name = '', size = '', at = ''] = /^([^=]{1,100})=([^@]+)@(.+)$/u.exec(text) ?? [];
  const [count, from] = [sizeOf(size), sizeOf(at)];
  if (name !== '' && count !== undefined && from !== undefined) return [...before, { name, from, end: from + count }];
  throw new InvalidArgumentError('It must be NAME=SIZE@START, such as initrd=217K@0x1f00000.');
}
