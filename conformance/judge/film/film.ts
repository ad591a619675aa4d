/** Has a case carried out once more, in a fresh subject, and films it. */
import { Budget } from '../budget.ts';
import { Camera } from './camera.ts';
import { DEFAULTS } from '../judge.ts';
import { termsOf } from '../terms.ts';
import { Runner } from '../runner.ts';
import type { AnyKind } from '../kind.ts';
import type { FilmStep, Reel } from '../../../protocol/index.ts';
import type { Finding } from '../finding.ts';
import type { Replayable } from '../judgement.ts';
import type { ReplayOptions } from '../options.ts';
import type { Start } from '../subject.ts';

/** Of a longer case the last operations are filmed. */
const MOST_STEPS = 5000;

const NOTHING: Reel = { grounds: [], start: [], skipped: 0, steps: [] };

/** Returns the step that got no answer; nothing if every step got one. */
function unanswered(found: Finding<object> | undefined): readonly FilmStep[] {
  if (found?.moment === undefined || found.what.kind === 'refuted') return [];
  const { kind, how } = found.what;
  return [{ asked: found.moment.asked, answered: `${kind}: ${how}`, permitted: 'an answer', changes: [] }];
}

/** Returns the reel of a case, carried out one operation a request after the cases before it. The subject is closed at the end. */
export async function film(
  kind: AnyKind,
  start: Start,
  of: Replayable<object>,
  given: ReplayOptions = {},
): Promise<Reel> {
  const options = { ...DEFAULTS, ...given };
  const runner = await Runner.start(kind, start, termsOf(options), options.stop);
  if (!(runner instanceof Runner)) return NOTHING;
  const camera = new Camera(Math.max(0, kind.length(of.case) - MOST_STEPS));
  const budget = new Budget(options.seconds, options.stop);
  const found = await runner.again(of.case, of.before, 1, budget, undefined, camera);
  await runner.close();
  const { reel } = camera;
  return { ...reel, steps: [...reel.steps, ...unanswered(found)] };
}
