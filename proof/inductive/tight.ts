/** Obligations that must fail, one for each hypothesis and each toggle that is left out. */

import { HYPOTHESES, pose } from './obligation.ts';
import { decide } from './solve.ts';
import { drawFailure } from './model/picture.ts';
import type { Obligation } from './obligation.ts';
import type { Solver } from './solve.ts';

/** Obligations that must fail, and what is wrong with each. */
export const LOOSE: readonly (Obligation & { readonly why: string })[] = [
  ...(['free', 'allocate'] as const).flatMap((operation) => [
    ...HYPOTHESES.map((without) => ({
      operation,
      top: 2,
      without,
      why: `${operation}, and it is not known: ${without}`,
    })),
    {
      operation,
      top: 2,
      bitOfAllocated: true as const,
      why: `${operation}, the bit read as the exclusive or of the allocated flags`,
    },
  ]),
  ...(['no-toggle-when-it-stops', 'no-toggle-when-it-joins'] as const).map((slip) => ({
    operation: 'free' as const,
    top: 2,
    slip,
    why: `free with ${slip.replaceAll('-', ' ')}`,
  })),
  ...(['no-toggle-when-taken', 'no-toggle-when-split'] as const).map((slip) => ({
    operation: 'allocate' as const,
    top: 2,
    slip,
    why: `allocate with ${slip.replaceAll('-', ' ')}`,
  })),
];

/** Returns a picture of how each of them fails. Throws if one does not. */
export async function failures(solver: Solver): Promise<readonly string[]> {
  const pictures: string[] = [];
  for (const loose of LOOSE) {
    const posed = pose(loose);
    const answer = await decide(solver, posed);
    if (answer.kind === 'unsat') throw new Error(`it holds although it must not: ${loose.why}`);
    pictures.push(`${loose.why}\n${drawFailure(loose, posed, answer)}`);
  }
  return pictures;
}
