/** Times contenders in turns, so that all of them meet the same machine. */

import type { Amount } from './options.ts';
import type { Contender } from './apart.ts';
import type { Timed } from './timed.ts';
import { fastest } from './timed.ts';

/** Returns the nanoseconds of one operation of each contender. Throws as `runsInTurns` does. */
export const inTurns = async (
  starts: readonly (() => Contender)[],
  amount: Pick<Amount, 'processes' | 'rounds'>,
): Promise<readonly number[]> => (await runsInTurns(starts, amount)).map(fastest);

/** Returns all runs of each contender. Throws if two of them that report a checksum were not granted the same blocks. */
export async function runsInTurns(
  starts: readonly (() => Contender)[],
  { processes, rounds }: Pick<Amount, 'processes' | 'rounds'>,
): Promise<readonly (readonly Timed[])[]> {
  const runs = starts.map((): Timed[] => []);
  const checksums = new Set<string>();
  for (let n = 0; n < processes; n++) {
    const contenders = starts.map((start) => start());
    for (let round = 0; round < rounds; round++) {
      for (const [at, contender] of contenders.entries()) {
        const timed = await contender.again();
        runs[at]?.push(timed);
        if (timed.checksum !== undefined) checksums.add(timed.checksum);
      }
    }
    for (const contender of contenders) contender.end();
  }
  if (checksums.size > 1) throw new Error(`not all were granted the same: ${[...checksums].join(' ')}`);
  return runs;
}
