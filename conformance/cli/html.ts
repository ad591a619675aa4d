/** Writes a film: the viewer that was built, with the film's data inside. */
import { CLAUSES } from '../../spec/index.ts';
import { becauseOf, propertyOf, replayLine } from '../judge/report/report.ts';
import { USAGE, complain, reasonOf, refuseFile, targetOf } from './output.ts';
import { film } from '../judge/film/film.ts';
import { readFileSync, writeFileSync } from 'node:fs';
import { show } from '../show.ts';
import { stepLines } from './steps.ts';
import type { AnyKind } from '../judge/kind.ts';
import type { CommonFlags } from './options.ts';
import type { Film, Reel } from '../../protocol/index.ts';
import type { Finding } from '../judge/finding.ts';
import type { Judgement, Replayable } from '../judge/judgement.ts';
import type { Start } from '../judge/subject.ts';

/** Where the built viewer lies, from the built command. */
const VIEWER = new URL('../../page/film.html', import.meta.url);
const PLAYGROUND = new URL('../../page/play.html', import.meta.url);

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

/** Shows a case step by step, in text and as a page, as far as that was asked for. The verdict stands, whatever becomes of a file. */
export async function showSteps(scene: Scene, steps: boolean, file: string | undefined): Promise<void> {
  if (!steps && file === undefined) return;
  const of = subjectOf(scene);
  if (of === undefined) return complain(`nothing was found, and nothing written to ${show(file ?? '')}`);
  const reel = await film(of.kind, scene.start, of, scene.flags);
  if (steps) process.stdout.write(`\n${stepLines(reel).join('\n')}\n`);
  if (file === undefined) return;
  try {
    writeFileSync(file, filled(readFileSync(VIEWER, 'utf8'), filmOf(scene, of, reel)));
  } catch (error) {
    complain(`${show(file)} cannot be written: ${reasonOf(error)}`);
  }
}

/** Writes the playground; returns the exit status. */
export function writePlayground(file: string): number {
  const refused = refuseFile(file);
  if (refused !== undefined) {
    complain(refused);
    return USAGE;
  }
  writeFileSync(file, readFileSync(PLAYGROUND, 'utf8'));
  process.stdout.write(`${show(file)} is the playground: open it in a browser\n`);
  return 0;
}
