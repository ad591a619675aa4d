/** The question that tests of interleavings ask, unless they ask another. */
import { Program } from '../../../proof/front/program.ts';
import { shapeOf } from '../../../proof/interleaved/site.ts';
import type { Question } from '../../../proof/interleaved/start.ts';

/** The sources, read once for all questions of a file. */
export const program: Program = new Program();

/** Returns the question of one call each of two processors on 4 pages of 2.4, under the lock, with a change. */
export const question = (change: Partial<Question> = {}): Question => ({
  program,
  shape: shapeOf('2.4', 4),
  manner: 'locked',
  callers: 'two processors',
  calls: [1, 1],
  granted: [],
  ...change,
});
