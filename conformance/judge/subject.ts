/** The port between the judge and whatever is judged: what a subject says of itself, and how it is reached. */
import type { Claims } from '../../protocol/index.ts';

/** What of an allocator can be seen or asked, beyond allocating and freeing; see protocol/README.md. */
export type Feature =
  | 'observe:free-count'
  | 'observe:free-blocks'
  | 'observe:free-lists'
  | 'observe:pair-bits'
  | 'payload'
  | 'align:absolute'
  | 'range'
  | 'resize'
  | 'sized'
  | 'bulk'
  | 'boot'
  | 'boot:misuse'
  | 'boot:page-size'
  | 'machine'
  | 'observe:zones'
  /** Scripts of several threads at once, as many as that. */
  | `threads:${number}`;

/** What a subject says of itself before anything is asked of it. */
export interface Hello {
  readonly name: string;
  readonly revision: string;
  readonly language: string;
  readonly claims: Claims;
  readonly features: ReadonlySet<Feature>;
  /** Claims and features of the hello that this judge does not know: shown, never judged. */
  readonly unknown: readonly string[];
  readonly maxBatch: number;
  /** Bytes. */
  readonly maxLine: number;
}

/** Why a subject did not answer. */
export type Failure =
  | { readonly kind: 'crash'; readonly how: string; readonly stderr: string }
  | { readonly kind: 'hang'; readonly how: string; readonly stderr: string }
  | { readonly kind: 'protocol-error'; readonly how: string; readonly stderr: string }
  | { readonly kind: 'no-start'; readonly how: string; readonly stderr: string };

/** Reports whether an answer is a failure to answer. */
export const isFailure = (answer: object): answer is Failure => 'how' in answer && 'stderr' in answer;

/** What an init came to; what is ready differs from kind to kind. */
export type Opened<R> =
  R | { readonly kind: 'unsupported'; readonly why: string } | { readonly kind: 'failed'; readonly why: string };

/** An allocator in this process: it answers at once. */
export interface LiveSubject {
  readonly kind: 'live';
  readonly hello: Hello;
  /** By the name of a kind, what that kind asks its questions of; a kind that is not offered is absent. */
  readonly ports: Readonly<Partial<Record<string, object>>>;
}

/** Text that is not what it must be, and in what. */
export interface Malformed {
  readonly kind: 'malformed';
  readonly how: string;
}

export type Parsed<T> = { readonly kind: 'parsed'; readonly value: T } | Malformed;

/** What is asked of a subject behind a pipe, and how its reply is read. */
export interface Question<T> {
  readonly what: 'hello' | 'init' | 'run' | 'observe' | 'bye';
  readonly encode: (id: number) => string;
  /** Reads the reply; `line` is the reply as it came. */
  readonly parse: (reply: unknown, line: string) => Parsed<T>;
  /** How long the reply may take, in ms. */
  readonly limit: number;
}

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

/** An allocator behind a pipe. Requests are answered in order; several `run`s may be in flight. */
export interface PipedSubject {
  readonly kind: 'piped';
  readonly hello: Hello;
  /** Its hello as it came: after a restart it must be the same, byte for byte. */
  readonly greeting: string;
  readonly limits: Limits;
  ask<T>(question: Question<T>): Promise<T | Failure>;
  /** Ends it, by force if need be; nothing is left behind. Idempotent. */
  close(): Promise<Failure | undefined>;
  /** Whether something that it was asked has no answer yet. */
  readonly isAwaited: boolean;
  /** Ends it by force, now: what it is asked gets no answer. */
  kill(): void;
}

/** Whatever is judged. */
export type Subject = LiveSubject | PipedSubject;

/** Starts a subject that has seen nothing yet: a fresh process, or a new object. */
export type Start = () => Promise<Subject | Failure>;

/** Reports whether a start came to a subject. */
export const isSubject = (started: Subject | Failure): started is Subject =>
  started.kind === 'live' || started.kind === 'piped';
