import type {
  BootCommand,
  BootNode,
  Claims,
  Observation,
  Order,
  Outcome,
  Pfn,
  Run,
  Reported,
} from '../../protocol/index.ts';

/** What of an allocator can be seen; see protocol/README.md. */
export type Feature =
  | 'observe:free-count'
  | 'observe:free-blocks'
  | 'observe:free-lists'
  | 'observe:pair-bits'
  | 'payload'
  | 'align:absolute'
  | 'boot'
  | 'boot:misuse'
  | 'machine'
  | 'observe:zones';

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

/** An arena as a subject is asked to make it: `reserved` (sorted, apart) must never be handed out. */
export interface Shape {
  readonly base: Pfn;
  readonly pages: number;
  readonly orders: number;
  readonly reserved: readonly Run[];
}

/** One step of a script. A slot is the number of an earlier `allocate`, counted from 0. */
export type Operation =
  | { readonly kind: 'allocate'; readonly order: Order }
  | { readonly kind: 'free-slot'; readonly slot: number }
  | { readonly kind: 'free-frame'; readonly head: Pfn; readonly order: Order };

/** What came back. Nothing in it is known to be true; what is not an answer at all is kept as it came. */
export type Result =
  | Outcome
  | { readonly kind: 'error'; readonly error: 'payload' | 'internal'; readonly detail: string }
  | { readonly kind: 'nonsense'; readonly token: string };

/** Why a subject did not answer. */
export type Failure =
  | { readonly kind: 'crash'; readonly how: string; readonly stderr: string }
  | { readonly kind: 'hang'; readonly how: string; readonly stderr: string }
  | { readonly kind: 'protocol-error'; readonly how: string; readonly stderr: string }
  | { readonly kind: 'no-start'; readonly how: string; readonly stderr: string };

export type Opened =
  | { readonly kind: 'ready'; readonly usable: readonly Run[] | 'all' | 'probe' }
  | { readonly kind: 'unsupported'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string };

/** An allocator in this process: answers at once, and may show all that it holds. */
export interface LiveSubject {
  readonly kind: 'live';
  readonly hello: Hello;
  /** Starts a new case: everything granted before is forgotten. */
  open(shape: Shape): Opened;
  allocate(order: Order): Result;
  free(head: Pfn, order: Order): Result;
  /** All that it holds, where it can be shown; live. */
  observation(): Observation | undefined;
  views(): Reported;
}

/** An allocator behind a pipe. Requests are answered in order; several `run`s may be in flight. */
export interface PipedSubject {
  readonly kind: 'piped';
  readonly hello: Hello;
  open(shape: Shape): Promise<Opened | Failure>;
  /** At most `hello.maxBatch` operations, and no longer than `hello.maxLine`: `fits` tells. */
  run(operations: readonly Operation[]): Promise<readonly Result[] | Failure>;
  observe(): Promise<Reported | Failure>;
  /** Feature `boot`: starts a new case of boot memory, all of it reserved. */
  openBoot(nodes: readonly BootNode[]): Promise<Opened | Failure>;
  /** Feature `boot`: one command, and the result as it came. */
  runBoot(command: BootCommand): Promise<string | Failure>;
  /** Ends it, by force if need be; nothing is left behind. Idempotent. */
  close(): Promise<Failure | undefined>;
}

/** Whatever is judged. */
export type Subject = LiveSubject | PipedSubject;
