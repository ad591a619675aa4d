/** A subject that is a process of its own: what it is asked, and within which limits. */

import { encodeBootInit, encodeBootRun } from '../kinds/boot/case.ts';
import { counted } from '../wire/tokens.ts';
import { encodeBye, encodeHello, encodeInit, encodeObserve, encodeRun, fits, viewsOf } from '../wire/requests.ts';
import { parseBootRan, parseBye, parseHello, parseObserved, parseOpened, parseRan } from '../wire/reply.ts';
import { show } from '../wire/show.ts';
import { startChild } from '../wire/child.ts';
import { Exchange } from '../wire/exchange.ts';
import type { Question } from '../wire/exchange.ts';
import type { Observed } from '../wire/reply.ts';
import type { BootCommand, BootNode } from '../../protocol/index.ts';
import type { Failure, Hello, Opened, Operation, PipedSubject, Result, Shape } from '../judge/subject.ts';

/** How long things may take, in ms. */
export interface Limits {
  /** From the start of the process to its hello. */
  readonly start: number;
  /** One request, from the reply before it on; a run takes `operation` more for each of its operations. */
  readonly request: number;
  readonly operation: number;
  /** Each of: to answer bye, to be gone then, and to be gone after TERM, before KILL. */
  readonly goodbye: number;
}

export const LIMITS: Limits = { start: 10_000, request: 2_000, operation: 1, goodbye: 1_000 };

/** A subject that is a process of its own. */
export interface ProcessSubject extends PipedSubject {
  /** Its process id, and the id of its process group. */
  readonly pid: number;
  /** Its hello as it came, as valid UTF-8: after a restart it must be the same, byte for byte. */
  readonly greeting: string;
  /** Returns all views that its features name. */
  observe(): Promise<Observed | Failure>;
  /** Asks what no other subject is asked. */
  ask<T>(question: Question<T>): Promise<T | Failure>;
}

class Process implements ProcessSubject {
  readonly kind = 'piped';
  readonly hello: Hello;
  readonly greeting: string;
  readonly pid: number;
  readonly #exchange: Exchange;
  readonly #limits: Limits;
  /** The last arena that was asked for: what is observed is at most as large. */
  #shape: Shape | undefined;
  #closed: Promise<Failure | undefined> | undefined;

  constructor(hello: Hello, greeting: string, pid: number, exchange: Exchange, limits: Limits) {
    this.hello = hello;
    this.greeting = greeting;
    this.pid = pid;
    this.#exchange = exchange;
    this.#limits = limits;
  }

  /** Opens an arena. A shape whose request is longer than `maxLine` is not sent, and is unsupported. */
  async open(shape: Shape): Promise<Opened | Failure> {
    this.#shape = shape;
    const { maxLine } = this.hello;
    const bytes = encodeInit(Number.MAX_SAFE_INTEGER, shape).length;
    if (bytes > maxLine) return { kind: 'unsupported', why: `init takes ${bytes} bytes, maxLine is ${maxLine}` };
    return this.#exchange.ask({
      what: 'init',
      encode: (id) => encodeInit(id, shape),
      parse: (reply) => parseOpened(reply, shape),
      limit: this.#limits.request,
    });
  }

  async run(operations: readonly Operation[]): Promise<readonly Result[] | Failure> {
    const { length } = operations;
    if (!fits(operations, this.hello)) throw new Error(`${counted(length, 'operation')} in one run`);
    return this.#exchange.ask({
      what: 'run',
      encode: (id) => encodeRun(id, operations),
      parse: (reply) => parseRan(reply, length),
      limit: this.#limits.request + this.#limits.operation * length,
    });
  }

  async observe(): Promise<Observed | Failure> {
    const shape = this.#shape;
    const views = viewsOf(this.hello);
    if (views.length === 0) return {};
    return this.#exchange.ask({
      what: 'observe',
      encode: (id) => encodeObserve(id, views),
      parse: (reply) => parseObserved(reply, views, shape),
      limit: this.#limits.request,
    });
  }

  async openBoot(nodes: readonly BootNode[]): Promise<Opened | Failure> {
    return this.#exchange.ask({
      what: 'init',
      encode: (id) => encodeBootInit(id, nodes),
      parse: (reply) => parseOpened(reply),
      limit: this.#limits.request,
    });
  }

  async runBoot(command: BootCommand): Promise<string | Failure> {
    return this.#exchange.ask({
      what: 'run',
      encode: (id) => encodeBootRun(id, command),
      parse: parseBootRan,
      limit: this.#limits.request,
    });
  }

  ask<T>(question: Question<T>): Promise<T | Failure> {
    return this.#exchange.ask(question);
  }

  close(): Promise<Failure | undefined> {
    const { goodbye } = this.#limits;
    return (this.#closed ??= this.#exchange.part({ what: 'bye', encode: encodeBye, parse: parseBye, limit: goodbye }));
  }
}

/**
 * Starts a harness (its path or name, then its arguments; no shell) in a process group of its own, and greets it. What goes
 * wrong is a `Failure`: by then the process is gone, and with it its group. A harness that is silent, ends or refuses before
 * its hello does not start; from then on silence is a hang and an end a crash.
 */
export async function startProcess(
  command: readonly string[],
  limits: Limits = LIMITS,
): Promise<ProcessSubject | Failure> {
  const child = await startChild(command);
  if (typeof child === 'string') return { kind: 'no-start', how: child, stderr: '' };
  const exchange = new Exchange(child, limits.goodbye);
  let line = '';
  const reply = await exchange.ask({
    what: 'hello',
    encode: encodeHello,
    parse: (said, text) => {
      line = text;
      return parseHello(said);
    },
    limit: limits.start,
  });
  switch (reply.kind) {
    case 'hello':
      exchange.maxLine = reply.hello.maxLine;
      return new Process(reply.hello, line, child.pid, exchange, limits);
    case 'refuse':
      await child.end(0);
      return { kind: 'no-start', how: `refuses version 1: ${show(reply.why)}`, stderr: child.stderr };
    default:
      return reply;
  }
}
