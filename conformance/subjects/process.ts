/** A harness as a process of its own. */
import { show } from '../show.ts';
import { parseHello } from '../wire/hello.ts';
import { encodeBye, encodeHello } from '../wire/requests.ts';
import { LIMITS } from '../wire/limits.ts';
import { parseBye } from '../wire/reply.ts';
import { startChild } from '../wire/child.ts';
import { Exchange } from '../wire/exchange.ts';
import type { Failure, Hello, Limits, PipedSubject, Question } from '../judge/subject.ts';

/** A subject that is a process of its own. */
export interface ProcessSubject extends PipedSubject {
  /** Its process id, and the id of its process group. */
  readonly pid: number;
}

class Process implements ProcessSubject {
  readonly kind = 'piped';
  readonly hello: Hello;
  readonly greeting: string;
  readonly pid: number;
  readonly #exchange: Exchange;
  readonly limits: Limits;
  #closed: Promise<Failure | undefined> | undefined;

  constructor(hello: Hello, greeting: string, pid: number, exchange: Exchange, limits: Limits) {
    this.hello = hello;
    this.greeting = greeting;
    this.pid = pid;
    this.#exchange = exchange;
    this.limits = limits;
  }

  ask<T>(question: Question<T>): Promise<T | Failure> {
    return this.#exchange.ask(question);
  }

  get isAwaited(): boolean {
    return this.#exchange.isAwaited;
  }

  kill(): void {
    this.#exchange.kill();
  }

  close(): Promise<Failure | undefined> {
    const { goodbye } = this.limits;
    return (this.#closed ??= this.#exchange.part({ what: 'bye', encode: encodeBye, parse: parseBye, limit: goodbye }));
  }
}

/**
 * Starts a harness (its path or name, then its arguments; no shell) in a process group of its own, and greets it. It starts in
 * this process's folder if no other is given. What goes wrong is a `Failure`: by then the process is gone, and with it its group.
 * A harness that is silent, ends or refuses before its hello does not start; from then on silence is a hang and an end a crash.
 */
export async function startProcess(
  command: readonly string[],
  limits: Limits = LIMITS,
  folder?: string,
): Promise<ProcessSubject | Failure> {
  const child = await startChild(command, folder);
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
