/** Requests to one process and their replies, in order. */

import { malformed } from './fields.ts';
import { isUtf8 } from 'node:buffer';
import { parseReply } from './reply.ts';
import { MAX_LINE } from './requests.ts';
import { show } from '../show.ts';
import { warning } from './child.ts';
import { Clock } from './clock.ts';
import { Lines } from './lines.ts';
import type { Failure, Malformed, Question } from '../judge/subject.ts';
import type { Child, End, Listener } from './child.ts';

interface Request {
  readonly what: Question<unknown>['what'];
  readonly id: number;
  readonly line: string;
  readonly limit: number;
  /** Takes the reply, unless it is malformed. */
  readonly answer: (reply: unknown, line: string) => Malformed | undefined;
  readonly fail: (failure: Failure) => void;
}

/** Bytes of requests that may be on their way, unless a single one is longer. */
const WINDOW = 65536;

/** Hints at the usual reason for a line that is no reply at all. */
const stdoutIsOurs = (text: string): string =>
  text.startsWith('{') ? '' : ' (stdout is for replies only: print on stderr what is none)';

const isShared = ({ what }: Request): boolean => what === 'run' || what === 'observe';

/**
 * Requests to one process and their replies, in order. Runs and observes may be on their way together, all else goes alone.
 * What comes is read whatever waits to be written, so that neither side can block the other. The first failure is final:
 * it ends the process, and answers all that is due and all that is asked later.
 */
export class Exchange implements Listener {
  readonly #child: Child;
  /** How long a process that does not say goodbye may take to end after TERM, in ms. */
  readonly #patience: number;
  readonly #lines = new Lines(MAX_LINE);
  readonly #clock: Clock;
  readonly #waiting: Request[] = [];
  readonly #sent: Request[] = [];
  #bytes = 0;
  #asked = 0;
  #answered = 0;
  #parting = false;
  #parted = false;
  #failure: Promise<Failure> | undefined;

  constructor(child: Child, patience: number) {
    this.#child = child;
    this.#clock = new Clock(child.meter);
    this.#patience = patience;
    child.listen(this);
  }

  /** The longest line that is read, in bytes. */
  set maxLine(bytes: number) {
    this.#lines.limit = bytes;
  }

  /** Whether something that was asked has no answer yet. */
  get isAwaited(): boolean {
    return this.#sent.length + this.#waiting.length > 0;
  }

  ask<T>(question: Question<T>): Promise<T | Failure> {
    if (this.#failure !== undefined) return this.#failure;
    if (this.#parting) throw new Error(`${question.what} after bye`);
    return new Promise((resolve) => {
      const { what, encode, parse, limit } = question;
      const answer = (reply: unknown, text: string): Malformed | undefined => {
        const parsed = parse(reply, text);
        if (parsed.kind === 'malformed') return parsed;
        resolve(parsed.value);
        return undefined;
      };
      const id = this.#asked++;
      this.#waiting.push({ what, id, line: `${encode(id)}\n`, limit, answer, fail: resolve });
      this.#pump();
    });
  }

  /** Asks the last question, and waits until the process is gone: by itself, or by force. */
  async part(question: Question<true>): Promise<Failure | undefined> {
    const goodbye = this.ask(question);
    this.#parting = true;
    const reply = await goodbye;
    if (reply !== true) return reply;
    this.#child.endInput();
    const gone = await this.#child.goneWithin(question.limit);
    if (!gone) this.#fail('hang', `answered bye, yet lives on after ${question.limit} ms`);
    return this.#failure;
  }

  /** Ends the process by force; what is due gets no answer. */
  kill(): void {
    this.#fail('crash', 'ended by the judge');
  }

  heard(bytes: Buffer): void {
    if (this.#failure !== undefined) return;
    if (this.#lines.push(bytes, (line) => this.#answer(line))) return;
    this.#fail('protocol-error', `a line of more than ${this.#lines.limit} bytes`);
  }

  lost(stream: 'stdin' | 'stdout'): void {
    if (!this.#parted) this.#fail('protocol-error', `closed its ${stream}, yet lives on`);
  }

  ended({ clean, how }: End): void {
    if (this.#parted && clean) {
      for (const left of this.#child.left) process.stderr.write(warning(left));
      return;
    }
    if (this.#parted) this.#fail('crash', `${how} after bye`);
    else this.#fail('crash', this.#answered > 0 ? how : `${how} before it answered hello`);
  }

  /** Sends what may be sent now. */
  #pump(): void {
    for (let next = this.#waiting[0]; next !== undefined && this.#mayGo(next); next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#sent.push(next);
      this.#bytes += next.line.length;
      this.#child.write(next.line);
      if (this.#sent.length === 1) this.#await(next);
    }
  }

  #mayGo(next: Request): boolean {
    const [first] = this.#sent;
    return first === undefined || (isShared(first) && isShared(next) && this.#bytes + next.line.length <= WINDOW);
  }

  #await({ what, limit }: Request): void {
    this.#clock.start(limit, () => {
      const bytes = this.#lines.pending;
      const unheard = bytes > 0 ? `${bytes} bytes, no newline` : '0 bytes';
      const doubt = bytes > 0 || this.#answered === 0 ? ': did the harness flush?' : '';
      this.#fail('hang', `no answer to ${what} within ${limit} ms: ${unheard}${doubt}`);
    });
  }

  #answer(line: Buffer): void {
    if (this.#failure !== undefined) return;
    const text = line.toString();
    const [request] = this.#sent;
    if (request === undefined) {
      return this.#fail('protocol-error', `nothing was asked, but it says: ${show(text)}${stdoutIsOurs(text)}`);
    }
    const reply = isUtf8(line) ? parseReply(text, request.id) : malformed('not UTF-8');
    const wrong = reply.kind === 'malformed' ? reply : request.answer(reply.value, text);
    if (wrong !== undefined) {
      return this.#fail(
        'protocol-error',
        `answer to ${request.what}: ${show(wrong.how)}: ${show(text)}${stdoutIsOurs(text)}`,
      );
    }
    this.#sent.shift();
    this.#bytes -= request.line.length;
    this.#answered++;
    this.#parted = request.what === 'bye';
    const [next] = this.#sent;
    if (next === undefined) this.#clock.stop();
    else this.#await(next);
    this.#pump();
  }

  #fail(kind: 'crash' | 'hang' | 'protocol-error', how: string): void {
    if (this.#failure !== undefined) return;
    this.#clock.stop();
    const due = [...this.#sent.splice(0), ...this.#waiting.splice(0)];
    const started = this.#answered > 0 || kind === 'protocol-error';
    const patience = kind === 'hang' && this.#parting ? this.#patience : 0;
    const failure = this.#child
      .end(patience)
      .then((): Failure => ({ kind: started ? kind : 'no-start', how, stderr: this.#child.stderr }));
    this.#failure = failure;
    void failure.then((known) => due.forEach(({ fail }) => fail(known)));
  }
}
