/** One mutant, built and judged: what became of it. */
import { KINDS } from '../../kinds/all.ts';
import { anyKind } from '../../judge/kind.ts';
import { createHash } from 'node:crypto';
import { exhaustively } from '../../kinds/buddy/exhaustive/exhaustive.ts';
import { isSubject } from '../../judge/subject.ts';
import { judgeKinds } from '../../judge/judge.ts';
import { nameOf } from '../../judge/finding.ts';
import { startProcess } from '../../subjects/process.ts';
import type { Failure, Start, Subject } from '../../judge/subject.ts';
import type { Judgement } from '../../judge/judgement.ts';

/** How mutants are built and judged. */
export interface Plan {
  /** The line of a shell that builds the harness; undefined if nothing has to be built. */
  readonly build: string | undefined;
  /** Starts the harness, in the folder that the mutant is in. */
  readonly command: readonly string[];
  readonly seed: number;
  /** Bounds the search for what is wrong with one mutant. */
  readonly seconds: number;
  /** Frames of the arena in every state of which a mutant that is not refuted must answer as the original does. */
  readonly frames: number;
  readonly stop: AbortSignal;
}

/** What became of a mutant. */
export type Fate =
  | { readonly kind: 'refuted'; readonly by: string; readonly operations: number }
  | { readonly kind: 'not built'; readonly how: string }
  /** Not refuted, and its answers are the original's in some hundred cases and in every state of a small arena. */
  | { readonly kind: 'alike' }
  | { readonly kind: 'survived' };

/** A signal for one trial: what listens to it is forgotten with it. */
const stopOf = ({ stop }: Plan): AbortSignal => AbortSignal.any([stop]);

export const starting =
  (folder: string, { command }: Plan): Start =>
  () =>
    startProcess(command, undefined, folder);

/** Judges the harness of a folder with the options of a user's run; what is found is not made shorter. */
export const judgeIn = (folder: string, plan: Plan): Promise<Judgement> =>
  judgeKinds(KINDS, starting(folder, plan), { seed: plan.seed, seconds: plan.seconds, after: 0, stop: stopOf(plan) });

/**
 * Returns what was wrong, by clause or kind of silence, and after how many operations; undefined if nothing was. Whatever does not
 * conform is wrong, because the original does: not to see what a run must see, and a crash that there was no time to see again.
 */
export function wrongIn({ failure, kinds, verdict }: Judgement): { by: string; operations: number } | undefined {
  const operations = kinds.reduce((sum, { coverage }) => sum + coverage.operations, 0);
  const found = kinds.find(({ finding }) => finding !== undefined)?.finding;
  if (found !== undefined) return { by: nameOf(found), operations };
  if (failure !== undefined) return { by: failure.kind, operations };
  return verdict === 'conforms' ? undefined : { by: verdict, operations };
}

/** Returns a subject that tells each of its answers, in words. */
function overheard(subject: Subject, hear: (answer: string) => void): Subject {
  if (subject.kind === 'live') return subject;
  return {
    ...{ kind: subject.kind, hello: subject.hello, greeting: subject.greeting, limits: subject.limits },
    ask: async (question) => {
      const answer = await subject.ask(question);
      hear(JSON.stringify(answer));
      return answer;
    },
    get isAwaited() {
      return subject.isAwaited;
    },
    kill: () => subject.kill(),
    close: () => subject.close(),
  };
}

/** Cases of a search in which the answers of a mutant are compared with the original's. */
export const CASES = 300;

/** Bounds what is asked then: it has an end, and what hangs is ended earlier. */
const MOST_SECONDS = 600;

/**
 * Asks the harness of a folder for some hundred cases, puts it into every state of a small arena and tries every order in each;
 * returns a digest of all its answers, or undefined if one of them is wrong or not every state was reached in the time there is.
 */
export async function answersIn(folder: string, plan: Plan): Promise<string | undefined> {
  const digest = createHash('sha256');
  const { kind, source } = exhaustively(plan.frames);
  const start = async (): Promise<Subject | Failure> => {
    const subject = await starting(folder, plan)();
    return isSubject(subject) ? overheard(subject, (answer) => void digest.update(answer)) : subject;
  };
  const options = { seed: plan.seed, seconds: MOST_SECONDS, after: 0, stop: stopOf(plan) };
  const some = await judgeKinds(KINDS, start, { ...options, cases: CASES });
  const all = await judgeKinds([anyKind(kind)], start, options, source);
  return wrongIn(some) === undefined && all.verdict === 'conforms' ? digest.digest('hex') : undefined;
}
