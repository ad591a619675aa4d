import { pfn } from '../../../unit.ts';
import type { Alignment, Arena, Run } from '../../../../protocol/index.ts';
import type { Hello } from '../../../judge/subject.ts';
import type { Shape } from '../case.ts';

export const alignmentOf = ({ features }: Hello): Alignment => (features.has('align:absolute') ? 'absolute' : 'base');

/** Whether each frame of a shape, from its base on, lies in one of the runs. */
function covered({ base, pages }: Shape, runs: readonly Run[]): readonly boolean[] {
  const frames = new Array<boolean>(pages).fill(false);
  for (const [first, count] of runs) frames.fill(true, first - base, first - base + count);
  return frames;
}

/** Runs of the frames that are marked. */
export function runsOf(base: number, frames: readonly boolean[]): readonly Run[] {
  const runs: Run[] = [];
  let first = -1;
  for (let n = 0; n <= frames.length; n++) {
    if (frames[n] === true) {
      if (first < 0) first = n;
    } else if (first >= 0) {
      runs.push([pfn(base + first), n - first]);
      first = -1;
    }
  }
  return runs;
}

/** The arena that is judged: what the shape asks for, less what it reserves and what the subject cannot hand out. */
export function arenaOf(shape: Shape, usable: readonly Run[] | 'all', alignment: Alignment): Arena {
  const { base, pages, orders, reserved } = shape;
  const kept = covered(shape, reserved);
  const within = usable === 'all' ? undefined : covered(shape, usable);
  const holes = kept.map((taken, n) => taken || within?.[n] === false);
  return { base, pages, orders, alignment, holes: runsOf(base, holes) };
}

export const isPowerOfTwo = (n: number): boolean => Number.isInteger(Math.log2(n));
