/** What is filmed: what was found, or a case that is right; and the film of it. */
import { CLAUSES } from '../../../spec/index.ts';
import { becauseOf, propertyOf, replayLine } from '../../judge/report/report.ts';
import { film } from '../../judge/film/film.ts';
import { show } from '../../show.ts';
import { targetOf } from '../output.ts';
import type { AnyKind } from '../../judge/kind.ts';
import type { TargetFlags } from '../options.ts';
import type { Film, Reel } from '../../../protocol/index.ts';
import type { Finding } from '../../judge/finding.ts';
import type { Judgement, Replayable } from '../../judge/judgement.ts';
import type { Start } from '../../judge/subject.ts';

type About = Pick<Film, 'refuted' | 'failure'>;

/** Returns what went wrong in the last step, in words. */
function reasonFor(finding: Finding<object> | undefined): About {
  if (finding === undefined) return {};
  const { what } = finding;
  if (what.kind !== 'refuted') return { failure: `${what.kind}: ${becauseOf(finding).map(show).join(' ')}` };
  const { counterexample } = what;
  const { clause } = counterexample;
  return { refuted: { ...counterexample, property: propertyOf(clause), sentence: CLAUSES[clause].sentence } };
}

/** What a film is made of. */
export interface Scene {
  readonly judgement: Judgement;
  readonly start: Start;
  readonly command: readonly string[];
  readonly flags: TargetFlags;
  /** The case that is filmed if nothing was found. */
  readonly otherwise?: Replayable<object> & { readonly kind: AnyKind };
}

/** What is filmed: what was found, or a case that is right; undefined if there is neither. */
function subjectOf({ judgement, otherwise }: Scene): (Replayable<object> & { readonly kind: AnyKind }) | undefined {
  const judged = judgement.kinds.find(({ finding }) => finding !== undefined);
  return judged?.finding === undefined ? otherwise : { ...judged.finding, kind: judged.kind };
}

/** Returns the film of a reel. */
function filmOf({ command, flags, judgement }: Scene, of: Replayable<object> & { kind: AnyKind }, reel: Reel): Film {
  const { hello, kinds, verdict } = judgement;
  const { kind } = of;
  return {
    kind: kind.name,
    title: kind.title,
    subject: show(hello === undefined ? command.join(' ') : `${hello.name} ${hello.revision}`.trimEnd()),
    verdict,
    ...reasonFor(kinds.find(({ finding }) => finding !== undefined)?.finding),
    description: [...kind.describe(of.case)],
    replay: replayLine(kind, of, targetOf(command, flags)),
    ...reel,
  };
}

/** Films a scene; undefined if there is nothing to be filmed. */
export async function shootScene(scene: Scene): Promise<Film | undefined> {
  const of = subjectOf(scene);
  return of === undefined ? undefined : filmOf(scene, of, await film(of.kind, scene.start, of, scene.flags));
}
