/** Lives of a zone: the case of its slip, then cases drawn at random; after every call each invariant of a zone is asked. */
import fc from 'fast-check';
import { fixedCase } from '../judged.ts';
import {
  freeUndoesAllocate,
  historyLeavesNoTrace,
  invariants,
  snapshot,
  stepInvariants,
} from '../../../invariants/index.ts';
import { order, pfn } from '../../../conformance/unit.ts';
import { shapes } from '../../arbitrary/arena.ts';
import { transparent } from '../buddy/subject.ts';
import type { Alone, Known } from './alone.ts';
import type { Block, Command, Kernel, Observation } from '../../../protocol/index.ts';
import type { Broken } from '../load.ts';
import type { FixedCase, Operation, Result } from '../../../conformance/kinds/buddy/case.ts';
import type { LiveBuddy } from '../../../conformance/kinds/buddy/port.ts';
import type { Slip } from '../buddy/slip.ts';

/** Every invariant of a zone at one moment, in the order of `invariants`; then those of a step and of two moments. */
export const OF_ZONE: readonly Known[] = [...invariants, ...stepInvariants, historyLeavesNoTrace, freeUndoesAllocate];

const SEED = 20240422;
/** Lives, the most frames of an arena, and the most operations of a life. */
const [LIVES, MOST_PAGES, MOST_CALLS] = [24, 64, 60];

/** A zone of which every call is looked at. */
class WatchedZone {
  readonly #buddy: LiveBuddy;
  readonly #alone: Alone;
  readonly #held: (Block | undefined)[] = [];
  /** The zone before anything was granted, and before the last call if that granted a block. */
  #fresh: Observation | undefined;
  #ungranted: Observation | undefined;

  constructor(buddy: LiveBuddy, alone: Alone) {
    this.#buddy = buddy;
    this.#alone = alone;
  }

  /** Goes through a case, and frees what is left. */
  live({ script, shape }: FixedCase): void {
    this.#alone.calls++;
    if (this.#buddy.open(shape).kind === 'failed') this.#alone.stops++;
    const seen = this.#buddy.observation();
    if (seen === undefined) return;
    this.#fresh = snapshot(seen);
    this.#alone.askZone(seen);
    for (const operation of script) if (!this.#do(operation)) return;
    for (const [slot] of this.#held.entries()) if (!this.#do({ kind: 'free-slot', slot })) return;
  }

  /** Carries out one operation; returns false if no answer came. */
  #do(operation: Operation): boolean {
    const command = this.#commandOf(operation);
    if (command === undefined) return true;
    const seen = this.#buddy.observation();
    if (seen === undefined) return false;
    const before = snapshot(seen);
    this.#alone.calls++;
    const outcome = answer(this.#buddy, command);
    if (outcome.kind === 'error' || outcome.kind === 'nonsense') {
      this.#alone.stops++;
      return false;
    }
    if (command.kind === 'allocate') {
      this.#held.push(outcome.kind === 'granted' ? { head: outcome.head, order: command.order } : undefined);
    }
    this.#alone.askZone(seen);
    this.#alone.ask(stepInvariants, { before, after: seen, command, outcome });
    if (this.#fresh !== undefined) this.#alone.ask([historyLeavesNoTrace], { before: this.#fresh, after: seen });
    const isUndone = operation.kind === 'free-slot' && operation.slot === this.#held.length - 1;
    if (isUndone && this.#ungranted !== undefined) {
      this.#alone.ask([freeUndoesAllocate], { before: this.#ungranted, after: seen });
    }
    this.#ungranted = outcome.kind === 'granted' ? before : undefined;
    return true;
  }

  /** Returns what an operation asks; nothing if its slot holds no block, and nothing of what these allocators lack. */
  #commandOf(operation: Operation): AskedCommand | undefined {
    switch (operation.kind) {
      case 'allocate':
        return { kind: 'allocate', order: operation.order };
      case 'free-frame':
        return { kind: 'free', head: operation.head, order: operation.order };
      case 'free-slot': {
        const block = this.#held[operation.slot];
        this.#held[operation.slot] = undefined;
        return block === undefined ? undefined : { kind: 'free', ...block };
      }
      case 'resize':
      case 'allocate-frames':
      case 'free-slots':
        return undefined;
    }
  }
}

type AskedCommand = Exclude<Command, { readonly kind: 'hand-over' }>;

const answer = (buddy: LiveBuddy, command: AskedCommand): Result =>
  command.kind === 'allocate' ? buddy.allocate(command.order) : buddy.free(command.head, command.order);

/** Returns the operation that a number means, after some allocations. */
function operationOf(n: number, slots: number, { base, orders, pages }: FixedCase['shape']): Operation {
  const [kind, rest] = [n % 8, n >> 3];
  if (kind < 4 || slots === 0) return { kind: 'allocate', order: order(rest % Math.min(3, orders)) };
  if (kind === 4) return { kind: 'free-slot', slot: slots - 1 };
  if (kind < 7) return { kind: 'free-slot', slot: rest % slots };
  if (rest % 2 === 0) return { kind: 'allocate', order: order((rest >> 1) % (orders + 1)) };
  return { kind: 'free-frame', head: pfn(base + (rest % (pages + 2)) - 1), order: order((rest >> 8) % orders) };
}

/** Returns the cases that a kernel's zones live through, always the same. */
function drawn(kernel: Kernel): readonly FixedCase[] {
  const numbers = fc.array(fc.nat({ max: 2 ** 20 }), { maxLength: MOST_CALLS, size: 'max' });
  const lives = fc.sample(fc.tuple(shapes(kernel, MOST_PAGES), numbers), { numRuns: LIVES, seed: SEED });
  return lives.map(([{ base, holes, orders, pages }, all]) => {
    const shape = { base, pages, orders, reserved: holes };
    const script: Operation[] = [];
    for (const n of all) {
      script.push(operationOf(n, script.filter(({ kind }) => kind === 'allocate').length, shape));
    }
    return { shape, script, drain: false };
  });
}

/** Has the zones of a broken allocator live, each case in a new zone. */
export function watchZones(broken: Broken, { kernel, memory, shortest }: Slip, alone: Alone): void {
  const own = fixedCase(shortest);
  const subject = transparent(kernel, broken, memory);
  const buddy = subject.ports['buddy'] as LiveBuddy;
  for (const of of [...own.before, own.case, ...drawn(kernel)]) new WatchedZone(buddy, alone).live(of);
}
