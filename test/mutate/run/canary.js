import { readFileSync } from 'node:fs';

/** A mutant that every run has, and that must die in each, by a test: where it does not, the run sees nothing. */
export const CANARY = { file: 'src/buddy/buddy.ts', mutator: 'SkipToggle', was: 'zone.markUsed(page, order);' };

/** Reports whether a mutant is the canary. */
export const isCanary = ({ file, mutator, was }) =>
  file === CANARY.file && mutator === CANARY.mutator && was === CANARY.was;

/** Returns the line of the canary, as Stryker's `-m` wants it. Throws if it stands there no more. */
export function canaryLine() {
  const rows = readFileSync(CANARY.file, 'utf8').split('\n');
  const lines = rows.flatMap((row, n) => (row.trim() === CANARY.was ? [n + 1] : []));
  if (lines.length !== 1) throw new Error(`${CANARY.file} has '${CANARY.was}' in ${lines.length} lines, not in one`);
  return `${CANARY.file}:${lines[0]}-${lines[0]}`;
}

/** Returns what is wrong with the canary of a run; empty if it died by a test that failed. */
export function canaryLives(mutants) {
  const canary = mutants.find(isCanary);
  if (canary === undefined) return ['the canary was not run'];
  const isDead = canary.is === 'killed' && canary.killedBy?.length > 0;
  return isDead ? [] : [`the canary ${canary.is}: no test noticed that a toggle is left out`];
}
