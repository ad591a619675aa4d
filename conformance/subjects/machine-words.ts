/** Carries out the words of a machine's steps on an object of this process, as a harness does behind a pipe. */
import { pfn } from '../unit.ts';
import type { Machine, PageOutcome } from '../../protocol/index.ts';
import type { MachineResult } from '../kinds/machine/operation.ts';

/** One request for pages. */
export interface PageRequest {
  /** The node of the caller's processor. */
  readonly node: number;
  readonly order: number;
  /** The gfp mask: protocol/README.md has its bits. */
  readonly gfp: number;
  /** Flags of the task that asks: 0x800 it reclaims, 0x1000 it is being killed. */
  readonly task: number;
  /** On that node alone. */
  readonly bound: boolean;
}

/** What the judge does for a page allocator in this process. */
export interface MachineHost {
  /** Frees pages for an allocator that reclaims, by calls of its `free`; returns whether it freed any. */
  reclaim(): boolean;
  /** Notes that kswapd was woken. */
  wakeKswapd(): void;
}

/** A page allocator with zones and nodes, as an object of this process. */
export interface MachineObject {
  /** Returns the first frame of a block; null if it refuses, 'stalled' if the kernel would wait for ever. */
  allocate(request: PageRequest): number | 'stalled' | null;
  /** Takes one user from the block at `head`; the last one makes it free. */
  free(head: number, order: number): unknown;
  /** Gives the block at `head` one more user. */
  get(head: number): unknown;
  /** Gives kswapd one turn over all nodes. */
  balance(): unknown;
  /** Returns, for each zone by node and then ascending, its free frames and whether it asks to be balanced. */
  observe?(): readonly (readonly [free: number, asks: boolean])[];
}

/** How a machine is made; or why there is none for such a description. */
export type OpenMachine = (machine: Machine, host: MachineHost) => MachineObject | { readonly unsupported: string };

interface Held {
  readonly head: number;
  readonly order: number;
  users: number;
}

const DONE: PageOutcome = { kind: 'done' };

/** One machine that is open, and the slots of its script. */
export class MachineWords implements MachineHost {
  readonly #object: MachineObject;
  readonly #slots: (Held | undefined)[] = [];
  #plan: Held[][] = [];
  #reclaims = 0;
  #woken = false;

  constructor(open: (host: MachineHost) => MachineObject) {
    this.#object = open(this);
  }

  get object(): MachineObject {
    return this.#object;
  }

  reclaim(): boolean {
    const blocks = this.#plan[this.#reclaims++] ?? [];
    for (const held of blocks) if (held.users > 0) this.#release(held, held.order);
    return blocks.length > 0;
  }

  wakeKswapd(): void {
    this.#woken = true;
  }

  /** Carries out the words of one step; returns what came of the last of them. */
  run(words: readonly string[]): MachineResult {
    this.#plan = [];
    this.#reclaims = 0;
    this.#woken = false;
    let outcome: MachineResult['outcome'] = DONE;
    for (const word of words) outcome = this.#word(word);
    return { outcome, reclaims: this.#reclaims, woken: this.#woken };
  }

  /** Returns what a slot holds now: nothing if another allocation has the block, or nobody. */
  #held(slot: number): Held | undefined {
    const held = this.#slots[slot];
    return held === undefined || held.users === 0 ? undefined : held;
  }

  #release(held: Held, order: number): void {
    held.users--;
    this.#object.free(held.head, order);
  }

  #word(word: string): MachineResult['outcome'] {
    const [a = 0, b = 0, gfp = 0, task = 0] = word.slice(1).split(':').map(Number);
    const held = this.#held(word.startsWith('p') ? b : a);
    switch (word[0]) {
      case 'p':
        if (held !== undefined) (this.#plan[a] ??= []).push(held);
        return DONE;
      case 'A':
      case 'N':
        return this.#allocate({ node: a, order: b, gfp, task, bound: word.startsWith('N') });
      case 'f':
        if (held !== undefined) this.#release(held, held.order);
        return DONE;
      case 'F': {
        const block = this.#slots.find((one) => one !== undefined && one.users > 0 && one.head === a);
        if (block !== undefined) this.#release(block, b);
        return DONE;
      }
      case 'g':
        if (held === undefined) return DONE;
        held.users++;
        this.#object.get(held.head);
        return DONE;
      default:
        this.#object.balance();
        return DONE;
    }
  }

  #allocate(request: PageRequest): MachineResult['outcome'] {
    const answer = this.#object.allocate(request);
    const isFrame = typeof answer === 'number' && Number.isSafeInteger(answer) && answer >= 0;
    for (const [slot, held] of this.#slots.entries()) if (held?.head === answer) this.#slots[slot] = undefined;
    this.#slots.push(isFrame ? { head: answer, order: request.order, users: 1 } : undefined);
    if (isFrame) return { kind: 'granted', head: pfn(answer) };
    if (answer === 'stalled') return { kind: 'stalled' };
    return answer === null ? { kind: 'exhausted' } : { kind: 'nonsense', token: String(answer) };
  }
}
