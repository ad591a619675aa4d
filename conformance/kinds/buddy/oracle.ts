import { show } from '../../show.ts';
import { buddy, freeMisuse, placement, refute, after, startPlaced } from '../../../spec/index.ts';
import { arithmetic } from '../../../spec/index.ts';
import { order, pfn } from '../../unit.ts';
import { isFreeMisuse } from './misuse.ts';
import { Random } from '../../random.ts';
import { shoot } from './film.ts';
import type {
  Arena,
  Block,
  Claims,
  Clause,
  Counterexample,
  Freed,
  Kernel,
  Outcome,
  Pfn,
} from '../../../protocol/index.ts';
import type { Buddy, Placed } from '../../../spec/index.ts';
import type { BuddyCoverage, Watch } from './sights.ts';
import type { Camera } from '../../judge/film/camera.ts';
import type { MisuseIntent, Operation, Request, Result } from './case.ts';

const FREED: Freed = -1;

const sameOutcome = (a: Outcome, b: Outcome): boolean => {
  if (a.kind === 'granted') return b.kind === 'granted' && a.head === b.head;
  return a.kind === b.kind && (a.kind !== 'rejected' || (b.kind === 'rejected' && a.misuse === b.misuse));
};

/** Which kernel's placement is claimed. */
export function placementOf(claims: Claims): Kernel | undefined {
  if (claims.has('placement:linux-2.4')) return '2.4';
  return claims.has('placement:linux-2.6') ? '2.6' : undefined;
}

/** A frame just before or behind the arena, or far from it. */
const strayFrame = (base: number, pages: number, random: Random): number =>
  random.pick([base - random.between(1, 4), base + pages + random.below(4), base + pages + random.next(), 0]);

/**
 * One case as the specification sees it: takes each operation with what came back for it, and says whether that was right.
 */
export class Oracle {
  readonly #claims: Claims;
  readonly #coverage: BuddyCoverage;
  readonly #counts: BuddyCoverage['counts'];
  readonly #watch: Watch | undefined;
  /** By slot, while the block is outstanding. */
  readonly #slots: (Block | undefined)[] = [];
  /** The slot of the outstanding block at a head, by frame from the origin. */
  readonly #slotAt: number[] = [];
  #outstanding = 0;
  /** Grants by order. */
  readonly grants: number[];
  #placed: Placed;
  /** What the last operation granted or freed. */
  touched: Block | 'nothing' = 'nothing';
  readonly #kernel: Kernel | undefined;

  readonly #camera: Camera | undefined;

  constructor(claims: Claims, arena: Arena, coverage: BuddyCoverage, watch?: Watch, camera?: Camera) {
    this.#camera = camera;
    this.#claims = claims;
    this.#coverage = coverage;
    this.#counts = coverage.counts;
    this.#watch = watch;
    this.#kernel = placementOf(claims);
    this.grants = new Array<number>(arena.orders).fill(0);
    this.#placed = startPlaced(this.#kernel ?? '2.4', arena);
  }

  /** The state that the operations so far led to; its lists mean something only where placement is claimed. */
  get placed(): Placed {
    return this.#placed;
  }

  get state(): Buddy {
    return this.#placed.state;
  }

  get slots(): number {
    return this.#slots.length;
  }

  /** Slots whose blocks are outstanding. */
  liveSlots(): readonly number[] {
    return [...this.#slots.keys()].filter((slot) => this.#slots[slot] !== undefined);
  }

  /** What an operation asks of the allocator; undefined for freeing a slot that holds nothing. */
  commandOf(operation: Operation): Request | undefined {
    switch (operation.kind) {
      case 'allocate':
        return operation;
      case 'free-slot': {
        const block = this.#slots[operation.slot];
        return block === undefined ? undefined : { kind: 'free', head: block.head, order: block.order };
      }
      case 'free-frame':
        return { kind: 'free', head: operation.head, order: operation.order };
    }
  }

  /** Whether a free by frame may be sent: legal where some misuse is claimed, or misuse of a claimed kind. */
  mayFree(head: Pfn, of: Block['order']): boolean {
    const misuse = freeMisuse(this.state, { head, order: of });
    if (misuse !== undefined) return this.#claims.has(`misuse:${misuse}`);
    return [...this.#claims].some((claim) => claim.startsWith('misuse:'));
  }

  /** A free that is misuse of the wanted kind in the present state; undefined where none was found. */
  resolve({ misuse, seed }: MisuseIntent): Operation | undefined {
    const random = new Random(seed);
    const { base, pages, orders } = this.state.arena;
    for (let tries = 0; tries < 40; tries++) {
      const head = pfn(Math.max(0, random.chance(0.2) ? strayFrame(base, pages, random) : base + random.below(pages)));
      const of = order(random.chance(0.6) ? 0 : random.below(orders + 2));
      if (freeMisuse(this.state, { head, order: of }) === misuse) return { kind: 'free-frame', head, order: of };
    }
    return undefined;
  }

  /** What an answer made of the state, as far as that can be drawn: a block granted where it must not be is not in it. */
  reached(operation: Operation, result: Result): Buddy | undefined {
    const command = this.commandOf(operation);
    if (command === undefined || result.kind === 'error' || result.kind === 'nonsense') return undefined;
    if (command.kind === 'free' && freeMisuse(this.state, command) !== undefined) return undefined;
    if (command.kind === 'allocate' && result.kind === 'granted') {
      if (refute(new Set(), this.state, command, result) !== undefined) return undefined;
    }
    return after(this.state, command, result);
  }

  /** Judges what came back for an operation, and for what that asked; undefined where it was permitted. */
  absorb(
    operation: Operation,
    result: Result,
    command: Request | undefined = this.commandOf(operation),
  ): Counterexample | undefined {
    if (this.#camera === undefined) return this.#absorb(operation, result, command);
    const before = this.#placed;
    const found = this.#absorb(operation, result, command);
    const slotAt = (head: Pfn): number | undefined => this.#slotAt[head - before.state.origin];
    const shot = { before, after: this.#placed, claims: this.#claims, slotAt };
    shoot(this.#camera, {
      ...shot,
      operation,
      command,
      result,
      isWrong: found !== undefined,
    });
    return found;
  }

  #absorb(operation: Operation, result: Result, command: Request | undefined): Counterexample | undefined {
    if (command === undefined) return result.kind === 'done' ? undefined : refuteNothing(operation, result);
    if (result.kind === 'error' || result.kind === 'nonsense') return refuteResult(command, result);
    this.#coverage.operations++;
    this.touched = 'nothing';
    return this.#judge(command, result);
  }

  #judge(command: Request, outcome: Outcome): Counterexample | undefined {
    const before = this.#placed;
    if (this.#kernel === undefined) {
      const refuted = refute(this.#claims, before.state, command, outcome);
      if (refuted !== undefined) return refuted;
      this.#placed = { kernel: before.kernel, state: after(before.state, command, outcome), lists: before.lists };
    } else {
      const expected = placement(before, command);
      if (!sameOutcome(expected.outcome, outcome)) {
        return (
          refute(this.#claims, before.state, command, outcome) ??
          refutePlace(before, command, expected.outcome, outcome)
        );
      }
      this.#placed = expected.next;
    }
    this.#note(before.state, command, outcome);
    this.#watch?.(before.state, command, outcome);
    return undefined;
  }

  /** Keeps the slots, and counts what is worth seeing. */
  #note(before: Buddy, command: Request, outcome: Outcome): void {
    switch (outcome.kind) {
      case 'granted':
        if (command.kind === 'allocate') this.#noteGrant(before, { head: outcome.head, order: command.order });
        return;
      case 'exhausted':
        this.#slots.push(undefined);
        this.#counts.refusal++;
        this.#coverage.refusals++;
        if (buddy.anyWhollyFree(before, order(0))) this.#counts['refusal with free frames left']++;
        return;
      case 'rejected':
        if (isFreeMisuse(outcome.misuse)) this.#counts[`rejected ${outcome.misuse}`]++;
        return;
      case 'done':
        if (command.kind === 'free') this.#noteFree(command);
    }
  }

  #noteGrant(before: Buddy, block: Block): void {
    const counts = this.#counts;
    const { arena, origin, owners } = before;
    this.#slotAt[block.head - origin] = this.#slots.length;
    this.#slots.push(block);
    this.#outstanding++;
    this.touched = block;
    counts.grant++;
    this.grants[block.order] = (this.grants[block.order] ?? 0) + 1;
    if (block.order < arena.orders - 1) {
      const other = arithmetic.buddyOf(origin, block);
      if (buddy.isWhollyFree(before, other.head, other.order)) counts.split++;
    }
    const end = arithmetic.endOf(block) - origin;
    for (let frame = block.head - origin + 1; frame < end; frame++) {
      if (owners[frame] !== FREED) continue;
      counts['grant across frames granted apart before']++;
      return;
    }
  }

  #noteFree(block: Block): void {
    const { arena, origin } = this.state;
    const { head } = block;
    this.touched = block;
    const slot = this.#slotAt[head - origin];
    if (slot !== undefined) this.#slots[slot] = undefined;
    this.#outstanding--;
    this.#counts.free++;
    if (this.#outstanding === 0) this.#counts['emptied arena']++;
    if (buddy.isWhollyFree(this.state, head, arithmetic.topOrder(arena))) this.#counts['join up to the top order']++;
  }
}

const answered = (result: Result): string => {
  switch (result.kind) {
    case 'granted':
      return `frame ${result.head} was answered`;
    case 'rejected':
      return `it was rejected as ${result.misuse}`;
    case 'error':
      return `it was answered !${result.error}${result.detail === '' ? '' : `: ${show(result.detail)}`}`;
    case 'nonsense':
      return `it was answered "${show(result.token)}"`;
    case 'exhausted':
      return 'it was refused';
    case 'done':
      return 'it was answered done';
  }
};

const refuteNothing = (operation: Operation, result: Result): Counterexample => ({
  clause: 'USE-3',
  place: `freeing slot ${operation.kind === 'free-slot' ? operation.slot : ''}`,
  facts: [answered(result), 'the slot holds nothing: nothing is to be done'],
});

function refuteResult(command: Request, result: Result): Counterexample {
  const place = command.kind === 'allocate' ? `allocating order ${command.order}` : `freeing frame ${command.head}`;
  return { clause: 'USE-3', place, facts: [answered(result), 'that is no answer to this operation'] };
}

/** Which rule of placement a grant broke: which block is taken, which half of it is kept, or how the lists begin. */
function placeClause(kernel: Kernel, { state }: Placed, expected: Outcome, seen: Outcome): Clause {
  if (expected.kind !== 'granted' || seen.kind !== 'granted') return 'PLACE-1';
  const from = buddy.freeBlockAround(state, expected.head);
  const taken = buddy.freeBlockAround(state, seen.head);
  if (from.head === taken.head) return kernel === '2.4' ? 'PLACE-2' : 'PLACE-3';
  const untouched = state.owners.every((owner) => owner < FREED);
  return untouched && from.order === taken.order ? 'PLACE-5' : 'PLACE-1';
}

function refutePlace(placed: Placed, command: Request, expected: Outcome, seen: Outcome): Counterexample {
  const { kernel } = placed;
  const place = command.kind === 'allocate' ? `allocating order ${command.order}` : 'freeing';
  const facts = [answered(seen), `Linux ${kernel}: ${answered(expected)}`] as const;
  return { clause: placeClause(kernel, placed, expected, seen), place, facts };
}
