/** What a thread is given, and the words that all threads of an allocator share. */
import type { ArenaRequest } from './buddy-object.ts';
import type { ThreadScript } from '../kinds/smp/wire.ts';

/** What a thread is given when it begins. */
export interface ThreadData {
  /** The user's module, as an address. */
  readonly module: string;
  readonly thread: number;
  /** The words that all threads share: see below. */
  readonly words: Int32Array;
}

/** A script for one thread. A new arena has a new number. */
export interface ThreadTask {
  readonly arena: ArenaRequest;
  readonly number: number;
  readonly memory: SharedArrayBuffer;
  readonly script: ThreadScript;
}

/** The word that counts stamps. */
export const COUNTER = 0;
/** The word with the number of threads that are waited for. */
export const WAITED = 1;
