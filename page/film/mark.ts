/** What is marked in the picture of a step. */
import type { Film } from '../../protocol/index.ts';
import type { Mark } from '../draw/tree.ts';

/** Returns what a step marks in a row. */
export function markOf(film: Film, step: number, ground: number): Mark | undefined {
  const at = film.steps[step - 1]?.at;
  if (at?.ground !== ground) return undefined;
  const wrong = step === film.steps.length && film.refuted !== undefined;
  return { first: at.first, count: at.count, wrong };
}
