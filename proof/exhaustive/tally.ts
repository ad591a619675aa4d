/** Counts of steps, and time. */
/** How many steps of each kind an exploration took, out of how many states, and how long it did. */
export interface Tally {
  readonly states: number;
  readonly grants: number;
  readonly frees: number;
  readonly handOvers: number;
  readonly seconds: number;
  /** Of processor time, which a busy machine does not stretch. */
  readonly processor: number;
}

/** Steps that changed the state. */
export const transitions = ({ grants, frees, handOvers }: Tally): number => grants + frees + handOvers;

/** Returns the result of a function and the seconds that it took. */
export function timed<T>(what: () => T): readonly [T, number] {
  const from = performance.now();
  const result = what();
  return [result, (performance.now() - from) / 1000];
}

/** Returns the seconds of processor time that this process has used. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
