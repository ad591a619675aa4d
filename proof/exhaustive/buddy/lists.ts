/** Every state of an arena with the order of its lists, and every command in each. */
import { Image, regionOf } from './image.ts';
import { allocatorIn } from './make.ts';
import { drawOwners, refute, wordName } from './difference.ts';
import { snapshot, refuteAll, refuteStep, tell } from '../../../invariants/index.ts';
import { order, pfn } from '../../unit.ts';
import { placement, startPlaced, valuesOf } from '../../../spec/index.ts';
import type { Allocator } from '../../../src/index.ts';
import type { Arena, Command, Kernel, Observation, Outcome } from '../../../protocol/index.ts';
import type { Create } from './make.ts';
import type { Placed } from '../../../spec/index.ts';

/** What a kernel's next answers depend on: what is outstanding, and the order of the lists. */
const keyOf = ({ lists, state }: Placed): string =>
  `${lists.map((list) => list.join(',')).join(';')}|${valuesOf(state.owners)
    .map((owner) => Math.max(owner, -1))
    .join(',')}`;

const told = (outcome: Outcome): string => Object.values(outcome).join(' ');

/** Everything that can be asked of an arena, and a little beside it. */
function everyCommand({ base, pages, orders }: Arena): readonly Command[] {
  const all: Command[] = [];
  for (let of = 0; of <= orders; of++) {
    all.push({ kind: 'allocate', order: order(of) });
    for (let frame = base - 1; frame <= base + pages; frame++)
      all.push({ kind: 'free', head: pfn(frame), order: order(of) });
  }
  for (let frame = base - 1; frame <= base + pages; frame++) all.push({ kind: 'hand-over', frame: pfn(frame) });
  return all;
}

/** What was seen with the order of the lists as part of the state. */
export interface Listed {
  readonly states: number;
  readonly steps: number;
}

/** Explores an arena from its start, with `placement` of the specification beside the allocator at every step. */
class ListExplorer {
  readonly #allocator: Allocator;
  readonly #image: Image;
  readonly #expected: Image;
  readonly #observation: Observation;
  readonly #kernel: Kernel;
  readonly #arena: Arena;
  readonly #known = new Map<string, Placed>();
  readonly #waiting: Placed[] = [];
  #steps = 0;

  constructor(kernel: Kernel, arena: Arena, create: Create | undefined) {
    const region = regionOf(kernel, arena);
    this.#allocator = allocatorIn(kernel, arena, region, create);
    this.#observation = this.#allocator.observe();
    this.#image = new Image(kernel, arena, region);
    this.#expected = new Image(kernel, arena);
    this.#kernel = kernel;
    this.#arena = arena;
  }

  explore(): Listed {
    const commands = everyCommand(this.#arena);
    this.#add(startPlaced(this.#kernel, this.#arena));
    for (let from = this.#waiting.pop(); from !== undefined; from = this.#waiting.pop()) {
      for (const command of commands) this.#step(from, command);
    }
    return { states: this.#known.size, steps: this.#steps };
  }

  #add(placed: Placed): void {
    const key = keyOf(placed);
    if (this.#known.has(key)) return;
    this.#known.set(key, placed);
    this.#waiting.push(placed);
  }

  #answer(command: Command): Outcome {
    switch (command.kind) {
      case 'allocate':
        return this.#allocator.allocate(command.order);
      case 'free':
        return this.#allocator.free(command.head, command.order);
      case 'hand-over':
        return this.#allocator.handOver(command.frame);
    }
  }

  #step(from: Placed, command: Command): void {
    this.#image.draw(from.state, from.lists);
    const before = snapshot(this.#observation);
    const { outcome: right, next } = placement(from, command);
    const outcome = this.#answer(command);
    if (told(outcome) !== told(right)) this.#stop(from, command, told(outcome), `it must be ${told(right)}`);
    this.#expected.draw(next.state, next.lists);
    for (let n = 0; n < this.#expected.words.length; n++) {
      if (this.#image.words[n] === this.#expected.words[n]) continue;
      const name = wordName({ kernel: this.#kernel, arena: this.#arena, boot: false }, n);
      this.#stop(from, command, `${name} is ${this.#image.words[n]}`, `it must be ${this.#expected.words[n]}`);
    }
    const [found] = [
      ...refuteAll(this.#observation),
      ...refuteStep({ before, after: this.#observation, command, outcome }),
    ];
    if (found !== undefined) this.#stop(from, command, tell(found), 'every invariant holds');
    this.#steps++;
    this.#add(next);
  }

  #stop({ state, lists }: Placed, command: Command, ...facts: readonly [string, string]): never {
    const { base, pages } = this.#arena;
    const name = drawOwners(valuesOf(state.owners), base - state.origin, pages);
    return refute(`${name} with the lists ${JSON.stringify(lists)}`, Object.values(command).join(' '), ...facts);
  }
}

/** All states of an arena that differ in what is outstanding or in the order of a list, and every step out of each. */
export const exploreLists = (kernel: Kernel, arena: Arena, create?: Create): Listed =>
  new ListExplorer(kernel, arena, create).explore();
