/** Makes all mutants of some files, and sees of each whether the judge refutes it. */
import { answersIn, judgeIn, wrongIn } from './trial.ts';
import { build, copyOf } from './copy.ts';
import { join } from 'node:path';
import { mutantsOf, mutated } from './mutants.ts';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Copy } from './copy.ts';
import type { Fate, Plan } from './trial.ts';
import type { Mutant } from './mutants.ts';

/** Seconds of a build: of the original, and at least and at most of a mutant, which may take ten times as long as it. */
const [FIRST_BUILD, LEAST_BUILD, MOST_BUILD] = [600, 20, 120];

/** A mutant of one of the files, by its place. */
export interface Placed extends Mutant {
  readonly file: string;
  /** The text of the original. */
  readonly text: string;
}

/** A mutant, and what became of it. */
export interface Tried {
  readonly mutant: Placed;
  readonly fate: Fate;
}

/** Told after each mutant. */
export type Told = (tried: Tried, count: number, all: number) => void;

/** Returns every mutant of some files of a folder. */
export const placedIn = (folder: string, files: readonly string[]): readonly Placed[] =>
  files.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return (mutantsOf(file, text) ?? []).map((mutant) => ({ ...mutant, file, text }));
  });

/** A folder in which one mutant after the other is built and judged. */
class Bench {
  readonly #copy: Copy;
  readonly #plan: Plan;
  readonly #buildSeconds: number;
  readonly #original: () => Promise<string | undefined>;

  constructor(copy: Copy, plan: Plan, buildSeconds: number, original: () => Promise<string | undefined>) {
    this.#copy = copy;
    this.#plan = plan;
    this.#buildSeconds = buildSeconds;
    this.#original = original;
  }

  /** Builds and judges one mutant; puts the original back. */
  async try(mutant: Placed): Promise<Fate> {
    const path = join(this.#copy.folder, mutant.file);
    writeFileSync(path, mutated(mutant.text, mutant));
    try {
      return await this.#judge();
    } finally {
      writeFileSync(path, mutant.text);
    }
  }

  async #judge(): Promise<Fate> {
    const { folder } = this.#copy;
    const { build: line, stop } = this.#plan;
    const how = line === undefined ? undefined : await build(line, folder, this.#buildSeconds, stop);
    if (how !== undefined) return { kind: 'not built', how };
    const wrong = wrongIn(await judgeIn(folder, this.#plan));
    if (wrong !== undefined) return { kind: 'refuted', ...wrong };
    const [answers, right] = [await answersIn(folder, this.#plan), await this.#original()];
    return { kind: answers !== undefined && answers === right ? 'alike' : 'survived' };
  }
}

/** Why no mutant was made: the original is not built, or is refuted itself. */
export interface Unfit {
  readonly unfit: string;
}

/** Builds and judges the original in a copy; returns how long a mutant's build may take. */
async function tryOriginal(folder: string, plan: Plan): Promise<number | Unfit> {
  const from = performance.now();
  const how = plan.build === undefined ? undefined : await build(plan.build, folder, FIRST_BUILD, plan.stop);
  if (how !== undefined) return { unfit: `the build of the original failed: ${how}` };
  const seconds = (performance.now() - from) / 1000;
  const judgement = await judgeIn(folder, plan);
  const wrong = wrongIn(judgement);
  if (wrong?.by === 'inconclusive') return { unfit: 'the original is not seen to conform: give it more --time' };
  if (wrong !== undefined) return { unfit: `the original is refuted by ${wrong.by}: mend it, or leave out the claim` };
  if (judgement.kinds.length === 0) return { unfit: 'the original offers nothing that can be judged' };
  return Math.min(MOST_BUILD, Math.max(LEAST_BUILD, 10 * seconds));
}

/**
 * Tries every mutant of some files of a folder, several at once, each in a copy of the folder of its own; returns what became of
 * them in the sequence of their places. Those that an interrupt left out are not in it.
 */
export async function tryMutants(
  folder: string,
  mutants: readonly Placed[],
  plan: Plan,
  { jobs, told }: { readonly jobs: number; readonly told: Told },
): Promise<readonly Tried[] | Unfit> {
  const copies = [copyOf(folder)];
  try {
    const [first] = copies;
    if (first === undefined) return [];
    const seconds = await tryOriginal(first.folder, plan);
    if (typeof seconds !== 'number') return seconds;
    for (let n = 1; n < Math.min(jobs, mutants.length); n++) copies.push(copyOf(first.folder));
    const original = copyOf(first.folder);
    copies.push(original);
    let known: Promise<string | undefined> | undefined;
    const right = (): Promise<string | undefined> => (known ??= answersIn(original.folder, plan));
    return await deal(
      copies.slice(0, -1).map((copy) => new Bench(copy, plan, seconds, right)),
      mutants,
      plan,
      told,
    );
  } finally {
    for (const copy of copies) copy.remove();
  }
}

/** Deals the mutants to the benches, each the next one as soon as it is ready. */
async function deal(
  benches: readonly Bench[],
  mutants: readonly Placed[],
  { stop }: Plan,
  told: Told,
): Promise<readonly Tried[]> {
  const fates = new Map<Placed, Fate>();
  let next = 0;
  const isStopped = (): boolean => stop.aborted;
  const work = async (bench: Bench): Promise<void> => {
    for (let mutant = mutants[next++]; mutant !== undefined && !isStopped(); mutant = mutants[next++]) {
      const fate = await bench.try(mutant);
      if (isStopped()) return;
      fates.set(mutant, fate);
      told({ mutant, fate }, fates.size, mutants.length);
    }
  };
  await Promise.all(benches.map(work));
  return mutants.flatMap((mutant): Tried | [] => {
    const fate = fates.get(mutant);
    return fate === undefined ? [] : { mutant, fate };
  });
}
