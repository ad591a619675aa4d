/** What pictures say to those who hear them, and how numbers are written. */
import type { FilmBlock, FilmGround } from '../../protocol/index.ts';
import type { Row } from '../film/reel.ts';

/** Returns a whole number with its thousands apart. */
export const grouped = (n: number): string => n.toLocaleString('en-US');

/** Returns a range of frames in words. */
export const framesOf = (first: number, count: number): string =>
  count === 1 ? `frame ${first}` : `frames ${first} to ${first + count - 1}`;

/** Returns what a block of a row is, in words, or frames in no block. */
export function useOf({ glimpsed }: FilmGround, block: FilmBlock | undefined): string {
  if (block === undefined) return glimpsed === true ? 'unknown' : 'reserved';
  if (block[2] < 0) return 'free';
  return glimpsed === true ? `held since line ${block[2]}` : `allocation ${block[2]}`;
}

/** Frames of a window that are named one by one. */
const MOST_SAID = 40;

/** A part of a row, and what it is: a block, or reserved frames (`use` undefined). */
export interface Part {
  readonly first: number;
  readonly count: number;
  readonly block: FilmBlock | undefined;
}

/** Returns the parts of a row that lie in a window, ascending. */
export function partsOf({ blocks, ground }: Row, from: number, to: number): readonly Part[] {
  const parts: Part[] = [];
  let head = from;
  while (head < to) {
    const block = blockAround(blocks, ground, head);
    const end = block === undefined ? head + 1 : block[0] + 2 ** block[1];
    const first = block === undefined ? head : block[0];
    parts.push({ first, count: end - first, block });
    head = end;
  }
  return parts;
}

/** Returns the block that a frame lies in. */
export function blockAround(
  blocks: Row['blocks'],
  { orders, origin }: FilmGround,
  frame: number,
): FilmBlock | undefined {
  for (let order = 0; order < orders; order++) {
    const head = frame - ((frame - origin) % 2 ** order);
    const block = blocks.get(head);
    if (block?.[1] === order) return block;
  }
  return undefined;
}

/** Returns what a window of a row holds, in words. */
export function sayRow(row: Row, from: number, to: number): string {
  const parts = partsOf(row, from, to);
  const said = parts
    .slice(0, MOST_SAID)
    .map(({ block, count, first }) => `${framesOf(first, count)} ${useOf(row.ground, block)}`);
  return `${said.join('; ')}${parts.length > MOST_SAID ? `; and ${parts.length - MOST_SAID} more` : ''}`;
}

/** Returns how many frames of a row are free. */
export const freeOf = ({ lists }: Row): number => lists.reduce((sum, list, order) => sum + list.length * 2 ** order, 0);
