/** The options of `npm run bench`, and how much is measured with them. */

const PARTS = ['judge', 'allocator', 'worst', 'found', 'boot', 'machine', 'lock', 'events', 'page'] as const;
export type Part = (typeof PARTS)[number];

/** How much is measured. Every time counts by the fastest: see `fastest` in timed.ts. */
export interface Amount {
  /** Processes for each contender: where the memory of a process lies can make it slower by a half. */
  readonly processes: number;
  /** Rounds in each process. Each contender has one turn in a round, because the speed of the machine varies. */
  readonly rounds: number;
  /** Operations on a trace. */
  readonly operations: number;
  /** Events of a kernel. */
  readonly events: number;
  /** Sizes of the arenas, in pages. */
  readonly pages: readonly number[];
  /** Sizes of the nodes of boot memory, in GiB. */
  readonly gibs: readonly number[];
}

/** The size that the targets are for: an arena of a machine, which fits into no cache. */
export const TARGET_PAGES: number = 2 ** 20;

const FULL: Amount = {
  processes: 4,
  rounds: 5,
  operations: 10_000_000,
  events: 2_000_000,
  pages: [2 ** 10, 2 ** 15, TARGET_PAGES],
  gibs: [1, 64],
};

/** Enough to see that everything runs; its figures say little. */
const QUICK: Amount = { processes: 1, rounds: 1, operations: 500_000, events: 100_000, pages: [2 ** 15], gibs: [1] };

export interface Options {
  readonly parts: readonly Part[];
  readonly amount: Amount;
  /** Whether to simulate a day of a machine under pressure, which takes a while. */
  readonly day: boolean;
  /** Whether to write BENCH.md: a run of everything does, any other only with `--write`. */
  readonly writes: boolean;
}

/** Reads the options; throws if there is one that does not exist. */
export function optionsIn(words: readonly string[]): Options {
  const known = [...PARTS.map((part) => `--${part}`), '--day', '--quick', '--write'];
  const strange = words.find((word) => !known.includes(word));
  if (strange !== undefined) throw new Error(`unknown option ${strange}; the options are ${known.join(' ')}`);
  const asked = PARTS.filter((part) => words.includes(`--${part}`));
  const [day, quick] = [words.includes('--day'), words.includes('--quick')];
  const isAll = asked.length === 0 && !day;
  return {
    parts: isAll ? PARTS : asked,
    amount: quick ? QUICK : FULL,
    day,
    writes: words.includes('--write') || (isAll && !quick),
  };
}
