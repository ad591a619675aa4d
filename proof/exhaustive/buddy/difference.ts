/** A difference between what is seen and what must be, and how a state is drawn. */
import { carve, regionBytes } from '../../../src/buddy/region.ts';
import type { Ground } from './ground.ts';

/** Two facts that cannot both hold, at one step out of one state. */
export interface Difference {
  readonly state: string;
  readonly step: string;
  readonly facts: readonly [string, string];
}

/** Thrown at the first difference: what is refuted need not be explored further. */
export class Refuted extends Error {
  readonly difference: Difference;

  constructor(difference: Difference) {
    super(`${difference.step} in ${difference.state}: ${difference.facts.join(', but ')}`);
    this.difference = difference;
  }
}

export const refute = (state: string, step: string, ...facts: readonly [string, string]): never => {
  throw new Refuted({ state, step, facts });
};

/** A state by its frames: outstanding blocks by their order, `.` free, `-` a hole, `b` boot memory's. */
export function drawOwners(owners: ArrayLike<number>, from: number, pages: number): string {
  let text = '';
  let end = 0;
  for (let frame = 0; frame < pages; frame++) {
    const owner = owners[from + frame] ?? 0;
    if (owner >= 0) {
      text += String(owner);
      end = frame + 2 ** owner;
    } else if (frame < end) text += '=';
    else text += owner === -4 ? '-' : owner === -3 ? 'b' : '.';
  }
  return `|${text}|`;
}

/** Which word of a region is what, in words. */
export function wordName({ kernel, arena }: Ground, word: number): string {
  const region = { buffer: new ArrayBuffer(regionBytes(kernel, arena.pages, arena.orders)), byteOffset: 0 };
  const arrays = carve(kernel, arena.pages, arena.orders, region);
  for (const [name, array] of Object.entries(arrays)) {
    const { byteOffset, byteLength } = array as Int32Array | Int8Array;
    if (4 * word >= byteOffset && 4 * word < byteOffset + Math.ceil(byteLength / 4) * 4) {
      return `${name} word ${word - byteOffset / 4}`;
    }
  }
  return `word ${word}`;
}
