/** Threads that are no threads: scripts carried out on a right allocator in a sequence that a seed fixes, with stamps as threads have them. */

import { Random } from '../../../conformance/random.ts';
import { placement, startPlaced } from '../../../spec/index.ts';
import type { Arena, Block, Command } from '../../../protocol/index.ts';
import type { Placed } from '../../../spec/index.ts';
import type { Result } from '../../../conformance/kinds/buddy/case.ts';
import type { Stamped, ThreadScript } from '../../../conformance/kinds/smp/wire.ts';

/** One thread: how far it is, and what it was granted. */
class Thread {
  readonly answers: Stamped[] = [];
  readonly #script: ThreadScript;
  readonly #granted: (Block | undefined)[] = [];
  #before = -1;
  #result: Result | undefined;

  constructor(script: ThreadScript) {
    this.#script = script;
  }

  get isOver(): boolean {
    return this.answers.length === this.#script.length;
  }

  /** Begins an operation, carries it out, or ends it: whichever comes next. */
  go(stamp: () => number, ask: (command: Command) => Result): void {
    if (this.#before < 0) this.#before = stamp();
    else if (this.#result === undefined) this.#result = this.#carryOut(ask);
    else {
      this.answers.push({ result: this.#result, before: this.#before, after: stamp() });
      this.#before = -1;
      this.#result = undefined;
    }
  }

  #carryOut(ask: (command: Command) => Result): Result {
    const word = this.#script[this.answers.length];
    if (word === undefined) throw new Error('the script is over');
    if (word.kind === 'free-frame') return ask({ kind: 'free', head: word.head, order: word.order });
    if (word.kind === 'free-slot') {
      const block = this.#granted[word.slot];
      return block === undefined ? { kind: 'done' } : ask({ kind: 'free', ...block });
    }
    const result = ask({ kind: 'allocate', order: word.order });
    this.#granted.push(result.kind === 'granted' ? { head: result.head, order: word.order } : undefined);
    return result;
  }
}

/** An arena of Linux 2.4 that such threads use. */
export class Scheduled {
  readonly #random: Random;
  #placed: Placed;
  #clock = 0;

  constructor(arena: Arena, seed: number) {
    this.#placed = startPlaced('2.4', arena);
    this.#random = new Random(seed);
  }

  /** Carries out the scripts of a round. */
  run(scripts: readonly ThreadScript[]): readonly (readonly Stamped[])[] {
    const threads = scripts.map((script) => new Thread(script));
    const ask = (command: Command): Result => {
      const { next, outcome } = placement(this.#placed, command);
      this.#placed = next;
      return outcome;
    };
    for (;;) {
      const left = threads.filter(({ isOver }) => !isOver);
      const thread = left[this.#random.below(left.length)];
      if (thread === undefined) return threads.map(({ answers }) => answers);
      thread.go(() => this.#clock++, ask);
    }
  }
}
