/** Writes a film: the viewer that was built, with the film's data inside. */
import { CLAUSES } from '../../spec/index.ts';
import { becauseOf, propertyOf, replayLine } from '../judge/report/report.ts';
import { complain, reasonOf, targetOf } from './output.ts';
import { film } from '../judge/film/film.ts';
import { readFileSync, writeFileSync } from 'node:fs';
import { show } from '../show.ts';
import type { AnyKind } from '../judge/kind.ts';
import type { CommonFlags } from './options.ts';
import type { Film } from '../../protocol/index.ts';
import type { Finding } from '../judge/finding.ts';
import type { Judgement, Replayable } from '../judge/judgement.ts';
import type { Start } from '../judge/subject.ts';

/** Where the built viewer lies, from the built command. */
const VIEWER = new URL('../../page/film.html', import.meta.url);

/** Returns JSON that no HTML around it can end, or mistake for its own. */
export const embedded = (data: object): string =>
  JSON.stringify(data).replaceAll(
    /[<>&\u2028\u2029]/gu,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Returns a page with data in the place that is kept for it. */
export const filled = (page: string, data: object): string => page.replace('@@FILM@@', () => embedded(data));

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
  readonly flags: CommonFlags;
  /** The case that is filmed if nothing was found. */
  readonly otherwise?: Replayable<object> & { readonly kind: AnyKind };
}

/** Returns the film of what was found, or of a case that is right; undefined if there is neither. */
async function filmOf({ command, flags, judgement, otherwise, start }: Scene): Promise<Film | undefined> {
  const judged = judgement.kinds.find(({ finding }) => finding !== undefined);
  const of = judged?.finding === undefined ? otherwise : { ...judged.finding, kind: judged.kind };
  if (of === undefined) return undefined;
  const { hello, verdict } = judgement;
  const { kind } = of;
  const reel = await film(kind, start, of, flags);
  return {
    kind: kind.name,
    title: kind.title,
    subject: show(hello === undefined ? command.join(' ') : `${hello.name} ${hello.revision}`.trimEnd()),
    verdict,
    ...reasonFor(judged?.finding),
    description: [...kind.describe(of.case)],
    replay: replayLine(kind, of, targetOf(command, flags)),
    ...reel,
  };
}

/** Writes the film to a file, if there is one. The verdict stands, whatever becomes of the file. */
export async function writeFilm(file: string, scene: Scene): Promise<void> {
  const made = await filmOf(scene);
  if (made === undefined) return complain(`nothing was found, and nothing written to ${show(file)}`);
  try {
    writeFileSync(file, filled(readFileSync(VIEWER, 'utf8'), made));
  } catch (error) {
    complain(`${show(file)} cannot be written: ${reasonOf(error)}`);
  }
}
