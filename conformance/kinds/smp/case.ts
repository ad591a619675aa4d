/** A case of several threads: an arena, and rounds of scripts that are carried out at once. */
import type { Order } from '../../../protocol/index.ts';
import type { Shape } from '../buddy/case.ts';

/** One step of a script. A slot is a number that names an allocation of the case. */
export type SmpOperation =
  | { readonly kind: 'allocate'; readonly order: Order; readonly slot: number }
  | { readonly kind: 'free'; readonly slot: number };

/** What one thread does in a round, one operation after another; at least one. */
export type SmpScript = readonly SmpOperation[];

/** Scripts that begin together, each in a thread of its own. The next round begins after all of them have ended. */
export type Round = readonly SmpScript[];

/** An arena, and what is done to it. */
export interface SmpCase {
  readonly shape: Shape;
  readonly rounds: readonly Round[];
}

/** Returns all operations of a case, in the sequence in which it is written down. */
export const operationsOf = ({ rounds }: Pick<SmpCase, 'rounds'>): readonly SmpOperation[] => rounds.flat(2);

/** Returns how many threads a case needs. */
export const threadsIn = ({ rounds }: Pick<SmpCase, 'rounds'>): number =>
  rounds.reduce((most, { length }) => Math.max(most, length), 0);

/** Returns rounds without scripts that have no operation, and without those that have no script then. */
export const nonEmpty = (rounds: readonly Round[]): readonly Round[] =>
  rounds.map((round) => round.filter(({ length }) => length > 0)).filter(({ length }) => length > 0);

/**
 * Returns rounds in which every free has its allocation before it: in an earlier round, or earlier in the same script; and every
 * slot is freed once. What is left without operations is left out.
 */
export function wellFormed(rounds: readonly Round[]): readonly Round[] {
  const granted = new Set<number>();
  const freed = new Set<number>();
  const isRight = (operation: SmpOperation, known: Set<number>): boolean => {
    if (operation.kind === 'allocate') return known.add(operation.slot).size > 0;
    if (!known.has(operation.slot) || freed.has(operation.slot)) return false;
    return freed.add(operation.slot).size > 0;
  };
  const kept = rounds.map((round): Round => {
    const scripts = round.map((script) => {
      const known = new Set(granted);
      return script.filter((operation) => isRight(operation, known));
    });
    for (const operation of scripts.flat()) if (operation.kind === 'allocate') granted.add(operation.slot);
    return scripts;
  });
  return nonEmpty(kept);
}
