/** Everything that must be refused or rejected, asked in every state. */
import { Image, listsOf, regionOf } from './image.ts';
import { buddy, freeMisuse, handOverMisuse, valuesOf } from '../../../spec/index.ts';
import { allocatorIn } from './make.ts';
import { drawOwners, refute, wordName } from './difference.ts';
import { everyState } from './census.ts';
import { order, pfn } from '../../unit.ts';
import { treeOf } from './tree.ts';
import type { Allocator } from '../../../src/index.ts';
import type { Buddy } from '../../../spec/index.ts';
import type { Create } from './make.ts';
import type { Said } from './census.ts';
import type { Ground } from './ground.ts';
import type { Outcome } from '../../../protocol/index.ts';

/** What was denied, out of how many states. */
export interface Denials {
  readonly states: number;
  readonly refused: number;
  readonly rejected: number;
}

const told = (outcome: Outcome): string => (outcome.kind === 'rejected' ? outcome.misuse : outcome.kind);

/**
 * Asks for everything that must be refused or rejected in a state, and looks each time whether any bit of the region changed:
 * orders of which no block is wholly free, or that the arena lacks; frees of what is not outstanding at that order, in the
 * arena and beside it; hand-overs of what was handed over. What is right, the specification says.
 * @clause MISUSE-7 @clause STEP-2 @clause TAKE-5 @clause TAKE-6
 */
class Denier {
  states = 0;
  refused = 0;
  rejected = 0;
  readonly #ground: Ground;
  readonly #allocator: Allocator;
  readonly #image: Image;
  readonly #kept: Int32Array;

  constructor(ground: Ground, create: Create | undefined) {
    const { kernel, arena } = ground;
    const region = regionOf(kernel, arena);
    this.#ground = ground;
    this.#allocator = allocatorIn(kernel, arena, region, create);
    this.#image = new Image(kernel, arena, region);
    this.#kept = new Int32Array(this.#image.words.length);
  }

  visit(state: Buddy): void {
    const { base, pages, orders } = this.#ground.arena;
    this.#image.draw(state, listsOf(state));
    this.#kept.set(this.#image.words);
    this.states++;
    this.#look(state, 'allocate', -1, 0, this.#allocator.allocate(order(-1)), 'no-such-order');
    for (let of = 0; of <= orders; of++) {
      if (buddy.anyWhollyFree(state, order(of))) continue;
      this.#look(state, 'allocate', of, 0, this.#allocator.allocate(order(of)), 'exhausted');
      this.refused++;
    }
    for (let frame = base - 1; frame <= base + pages; frame++) this.#visitFrame(state, frame);
  }

  #visitFrame(state: Buddy, frame: number): void {
    const head = pfn(frame);
    for (let of = -1; of <= this.#ground.arena.orders; of++) {
      const misuse = freeMisuse(state, { head, order: order(of) });
      if (misuse === undefined) continue;
      this.#look(state, 'free', frame, of, this.#allocator.free(head, order(of)), misuse);
      this.rejected++;
    }
    const misuse = handOverMisuse(state, head);
    if (misuse === undefined) return;
    this.#look(state, 'hand over', frame, 0, this.#allocator.handOver(head), misuse);
    this.rejected++;
  }

  #look(state: Buddy, step: string, a: number, b: number, outcome: Outcome, right: string): void {
    if (told(outcome) !== right) this.#stop(state, `${step} ${a}:${b}`, told(outcome), `it must be ${right}`);
    const seen = this.#image.words;
    for (let n = 0; n < seen.length; n++) {
      if (seen[n] === this.#kept[n]) continue;
      this.#stop(state, `${step} ${a}:${b}`, `${wordName(this.#ground, n)} has changed`, `it was ${right}`);
    }
  }

  #stop(state: Buddy, step: string, ...facts: readonly [string, string]): never {
    const { base, pages } = this.#ground.arena;
    return refute(drawOwners(valuesOf(state.owners), base - state.origin, pages), step, ...facts);
  }
}

/** Denies in every state; of two frames side by side the one headed a block once, and then the other. */
export function denyAll(ground: Ground, create?: Create, said: Said = buddy): Denials {
  const denier = new Denier(ground, create);
  const tree = treeOf(ground.arena, ground.boot);
  for (const parity of ground.boot ? [0] : [0, 1]) {
    everyState(ground, tree, (state) => denier.visit(state), parity, said);
  }
  const { states, refused, rejected } = denier;
  return { states, refused, rejected };
}
