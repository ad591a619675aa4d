/** Holds the one subject that is alive, and starts another when it died or a fresh one is wanted. */
import { Coverage } from './coverage.ts';
import { failedBy, nameOf } from './finding.ts';
import { isSubject } from './subject.ts';
import { contradicted, lacks } from './kind.ts';
import type { Budget } from './budget.ts';
import type { Camera } from './film/camera.ts';
import type { Claims } from '../../protocol/index.ts';
import type { Failure, Hello, Start, Subject } from './subject.ts';
import type { Finding, Recurrence } from './finding.ts';
import type { How, Kind } from './kind.ts';

/** What a started subject is judged by, and what it is not. */
export interface Terms {
  readonly claims: Claims;
  readonly without: readonly string[];
}

/** A case that went wrong so often need not be tried on. */
const ENOUGH = 20;

/** What must not change when a subject is started again. */
const identity = (subject: Subject): string => {
  if (subject.kind === 'piped') return subject.greeting;
  const { claims, features, ...rest } = subject.hello;
  return JSON.stringify({ ...rest, claims: [...claims], features: [...features] });
};

/** Runs cases of one kind on subjects that one start makes. */
export class Runner<P extends object, C extends object, F extends C> {
  readonly kind: Kind<P, C, F>;
  readonly hello: Hello;
  readonly claims: Claims;
  readonly coverage: Coverage;
  /** What is not judged, or no longer: clauses and kinds of silence, as `nameOf` a finding gives them. */
  without: ReadonlySet<string>;
  readonly #start: Start;
  readonly #identity: string;
  #subject: Subject | undefined;
  #port: P | undefined;

  private constructor(kind: Kind<P, C, F>, start: Start, subject: Subject, port: P, terms: Terms) {
    this.kind = kind;
    this.#start = start;
    this.#subject = subject;
    this.#port = port;
    this.#identity = identity(subject);
    this.hello = subject.hello;
    this.claims = terms.claims;
    this.without = new Set(terms.without);
    this.coverage = new Coverage(kind.sights);
  }

  /** Starts a subject, and judges it as a kind; a failure if it does not start, does not offer the kind, or claims what cannot be. */
  static async start<P extends object, C extends object, F extends C>(
    kind: Kind<P, C, F>,
    start: Start,
    termsOf: (hello: Hello) => Terms,
    stop?: AbortSignal,
  ): Promise<Runner<P, C, F> | Failure> {
    const started = await start();
    if (!isSubject(started)) return started;
    const port = kind.connect(started);
    const terms = termsOf(started.hello);
    const failure = contradicted(kind, terms.claims);
    if (port !== undefined && failure === undefined) {
      const runner = new Runner(kind, start, started, port, terms);
      stop?.addEventListener('abort', () => runner.#kill(), { once: true });
      return runner;
    }
    if (started.kind === 'piped') await started.close();
    return failure ?? lacks(kind);
  }

  /** Ends a subject that is asked something, without waiting for its answer. */
  #kill(): void {
    if (this.#subject?.kind === 'piped') this.#subject.kill();
  }

  /** Reports whether a subject is there; one that did not answer is not used again. */
  get isOpen(): boolean {
    return this.#port !== undefined;
  }

  /** How often a case is tried before it is said to be right. */
  get tries(): number {
    return this.kind.tries ?? 1;
  }

  get isLive(): boolean {
    return this.#subject?.kind === 'live';
  }

  /** Ends the subject; returns what went wrong in doing so. */
  async close(): Promise<Failure | undefined> {
    const subject = this.#subject;
    this.#subject = undefined;
    this.#port = undefined;
    return subject?.kind === 'piped' ? subject.close() : undefined;
  }

  /** Whether the subject owes an answer that nobody waits for any more. */
  get #owes(): boolean {
    return this.#subject?.kind === 'piped' && this.#subject.isAwaited;
  }

  /** Ends the subject: by force, at once, if it owes an answer. */
  async #discard(): Promise<void> {
    if (this.#owes) this.#kill();
    await this.close();
  }

  /** Starts a subject that has seen nothing. */
  async #fresh(): Promise<P | Failure> {
    await this.#discard();
    const started = await this.#start();
    if (!isSubject(started)) return started;
    this.#subject = started;
    this.#port = this.kind.connect(started);
    if (this.#port !== undefined && identity(started) === this.#identity) return this.#port;
    await this.close();
    return { kind: 'protocol-error', how: 'started again, it introduces itself differently', stderr: '' };
  }

  /**
   * Carries out a case on the subject that is alive, or on a new one; so many times if nothing goes wrong before. One that did not
   * answer is not used again.
   */
  async run(of: C, how: Omit<How<F>, 'hello' | 'claims' | 'without'>, tries = 1): Promise<Finding<F> | undefined> {
    const { claims, hello, without } = this;
    for (let tried = 0; tried < tries; tried++) {
      if (tried > 0 && (await how.budget.look())) return undefined;
      const port = this.#port ?? (await this.#fresh());
      const found = await this.#carryOut(port, of, { hello, claims, without, ...how });
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Carries out the case of a finding as often as its kind has it tried, or until it went wrong often enough, and counts both. */
  async count({ before, case: of }: Pick<Finding<F>, 'case' | 'before'>, budget: Budget): Promise<Recurrence> {
    let [tried, wrong] = [0, 0];
    const coverage = new Coverage(this.kind.sights);
    for (; tried < this.tries && wrong < ENOUGH && !(await budget.look()); tried++) {
      const isFresh = before.length > 0 || !this.isOpen;
      const found = isFresh
        ? await this.again(of, before, 1, budget, coverage, undefined, 1)
        : await this.run(of, { coverage, grain: 1, budget });
      if (found !== undefined) wrong++;
    }
    return { tried, wrong };
  }

  async #carryOut(port: P | Failure, of: C, how: How<F>): Promise<Finding<F> | undefined> {
    if (!isPort(port)) return failedBy(port, this.kind.without(of as F, 0, Infinity));
    const ran = this.kind.run(port, of, how);
    const finding = ran instanceof Promise ? await ran : ran;
    if (finding !== undefined && (finding.what.kind !== 'refuted' || this.#owes)) await this.#discard();
    return finding === undefined || this.without.has(nameOf(finding)) ? undefined : finding;
  }

  /**
   * Carries out a case on a subject that has seen nothing but the cases before it, as a replay does. In what is found, the
   * cases before are fixed too. The camera takes down the case itself. If chance decides whether a case goes wrong, it is tried
   * as often as its kind says.
   */
  async again(
    of: C,
    before: readonly C[],
    grain: number,
    budget: Budget,
    coverage: Coverage = new Coverage(this.kind.sights),
    camera?: Camera,
    tries: number = this.tries,
  ): Promise<Finding<F> | undefined> {
    const port = await this.#fresh();
    const earlier: F[] = [];
    for (const each of [...before, of]) {
      const keep = (carriedOut: F): void => void earlier.push(carriedOut);
      const { claims, hello, without } = this;
      const filmed = each === of ? camera : undefined;
      const how = { hello, claims, without, coverage, grain, budget, keep, camera: filmed };
      const finding = await this.#carryOut(port, each, how);
      if (finding !== undefined) return { ...finding, before: earlier };
      if (!this.isOpen) return undefined;
      if (await budget.look()) return undefined;
    }
    if (tries < 2) return undefined;
    const found = await this.run(of, { coverage, grain, budget, camera }, tries - 1);
    return found === undefined ? undefined : { ...found, before: earlier.slice(0, before.length) };
  }
}

const isPort = <P extends object>(port: P | Failure): port is P => !('how' in port && 'stderr' in port);
