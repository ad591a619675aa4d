/** A buddy allocator behind something like a pipe: requests and replies as text, in this process. */

import { BuddySets } from '../../fault/buddy/opaque/buddy-sets.ts';
import { LIMITS } from '../../../conformance/wire/limits.ts';
import { objectSubject } from '../../../conformance/subjects/object.ts';
import type { Claim } from '../../../protocol/index.ts';
import type { Hello, PipedSubject } from '../../../conformance/judge/subject.ts';
import type { ObjectArena } from '../../fault/buddy/opaque/buddy-sets.ts';

/** What answers: an init with a reply, an operation with a word. */
export interface Words {
  init(arena: ObjectArena): object;
  word(operation: string): string;
}

/** Returns the hello of a harness that makes these claims. */
export const helloOf = (claims: readonly Claim[]): Hello =>
  objectSubject({ claims, open: () => ({ unsupported: '' }) }).hello;

/** Returns a subject whose replies are those of `words`. */
export const pipedWords = (hello: Hello, words: Words): PipedSubject => ({
  kind: 'piped',
  hello,
  greeting: '',
  limits: LIMITS,
  ask: ({ encode, parse }) => {
    const { init, run } = JSON.parse(encode(1)) as { init?: ObjectArena; run?: string };
    const ran = run?.split(' ').map((one) => words.word(one));
    const read = parse(init === undefined ? { ran: ran?.join(' ') } : words.init(init), '');
    if (read.kind === 'parsed') return Promise.resolve(read.value);
    return Promise.resolve({ kind: 'protocol-error', how: read.how, stderr: '' });
  },
  close: () => Promise.resolve(undefined),
  isAwaited: false,
  kill: () => undefined,
});

/** A harness around `BuddySets`, as protocol/README.md describes it. A fault overrides one of its answers. */
export class Harness implements Words {
  buddy: BuddySets = new BuddySets({ base: 0, pages: 1, orders: 1, reserved: [] });
  /** By slot, the block that it holds. */
  slots: (readonly [frame: number, order: number] | undefined)[] = [];

  init(arena: ObjectArena): object {
    this.buddy = new BuddySets(arena);
    this.slots = [];
    return { ready: {} };
  }

  word(operation: string): string {
    const [a = 0, b = 0] = operation.slice(1).split(':').map(Number);
    if (operation.startsWith('a')) return this.allocate(a);
    if (operation.startsWith('f')) return this.freeSlot(a);
    return this.freeFrame(a, b);
  }

  allocate(order: number): string {
    const frame = this.buddy.allocate(order);
    this.slots.push(frame === null ? undefined : [frame, order]);
    return frame === null ? '-' : String(frame);
  }

  freeSlot(slot: number): string {
    const held = this.slots[slot];
    if (held === undefined) return '.';
    this.slots[slot] = undefined;
    this.buddy.free(...held);
    return '.';
  }

  freeFrame(frame: number, order: number): string {
    const misuse = this.buddy.free(frame, order);
    if (misuse !== undefined) return `!${misuse}`;
    const slot = this.slots.findIndex((held) => held?.[0] === frame);
    this.slots[slot] = undefined;
    return '.';
  }
}
