/** One case of the buddy system as the specification sees it. */
import {
  after,
  arithmetic,
  blocksIn,
  buddy,
  entryOf,
  freeMisuse,
  placement,
  startPlaced,
} from '../../../spec/index.ts';
import { afterOptional, isOptional, refuteOptional, sightOf } from './optional.ts';
import { order } from '../../unit.ts';
import { refute } from '../../../spec/index.ts';
import { refuteNothing, refuteResult } from './tell/answers.ts';
import { isClaimed, isFreeMisuse, rejected } from './misuse.ts';
import { placementOf, refutePlace, sameOutcome } from './compare/place.ts';
import { Slots } from './slots.ts';
import type {
  Arena,
  Block,
  Claims,
  Counterexample,
  Freed,
  Kernel,
  Outcome,
  Pfn,
  Run,
} from '../../../protocol/index.ts';
import type { Buddy, Placed } from '../../../spec/index.ts';
import type { BuddyCoverage, Watch } from './sights.ts';
import type { Operation, Request, Result } from './case.ts';
import type { Optional } from './optional.ts';

const FREED: Freed = -1;

const ORDER_0 = order(0);

/**
 * One case as the specification sees it: takes each operation with what came back for it, and says whether that was right.
 */
export class Oracle {
  readonly #claims: Claims;
  readonly #coverage: BuddyCoverage;
  readonly #counts: BuddyCoverage['counts'];
  readonly #watch: Watch | undefined;
  /** What each allocation was granted. */
  readonly slots: Slots;
  /** Grants by order. */
  readonly grants: number[];
  #placed: Placed;
  /** What the last operation granted or freed. */
  touched: Block | 'nothing' = 'nothing';
  /** Whose placement is judged: nobody's if none is claimed, nor after a grant within a range. */
  #kernel: Kernel | undefined;

  constructor(claims: Claims, arena: Arena, coverage: BuddyCoverage, watch?: Watch) {
    this.#claims = claims;
    this.#coverage = coverage;
    this.#counts = coverage.counts;
    this.#watch = watch;
    this.#kernel = placementOf(claims);
    this.grants = new Array<number>(arena.orders).fill(0);
    this.#placed = startPlaced(this.#kernel ?? '2.4', arena);
    this.slots = new Slots(this.#placed.state.origin);
  }

  /** The state that the operations so far led to; its lists mean something only where placement is claimed. */
  get placed(): Placed {
    return this.#placed;
  }

  get state(): Buddy {
    return this.#placed.state;
  }

  /** The claims that are judged now: placement is not, after a grant within a range. */
  get claims(): Claims {
    if (this.#kernel !== undefined || placementOf(this.#claims) === undefined) return this.#claims;
    return new Set([...this.#claims].filter((claim) => !claim.startsWith('placement:')));
  }

  /** What an operation asks of the allocator; undefined for freeing a slot that holds nothing. */
  commandOf(operation: Operation): Request | undefined {
    switch (operation.kind) {
      case 'allocate':
        return operation;
      case 'free-slot': {
        const block = this.slots.blockOf(operation.slot);
        if (block !== undefined) return { kind: 'free', head: block.head, order: block.order };
        const run = this.slots.runOf(operation.slot);
        return run === undefined ? undefined : { kind: 'free-frames', run };
      }
      case 'free-slots': {
        const blocks = operation.slots.flatMap((slot) => this.slots.blockOf(slot) ?? []);
        return blocks.length === 0 ? undefined : { kind: 'free-blocks', blocks };
      }
      case 'free-frame':
        return { kind: 'free', head: operation.head, order: operation.order };
      case 'resize':
      case 'allocate-frames':
        return operation;
    }
  }

  /**
   * Whether a free by frame may be sent: legal where some misuse is claimed, or misuse of a claimed kind; never of a frame that a
   * sized request was granted, as these are freed together.
   */
  mayFree(head: Pfn, of: Block['order']): boolean {
    if (this.slots.isSized(head)) return false;
    const misuse = freeMisuse(this.state, { head, order: of });
    if (misuse !== undefined) return isClaimed(this.#claims, misuse);
    return [...this.#claims].some((claim) => claim.startsWith('misuse'));
  }

  /** What an answer made of the state, as far as that can be drawn: a block granted where it must not be is not in it. */
  reached(operation: Operation, result: Result): Buddy | undefined {
    const command = this.commandOf(operation);
    if (command === undefined || result.kind === 'error' || result.kind === 'nonsense') return undefined;
    if (isOptional(command)) {
      const isSound = command.kind === 'resize' || refuteOptional(new Set(), this.state, command, result) === undefined;
      return isSound ? afterOptional(this.state, command, result) : undefined;
    }
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
    if (command === undefined) return result.kind === 'done' ? undefined : refuteNothing(operation, result);
    const outcome = result.kind === 'rejected' || result.kind === 'error' ? this.#noticed(command, result) : result;
    if (outcome.kind === 'error' || outcome.kind === 'nonsense') return refuteResult(this.state, command, outcome);
    this.#coverage.operations++;
    this.touched = 'nothing';
    const refuted = this.#judge(command, outcome);
    if (operation.kind === 'free-frame' && outcome.kind === 'done' && refuted === undefined) {
      this.#counts['free by frame']++;
    }
    return refuted;
  }

  /**
   * Goes on after an answer that was refuted, if it says plainly what the allocator did: a sound grant, a refusal, a free that
   * is done, misuse that was turned away. Reports whether it does. What a kernel's lists hold is not known any more.
   */
  accept(operation: Operation, result: Result): boolean {
    const command = this.commandOf(operation);
    if (command === undefined || result.kind === 'error' || result.kind === 'nonsense') return false;
    const { kernel, lists, state } = this.#placed;
    const isMisuse = command.kind === 'free' && freeMisuse(state, command) !== undefined;
    const isPlain =
      command.kind === 'allocate' || command.kind === 'allocate-frames'
        ? result.kind !== 'rejected' && result.kind !== 'done'
        : isMisuse === (result.kind === 'rejected') && command.kind === 'free';
    const next = isMisuse ? state : this.reached(operation, result);
    if (!isPlain || next === undefined) return false;
    this.#kernel = undefined;
    this.#placed = { kernel, state: next, lists };
    this.#note(state, command, result);
    return true;
  }

  /** Returns an answer as it is judged: misuse that only has to be noticed may be reported as an error of any kind. */
  #noticed(command: Request, result: Result): Result {
    if (command.kind !== 'free' || !this.#claims.has('misuse')) return result;
    const misuse = freeMisuse(this.state, command);
    return misuse === undefined || this.#claims.has(`misuse:${misuse}`) ? result : rejected(misuse);
  }

  #judge(command: Request, outcome: Outcome): Counterexample | undefined {
    const before = this.#placed;
    if (isOptional(command)) return this.#judgeOptional(command, outcome);
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

  /** Judges a request that no kernel has: once one is carried out, which block a kernel takes next is nobody's rule. */
  #judgeOptional(command: Optional, outcome: Outcome): Counterexample | undefined {
    const { kernel, lists, state } = this.#placed;
    const refuted = refuteOptional(this.#claims, state, command, outcome);
    if (refuted !== undefined) return refuted;
    const sight = sightOf(state, command, outcome);
    if (sight !== undefined) this.#counts[sight]++;
    const next = afterOptional(state, command, outcome);
    if (next !== state) this.#kernel = undefined;
    this.#placed = { kernel, state: next, lists };
    this.#note(state, command, outcome);
    if (command.kind === 'allocate') this.#watch?.(state, command, outcome);
    return undefined;
  }

  /** Keeps the slots, and counts what is worth seeing. */
  #note(before: Buddy, command: Request, outcome: Outcome): void {
    switch (outcome.kind) {
      case 'granted':
        if (command.kind === 'allocate') this.#noteGrant(before, { head: outcome.head, order: command.order });
        else if (command.kind === 'allocate-frames') this.#noteRun([outcome.head, command.frames]);
        return;
      case 'exhausted':
        if (command.kind === 'resize') return;
        this.slots.refuse();
        this.#counts.refusal++;
        this.#coverage.refusals++;
        if (buddy.anyWhollyFree(before, ORDER_0)) this.#counts['refusal with free frames left']++;
        return;
      case 'rejected':
        if (isFreeMisuse(outcome.misuse)) this.#counts[`rejected ${outcome.misuse}`]++;
        return;
      case 'done':
        if (command.kind === 'free') this.#noteFree(command);
        else this.#noteOptionalFree(command);
    }
  }

  #noteGrant(before: Buddy, block: Block): void {
    const counts = this.#counts;
    const { arena, origin, owners } = before;
    this.slots.grant(block);
    this.touched = block;
    counts.grant++;
    this.grants[block.order] = (this.grants[block.order] ?? 0) + 1;
    if (block.order < arena.orders - 1) {
      const other = arithmetic.buddyOf(origin, block);
      if (buddy.isWhollyFree(before, other.head, other.order)) counts.split++;
    }
    const end = arithmetic.endOf(block) - origin;
    for (let frame = block.head - origin + 1; frame < end; frame++) {
      if (entryOf(owners, frame) !== FREED) continue;
      counts['grant across frames granted apart before']++;
      return;
    }
  }

  #noteRun(run: Run): void {
    this.slots.grantRun(run, blocksIn(this.state, run));
    this.#counts.grant++;
  }

  #noteFree(block: Block): void {
    this.touched = block;
    this.slots.free(block.head);
    this.#countFree();
    const top = arithmetic.topOrder(this.state.arena);
    if (buddy.isWhollyFree(this.state, block.head, top)) this.#counts['join up to the top order']++;
  }

  #noteOptionalFree(command: Request): void {
    if (command.kind === 'free-frames') {
      this.slots.freeRun(blocksIn(this.state, command.run));
      this.#countFree();
    }
    if (command.kind !== 'free-blocks') return;
    for (const { head } of command.blocks) {
      this.slots.free(head);
      this.#countFree();
    }
  }

  #countFree(): void {
    this.#counts.free++;
    if (this.slots.outstanding === 0) this.#counts['emptied arena']++;
  }
}
