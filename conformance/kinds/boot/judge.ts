import { bootMisuse, bootmem, placeBoot, afterBoot, startBoot } from '../../../spec/index.ts';
import { compareBoot } from './compare.ts';
import { generateBoot } from './generate.ts';
import { Budget } from '../../judge/budget.ts';
import { VERDICT_OF } from '../../judge/verdict.ts';
import { allBut, leaveOutChunks } from '../../judge/ddmin.ts';
import { parseBootResult } from './case.ts';
import { show } from '../../wire/requests.ts';
import type { Boot } from '../../../spec/index.ts';
import type { BootCase, BootResult } from './case.ts';
import type { BootCommand, Counterexample, Pfn } from '../../../protocol/index.ts';
import type { Failure, Hello, PipedSubject, Subject } from '../../judge/subject.ts';
import type { Start } from '../../judge/judge.ts';
import type { VerdictName } from '../../judge/verdict.ts';

/** Where a run of boot memory went wrong: the case up to and with the command at fault. */
export interface BootFinding {
  readonly case: BootCase;
  readonly what: { readonly kind: 'refuted'; readonly counterexample: Counterexample } | Failure;
}

/** What a run of boot memory came to; `not-applicable` where no nodes are supported. */
export interface BootJudgement {
  readonly verdict: VerdictName;
  readonly hello: Hello | undefined;
  readonly cases: number;
  readonly finding: BootFinding | undefined;
  /** How often each kind of answer was judged. */
  readonly seen: Readonly<Record<string, number>>;
  /** What the run must have seen and has not. */
  readonly missing: readonly string[];
}

export interface BootOptions {
  readonly seed: number;
  readonly cases: number;
  readonly operations: number;
  readonly seconds: number;
}

const MUST: readonly string[] = ['granted', 'exhausted', 'done', 'warned', 'retired'];

const isFailure = (answer: object): answer is Failure => 'stderr' in answer;

const refuted = (clause: Counterexample['clause'], place: string, ...facts: [string, string]): Counterexample => ({
  clause,
  place,
  facts,
});

/** The frames that a retirement hands over: each once, the free ones ascending and then the map's. @clause RETIRE-1 @clause RETIRE-2 */
function refuteFrames(
  boot: Boot,
  command: BootCommand,
  frames: readonly Pfn[],
  placed: boolean,
): Counterexample | undefined {
  const state = command.kind === 'retire' ? boot[command.node] : undefined;
  if (state === undefined) return undefined;
  const { free, map } = bootmem.handedOver(state);
  const right = [...free, ...map];
  const [most, must] = [new Set(frames), new Set(right)];
  const wrong =
    frames.find((frame, at) => !must.has(frame) || frames.indexOf(frame) !== at) ??
    right.find((frame) => !most.has(frame));
  const place = `retirement of node ${command.node}`;
  if (wrong !== undefined) {
    const times = frames.filter((frame) => frame === wrong).length;
    return refuted(
      'RETIRE-1',
      place,
      `page ${wrong} is handed over ${times} times`,
      `${must.has(wrong) ? 'once' : 'never'} is right`,
    );
  }
  const at = right.findIndex((frame, n) => frame !== frames[n]);
  if (!placed || at === -1) return undefined;
  return refuted(
    'RETIRE-2',
    place,
    `page ${frames[at] ?? 0} is handed over as number ${at}`,
    `of Linux, page ${right[at] ?? 0}`,
  );
}

/** One case on a subject: carried out one command a request; commands that are misuse only where it says that it detects them. */
class BootRun {
  readonly done: BootCommand[] = [];
  readonly #subject: PipedSubject;
  readonly #seen: Record<string, number>;
  #boot: Boot;

  constructor(subject: PipedSubject, of: BootCase, seen: Record<string, number>) {
    this.#subject = subject;
    this.#boot = startBoot(of.nodes);
    this.#seen = seen;
  }

  #saw(what: string): void {
    this.#seen[what] = (this.#seen[what] ?? 0) + 1;
  }

  async ask(command: BootCommand): Promise<BootFinding['what'] | undefined> {
    const { hello } = this.#subject;
    const waits = (): boolean => true;
    if (bootMisuse(this.#boot, command, waits) !== undefined && !hello.features.has('boot:misuse')) return undefined;
    this.done.push(command);
    const token = await this.#subject.runBoot(command);
    if (typeof token !== 'string') return token;
    const mapPages = (node: number): number => {
      const state = this.#boot[node];
      return state === undefined ? 0 : bootmem.mapPagesOf(state.node);
    };
    const found = this.#judge(command, parseBootResult(command, token, mapPages));
    return found === undefined ? undefined : { kind: 'refuted', counterexample: found };
  }

  #judge(command: BootCommand, result: BootResult): Counterexample | undefined {
    if (result.kind === 'nonsense') {
      return refuted(
        'USE-3',
        `${command.kind} on node ${command.node}`,
        `it was answered "${show(result.token)}"`,
        'that is no answer to it',
      );
    }
    const waits = (): boolean => true;
    const { frames, outcome } = result;
    const boot = this.#boot;
    const placed = this.#subject.hello.claims.has('placement:linux-2.4');
    const right = placeBoot(boot, command, waits);
    this.#saw(outcome.kind);
    if (outcome.kind === 'retired') {
      const wrong = refuteFrames(boot, command, frames, placed);
      if (wrong !== undefined) return wrong;
    }
    const complete = this.#subject.hello.claims.has('complete');
    const isLegal = bootMisuse(boot, command, waits) === undefined;
    if (outcome.kind === 'exhausted' && command.kind === 'allocate' && isLegal && !complete) return undefined;
    const wrong = compareBoot({ boot, command, outcome, waits, right }, placed);
    this.#boot = afterBoot(boot, command, outcome);
    return wrong;
  }
}

const isPiped = (subject: Subject | Failure): subject is PipedSubject => subject.kind === 'piped';

async function runCase(
  subject: PipedSubject,
  of: BootCase,
  seen: Record<string, number>,
): Promise<BootFinding | 'unsupported' | undefined> {
  const opened = await subject.openBoot(of.nodes);
  if (isFailure(opened)) return { case: { ...of, script: [] }, what: opened };
  if (opened.kind === 'unsupported') return 'unsupported';
  if (opened.kind === 'failed') {
    const what = refuted('USE-2', 'the init', `it failed: ${show(opened.why)}`, 'the nodes can be made');
    return { case: { ...of, script: [] }, what: { kind: 'refuted', counterexample: what } };
  }
  const run = new BootRun(subject, of, seen);
  for (const command of of.script) {
    const what = await run.ask(command);
    if (what !== undefined) return { case: { nodes: of.nodes, script: run.done }, what };
  }
  return undefined;
}

/** Runs a case on a subject that has seen nothing; `met` is told how it introduces itself. */
async function fresh(
  start: Start,
  of: BootCase,
  met: (hello: Hello) => void = () => undefined,
): Promise<BootFinding | undefined> {
  const subject = await start();
  if (!isPiped(subject)) return isFailure(subject) ? { case: of, what: subject } : undefined;
  met(subject.hello);
  const found = await runCase(subject, of, {});
  const failure = await subject.close();
  if (found === 'unsupported') return undefined;
  return found ?? (failure === undefined ? undefined : { case: of, what: failure });
}

const SHRINK_SECONDS = 30;

/** A subject that cases are tried on one after the other; one that died is started anew. */
class Tried {
  readonly #start: Start;
  #subject: PipedSubject | undefined;

  constructor(start: Start) {
    this.#start = start;
  }

  async run(of: BootCase): Promise<BootFinding | undefined> {
    const subject = this.#subject ?? (await this.#start());
    if (!isPiped(subject)) return undefined;
    this.#subject = subject;
    const found = await runCase(subject, of, {});
    if (found === 'unsupported') return undefined;
    if (found !== undefined && found.what.kind !== 'refuted') await this.close();
    return found;
  }

  async close(): Promise<void> {
    await this.#subject?.close();
    this.#subject = undefined;
  }
}

/** Leaves out what can be left out: ever fewer commands at a time, as long as the same kind of thing goes wrong. */
async function shrinkBoot(start: Start, finding: BootFinding): Promise<BootFinding> {
  const budget = new Budget(SHRINK_SECONDS, undefined);
  const tried = new Tried(start);
  let shortest = finding;
  await leaveOutChunks(
    finding.case.script.length,
    () => shortest.case.script.length,
    async (from, behind) => {
      if (budget.isSpent) return false;
      const { nodes, script } = shortest.case;
      const found = await tried.run({ nodes, script: allBut(script, from, behind) });
      if (found?.what.kind !== finding.what.kind) return false;
      shortest = found;
      return true;
    },
  );
  await tried.close();
  const again = await fresh(start, shortest.case);
  return again?.what.kind === finding.what.kind ? again : finding;
}

/** What a finding that came again, or did not, makes of a run. */
async function conclude(start: Start, found: BootFinding): Promise<Pick<BootJudgement, 'verdict' | 'finding'>> {
  const again = await fresh(start, found.case);
  if (again?.what.kind !== found.what.kind) return { verdict: 'nondeterministic', finding: found };
  return { verdict: VERDICT_OF[found.what.kind], finding: await shrinkBoot(start, again) };
}

/** Judges the boot memory of a subject behind a pipe whose hello has the feature `boot`: searches, confirms and shrinks. */
export async function judgeBoot(start: Start, options: BootOptions): Promise<BootJudgement> {
  const subject = await start();
  const seen: Record<string, number> = {};
  const none = { hello: undefined, cases: 0, finding: undefined, seen, missing: [] };
  if (isFailure(subject)) return { ...none, verdict: VERDICT_OF[subject.kind] };
  if (!isPiped(subject)) return { ...none, verdict: 'not-applicable' };
  const { hello } = subject;
  const end = performance.now() + 1000 * options.seconds;
  let found: BootFinding | undefined;
  let cases = 0;
  let unsupported = 0;
  for (; cases < options.cases && found === undefined && performance.now() < end; cases++) {
    const of = await runCase(subject, generateBoot(options.seed, cases, options.operations), seen);
    if (of === 'unsupported') unsupported++;
    else found = of;
  }
  const failure = await subject.close();
  if (found === undefined && failure !== undefined) found = { case: generateBoot(options.seed, 0, 1), what: failure };
  const result = { hello, cases, seen };
  if (found !== undefined) return { ...result, ...(await conclude(start, found)), missing: [] };
  if (unsupported === cases) return { ...result, verdict: 'not-applicable', finding: undefined, missing: [] };
  const must = hello.features.has('boot:misuse') ? [...MUST, 'rejected'] : MUST;
  return {
    ...result,
    verdict: 'conforms',
    finding: undefined,
    missing: must.filter((kind) => (seen[kind] ?? 0) === 0),
  };
}

/** Carries out one case of boot memory in a fresh subject. */
export async function replayBoot(start: Start, of: BootCase): Promise<BootJudgement> {
  let hello: Hello | undefined;
  const found = await fresh(start, of, (met) => (hello = met));
  const verdict = found === undefined ? 'conforms' : VERDICT_OF[found.what.kind];
  return { verdict, hello, cases: 1, finding: found, seen: {}, missing: [] };
}
