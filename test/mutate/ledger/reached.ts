/** Whether a mutant is reached: what is never carried out is the same for no reason. */
import { mutatedText } from './text.ts';
import type { Edit } from '../../fault/sources.ts';
import type { Placed } from './ledger.js';

const REACHED = 'reachedMutant';

const notes = globalThis as typeof globalThis & { [REACHED]?: boolean };

/** A block, or what ends as a statement does, and is none of an expression's. */
const isStatement = (was: string): boolean => was.endsWith(';') || was.startsWith('{');

/** Returns a mutant's code, noting that it is reached. */
const noted = (was: string, becomes: string): string => {
  const note = `globalThis.${REACHED} = true`;
  return isStatement(was) ? `{ ${note}; ${becomes} }` : `(${note}, ${becomes})`;
};

/** Reports whether a mutant is reached while something is done. */
function isReachedBy(act: () => void): boolean {
  notes[REACHED] = false;
  act();
  return notes[REACHED];
}

/**
 * Returns what is said of a mutant's code by `opened`, which is looked at after it is opened; undefined if that does not reach the
 * mutant, or if either throws. What only opening reaches is not reached.
 */
export function saidOf(mutant: Placed, opened: (edit: Edit) => () => string): string | undefined {
  const { becomes, file, source, was } = mutant;
  const to = mutatedText({ ...mutant, becomes: noted(was, becomes) });
  let said: string | undefined;
  try {
    const look = opened({ file, from: source, to });
    const isReached = isReachedBy(() => (said = look()));
    return isReached ? said : undefined;
  } catch {
    return undefined;
  }
}
