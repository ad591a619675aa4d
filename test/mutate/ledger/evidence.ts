/** Evidence that a mutant changes nothing, made by a machine. */
import { Compiler } from './types.ts';
import { mutatedText } from './text.ts';
import { sameAsOriginal } from './agreement/agreement.ts';
import { sameInAllStates } from './states.ts';
import { sameInRange } from './range.ts';
import type { Evidence, Placed } from './ledger.js';

const compiler = new Compiler();

/** Makes evidence that a mutant changes nothing; undefined if there is none. The quickest kind is tried first. */
export async function evidenceOf(mutant: Placed): Promise<Evidence | undefined> {
  const error = compiler.errorOf(mutant.file, mutatedText(mutant));
  if (error !== undefined) return { kind: 'types', says: error };
  const inRange = await sameInRange(mutant);
  if (inRange !== undefined) return { kind: 'range', says: inRange };
  const same = sameInAllStates(mutant);
  if (same !== undefined) return { kind: 'states', says: same };
  const agreed = sameAsOriginal(mutant);
  return agreed === undefined ? undefined : { kind: 'agreement', says: agreed };
}
