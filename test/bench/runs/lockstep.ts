/** The timed run of the lockstep tests' commands. */

import fc from 'fast-check';
import { Coverage } from '../../lockstep/buddy/coverage.ts';
import { both } from '../../lockstep/buddy/lockstep.ts';
import { mixedSequences } from '../../lockstep/buddy/commands.ts';
import { plainShape } from '../../arbitrary/arena.ts';
import type { Kernel } from '../../../protocol/index.ts';
import type { Start } from '../../lockstep/buddy/lockstep.ts';
import type { Timed } from '../timed.ts';

const around = { shared: false, wordsBefore: 1, bytesBehind: 4 };

/**
 * Commands of the lockstep through `fc.commands`, generating included: 64 pages, 7 orders, every array compared after every
 * command; each sequence is a slice.
 */
export function lockstepCommands(kernel: Kernel, runs: number, seed = 1): Timed {
  const seen = new Coverage();
  const start: Start = { shape: plainShape(kernel, 64, 7), waiting: 0, around };
  const nanoseconds: number[] = [];
  let from = performance.now();
  fc.assert(
    fc.property(mixedSequences(2000), (commands) => {
      fc.modelRun(() => both(start, seen), commands);
      const end = performance.now();
      nanoseconds.push(1e6 * (end - from));
      from = end;
    }),
    { numRuns: runs, seed },
  );
  return { nanoseconds, operations: seen.commands };
}
