/** The command `mutate`: which small changes of an allocator's sources the judge notices. */
import { ENDINGS, languageOf } from '../../audit/mutants/language.ts';
import { INTERRUPTED } from '../output.ts';
import { USAGE, complain, linesOf, reasonOf } from '../terminal/say.ts';
import { availableParallelism } from 'node:os';
import { countsOf, recordsOf, reportOf } from '../../audit/mutants/report.ts';
import { lineOn } from '../terminal/line.ts';
import { onInterrupt } from '../interrupt.ts';
import { placedIn, tryMutants } from '../../audit/mutants/run.ts';
import { relative, resolve, sep } from 'node:path';
import { show } from '../../show.ts';
import type { Placed } from '../../audit/mutants/run.ts';

export interface MutateFlags {
  readonly files: readonly string[];
  readonly build?: string;
  readonly seed: number;
  readonly time: number;
  readonly exhaustive: number;
  readonly jobs?: number;
  readonly json: boolean;
}

/** The original cannot be judged. */
const UNFIT = 3;
const SURVIVED = 1;

/** Returns the files below the folder that mutants can be made of, by names relative to it; or why one is none. */
function filesIn(folder: string, given: readonly string[]): readonly string[] | string {
  if (given.length === 0) return 'say which files: --files src/buddy.c';
  const files: string[] = [];
  for (const file of given) {
    const path = relative(folder, resolve(folder, file));
    if (path === '' || path.startsWith(`..${sep}`) || path === '..') return `${show(file)} is not below this folder`;
    if (languageOf(path) === undefined) return `${show(file)}: mutants can be made of ${ENDINGS.join(' ')}`;
    files.push(path);
  }
  return [...new Set(files)];
}

/** Returns the mutants of the files; or why a file cannot be read. */
function mutantsFor(folder: string, given: readonly string[]): readonly Placed[] | string {
  const files = filesIn(folder, given);
  if (typeof files === 'string') return files;
  try {
    const mutants = placedIn(folder, files);
    return mutants.length > 0 ? mutants : 'there is nothing to change in these files';
  } catch (error) {
    return `a file cannot be read: ${reasonOf(error)}`;
  }
}

/** Tries all mutants, prints what became of them, and gives the exit status. */
export async function mutate(command: readonly string[], flags: MutateFlags): Promise<number> {
  const folder = process.cwd();
  const mutants = command.length === 0 ? 'say how the harness is started, after --' : mutantsFor(folder, flags.files);
  if (typeof mutants === 'string') {
    complain(mutants);
    return USAGE;
  }
  const line = lineOn(process.stderr);
  const stop = onInterrupt();
  const { build, exhaustive: frames, jobs = availableParallelism(), json, seed, time: seconds } = flags;
  let [count, survived] = [0, 0];
  line.draw((columns) => `${count} of ${mutants.length} mutants, ${survived} survived`.slice(0, columns));
  const tried = await tryMutants(
    folder,
    mutants,
    { build, command, frames, seconds, seed, stop },
    {
      jobs,
      told: ({ fate }) => {
        count++;
        if (fate.kind === 'survived') survived++;
      },
    },
  );
  line.clear();
  if ('unfit' in tried) {
    complain(tried.unfit);
    return stop.aborted ? INTERRUPTED : UNFIT;
  }
  const left = mutants.length - tried.length;
  const text = json ? linesOf(recordsOf(tried, frames, left)) : reportOf(tried, frames, left);
  process.stdout.write(`${text}\n`);
  if (stop.aborted) return INTERRUPTED;
  return countsOf(tried).survived > 0 ? SURVIVED : 0;
}
