/** Whether a mutant is reached: what is never carried out is the same for no reason. */
const REACHED = 'reachedMutant';

const notes = globalThis as typeof globalThis & { [REACHED]?: boolean };

/** A block, or what ends as a statement does, and is none of an expression's. */
const isStatement = (was: string): boolean => was.endsWith(';') || was.startsWith('{');

/** Returns a mutant's code, noting that it is reached. */
export const noted = (was: string, becomes: string): string => {
  const note = `globalThis.${REACHED} = true`;
  return isStatement(was) ? `{ ${note}; ${becomes} }` : `(${note}, ${becomes})`;
};

/** Reports whether a mutant is reached while something is done. */
export function isReachedBy(act: () => void): boolean {
  notes[REACHED] = false;
  act();
  return notes[REACHED];
}
