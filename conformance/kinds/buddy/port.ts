/** What the judge asks of a buddy allocator: of one in this process at once, of one behind a pipe by requests. */
import { encodeInit, encodeObserve, encodeRun, fits, viewsOf } from './wire/requests.ts';
import { parseObserved } from './wire/observed.ts';
import { parseOpened, parseRan } from './wire/reply.ts';
import { requestLimit } from '../../wire/limits.ts';
import type { Failure, Hello, PipedSubject, Subject } from '../../judge/subject.ts';
import type { Block, Observation, Order, Pfn } from '../../../protocol/index.ts';
import type { Observed } from './wire/observed.ts';
import type { BuddyOpened } from './wire/reply.ts';
import type { Operation, Range, Result, Shape } from './case.ts';
import type { Yields } from './drive/drain.ts';

/** A buddy allocator in this process. */
export interface LiveBuddy {
  /** Starts a new case: everything granted before is forgotten. */
  open(shape: Shape): BuddyOpened;
  /** Allocates a block, within a range of frames if one is named. */
  allocate(order: Order, within?: Range): Result;
  free(head: Pfn, order: Order): Result;
  /** Makes the arena smaller or larger, with the feature `resize`; done, or refused. */
  resize?(pages: number): Result;
  /** Allocates frames, 1 or more, the first a multiple of a power of two, with the feature `sized`. */
  allocateFrames?(frames: number, align: number): Result;
  /** Frees what `allocateFrames` granted. */
  freeFrames?(first: Pfn, frames: number): Result;
  /** Frees several blocks at once, with the feature `bulk`. */
  freeAll?(blocks: readonly Block[]): Result;
  /** Returns all that it holds, live; undefined if it cannot be shown. */
  observation(): Observation | undefined;
  /** Returns what it shows of itself. */
  views(): Observed;
}

/** A buddy allocator behind a pipe. */
export class PipedBuddy {
  readonly hello: Hello;
  readonly #subject: PipedSubject;
  /** The last arena that was asked for: what is observed is at most as large. */
  #shape: Shape | undefined;

  constructor(subject: PipedSubject) {
    this.#subject = subject;
    this.hello = subject.hello;
  }

  /** Starts a new case. A shape whose request is longer than `maxLine` is not sent, and is unsupported. */
  async open(shape: Shape): Promise<BuddyOpened | Failure> {
    this.#shape = shape;
    const { maxLine } = this.hello;
    const bytes = encodeInit(Number.MAX_SAFE_INTEGER, shape).length;
    if (bytes > maxLine) return { kind: 'unsupported', why: `init takes ${bytes} bytes, maxLine is ${maxLine}` };
    return this.#subject.ask({
      what: 'init',
      encode: (id) => encodeInit(id, shape),
      parse: (reply) => parseOpened(reply, shape),
      limit: requestLimit(this.#subject.limits, 0),
    });
  }

  /** Asks at most `hello.maxBatch` operations, no longer than `hello.maxLine`. */
  async run(operations: readonly Operation[]): Promise<readonly Result[] | Failure> {
    const { length } = operations;
    if (!fits(operations, this.hello)) throw new Error(`${length} operations in one run`);
    return this.#subject.ask({
      what: 'run',
      encode: (id) => encodeRun(id, operations),
      parse: (reply) => parseRan(reply, length),
      limit: requestLimit(this.#subject.limits, length),
    });
  }

  /** Asks for all views that the hello names. */
  async observe(): Promise<Observed | Failure> {
    const views = viewsOf(this.hello);
    if (views.length === 0) return {};
    return this.#subject.ask({
      what: 'observe',
      encode: (id) => encodeObserve(id, views),
      parse: (reply) => parseObserved(reply, views, this.#shape),
      limit: requestLimit(this.#subject.limits, 0),
    });
  }
}

/** A subject as a buddy allocator, with what a fresh arena of each shape granted when it was drained. */
export type BuddyPort =
  | { readonly kind: 'live'; readonly buddy: LiveBuddy; readonly yields: Yields }
  | { readonly kind: 'piped'; readonly buddy: PipedBuddy; readonly yields: Yields };

/** Returns a subject as a buddy allocator; undefined if it has no such thing in this process. */
export function connectBuddy(subject: Subject): BuddyPort | undefined {
  const yields: Yields = new Map();
  if (subject.kind === 'piped') return { kind: 'piped', buddy: new PipedBuddy(subject), yields };
  const buddy = subject.ports['buddy'] as LiveBuddy | undefined;
  return buddy === undefined ? undefined : { kind: 'live', buddy, yields };
}
