import { Sightings } from '../kinds/buddy/coverage.ts';
import { failedBy } from '../kinds/buddy/context.ts';
import { driveLive } from '../kinds/buddy/drive-live.ts';
import { drivePiped } from '../kinds/buddy/drive-piped.ts';
import type { Case, FixedCase } from '../kinds/buddy/case.ts';
import type { Claims } from '../../protocol/index.ts';
import type { Context } from '../kinds/buddy/context.ts';
import type { Failure, Hello, Subject } from './subject.ts';
import type { Finding } from './finding.ts';
import type { Start } from './judge.ts';

type Common = Omit<Context, 'grain' | 'done'>;

const isSubject = (started: Subject | Failure): started is Subject =>
  started.kind === 'live' || started.kind === 'piped';

/** What must not change when a subject is started again. */
const helloText = ({ claims, features, ...rest }: Hello): string =>
  JSON.stringify({ ...rest, claims: [...claims], features: [...features] });

/** Holds the one subject that is alive, and starts another when it died or a fresh one is wanted. */
export class Runner {
  readonly context: Common;
  readonly #start: Start;
  #subject: Subject | undefined;

  private constructor(start: Start, subject: Subject, context: Common) {
    this.#start = start;
    this.#subject = subject;
    this.context = context;
  }

  static async start(
    start: Start,
    claimsOf: (hello: Hello) => Claims,
    sightings: Sightings,
  ): Promise<Runner | Failure> {
    const started = await start();
    if (!isSubject(started)) return started;
    const { hello } = started;
    return new Runner(start, started, { hello, claims: claimsOf(hello), sightings, yields: new Map() });
  }

  get hello(): Hello {
    return this.context.hello;
  }

  get isLive(): boolean {
    return this.#subject?.kind === 'live';
  }

  /** Ends the subject; what went wrong in doing so. */
  async close(): Promise<Failure | undefined> {
    const subject = this.#subject;
    this.#subject = undefined;
    return subject?.kind === 'piped' ? subject.close() : undefined;
  }

  async #fresh(): Promise<Subject | Failure> {
    await this.close();
    const started = await this.#start();
    if (!isSubject(started)) return started;
    this.#subject = started;
    if (helloText(started.hello) === helloText(this.hello)) return started;
    await this.close();
    return { kind: 'protocol-error', how: 'started again, it introduces itself differently', stderr: '' };
  }

  /** Runs a case on the subject that is alive, or on a new one; one that died, or did not answer, is not used again. */
  async run(of: Case, grain: number, sightings: Sightings = this.context.sightings): Promise<Finding | undefined> {
    const subject = this.#subject ?? (await this.#fresh());
    if (!isSubject(subject)) return this.#notStarted(subject, of);
    return this.#drive(subject, of, { ...this.context, sightings, grain, done: [] });
  }

  async #drive(subject: Subject, of: Case, context: Context): Promise<Finding | undefined> {
    const finding = subject.kind === 'live' ? driveLive(subject, context, of) : await drivePiped(subject, context, of);
    if (finding !== undefined && finding.what.kind !== 'refuted') await this.close();
    return finding;
  }

  #notStarted(failure: Failure, of: Case): Finding {
    const at: FixedCase = { shape: of.shape, script: [], drain: false, before: [] };
    return failedBy(failure, at);
  }

  /**
   * Runs a case on a subject that has seen nothing but the cases before it, as a replay does: what a fresh arena grants is found
   * out anew too. What is found is a case whose earlier ones are fixed too.
   */
  async again(
    of: Case,
    before: readonly Case[],
    grain: number,
    sightings: Sightings = new Sightings(),
  ): Promise<Finding | undefined> {
    const subject = await this.#fresh();
    if (!isSubject(subject)) return this.#notStarted(subject, of);
    const yields: Context['yields'] = new Map();
    const earlier: FixedCase[] = [];
    for (const each of [...before, of]) {
      const context: Context = { ...this.context, yields, sightings, grain, done: [] };
      const finding = await this.#drive(subject, each, context);
      if (finding !== undefined) return { ...finding, case: { ...finding.case, before: earlier } };
      earlier.push({ shape: each.shape, script: context.done.slice(), drain: each.drain, before: [] });
    }
    return undefined;
  }
}
