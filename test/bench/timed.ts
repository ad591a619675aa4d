/**
 * A run in slices, each of the same operations whenever the run is repeated: how long each took, and how many operations all
 * of them are. Where a run is not repeated alike, one operation of it is the slice.
 */
export interface Timed {
  readonly nanoseconds: readonly number[];
  readonly operations: number;
  /** What was granted, as a checksum, where all who are compared must have been granted the same. */
  readonly checksum?: string;
}

/** Returns a run that is not repeated alike as the time of one operation. */
export const perOperation = (nanoseconds: number, operations: number): Timed => ({
  nanoseconds: [nanoseconds / operations],
  operations: 1,
});

/** Returns each slice by the fastest of its runs. */
const slicesOf = (runs: readonly Timed[]): readonly number[] =>
  (runs[0]?.nanoseconds ?? []).map((_, at) => Math.min(...runs.map(({ nanoseconds }) => nanoseconds[at] ?? NaN)));

/** Nanoseconds of one operation in the slice that takes longest, of those that have as many operations as a whole one. */
export const slowest = (runs: readonly Timed[], slice: number): number =>
  Math.max(...slicesOf(runs).slice(0, Math.floor((runs[0]?.operations ?? 0) / slice))) / slice;

/**
 * Nanoseconds of one operation, each slice by the fastest of its runs: what else a machine does makes some slices of every run
 * slower, and none faster.
 */
export function fastest(runs: readonly Timed[]): number {
  const [first] = runs;
  if (first === undefined) return NaN;
  return slicesOf(runs).reduce((sum, slice) => sum + slice, 0) / first.operations;
}

/** Returns the nanoseconds of processor time of all threads: time that other processes take is not counted. */
export function processorSince(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from);
  return 1000 * (user + system);
}

/** Operations of a slice, here and in C: few enough to pass undisturbed, enough to be timed. */
export const SLICE = 50_000;

/** The first operation of a slice, and the one after its last. */
export type Bounds = readonly [from: number, end: number];

/** Gives the bounds of one slice after the other, and times what is done with each, in processor time. */
export function* sliced(operations: number, nanoseconds: number[], slice: number = SLICE): Generator<Bounds> {
  for (let from = 0; from < operations; from += slice) {
    const start = process.cpuUsage();
    yield [from, Math.min(from + slice, operations)];
    nanoseconds.push(processorSince(start));
  }
}
