/** The specification’s side of the lockstep. */
import { bootPlaced, placement, startPlaced } from '../../../spec/index.ts';
import { arenaOf, usableFrames } from '../../arbitrary/arena.ts';
import type { Block, Command, Outcome, Pfn } from '../../../protocol/index.ts';
import type { Buddy, Placed } from '../../../spec/index.ts';
import type { Memory } from '../../arbitrary/intent.ts';
import type { Coverage } from './coverage.ts';
import type { ZoneShape } from '../../../src/index.ts';

const REMEMBERED = 16;

const wireOf = (command: Command | number): string => {
  if (typeof command === 'number') return `p${command}`;
  switch (command.kind) {
    case 'allocate':
      return `a${command.order}`;
    case 'free':
      return `F${command.head}:${command.order}`;
    case 'hand-over':
      return `h${command.frame}`;
  }
};

/** The specification's side of the lockstep: its state, and what a caller remembers. */
export class Model implements Memory {
  placed: Placed;
  readonly live: Block[] = [];
  readonly freed: Block[] = [];
  readonly waiting: Pfn[];
  /** Frames that were handed over, ascending, before the first command. */
  readonly ready: readonly Pfn[];
  readonly shape: ZoneShape;
  readonly seen: Coverage;
  readonly #script: (Command | number)[] = [];
  #frees = 0;

  /** Of the frames that can be handed over, the last `waiting` of every hundred wait for it. */
  constructor(shape: ZoneShape, waiting: number, seen: Coverage) {
    const arena = arenaOf(shape);
    const usable = usableFrames(arena);
    const ready = Math.floor((usable.length * (100 - waiting)) / 100);
    this.ready = usable.slice(0, ready);
    this.waiting = usable.slice(ready);
    this.placed = waiting === 0 ? startPlaced(shape.kernel, arena) : bootPlaced(shape.kernel, arena);
    if (waiting > 0)
      for (const frame of this.ready) this.placed = placement(this.placed, { kind: 'hand-over', frame }).next;
    this.shape = shape;
    this.seen = seen;
    seen.sawArena(this.state);
  }

  get state(): Buddy {
    return this.placed.state;
  }

  /** What is asked next: a command, or a request in pages. */
  write(asked: Command | number): void {
    this.#script.push(asked);
  }

  /** Makes the step that the specification says. */
  take(command: Command, outcome: Outcome, next: Placed): void {
    this.seen.sawStep(this.placed, command, outcome, next);
    this.placed = next;
    if (outcome.kind === 'granted' && command.kind === 'allocate') {
      this.live.push({ head: outcome.head, order: command.order });
    }
    if (outcome.kind !== 'done') return;
    if (command.kind === 'free') this.#forget(command.head);
    if (command.kind === 'hand-over') removeAt(this.waiting, this.waiting.indexOf(command.frame));
  }

  #forget(head: Pfn): void {
    const at = this.live.findIndex((block) => block.head === head);
    const block = this.live[at];
    if (block !== undefined) this.freed[this.#frees++ % REMEMBERED] = block;
    removeAt(this.live, at);
  }

  /** All commands so far, to be replayed by hand: a ORDER, p PAGES, F FRAME:ORDER, h FRAME. */
  script(): string {
    const { kernel, base, pages, orders, holes } = this.shape;
    const arena = JSON.stringify({ kernel, base, pages, orders, holes, handedOver: this.ready.length });
    return `${arena}: ${this.#script.map(wireOf).join(' ')}`;
  }
}

/** Takes an element out; the last takes its place. */
function removeAt(list: unknown[], at: number): void {
  const last = list.pop();
  if (last !== undefined && at < list.length) list[at] = last;
}
