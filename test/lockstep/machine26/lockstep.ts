/** Both sides of the lockstep of a machine of 2.6.24: asked the same, compared completely after each command. */
import { Comparison } from '../../../conformance/kinds/buddy/compare/zone.ts';
import { afterMachine26, placeMachine26, refuteMachine26 as refute, startMachine26 } from '../../../spec/index.ts';
import { createMachine26 } from '../../../src/index.ts';
import { refuteMachine26, refuteMachine26Step, snapshotMachine26, tell } from '../../../invariants/index.ts';
import { valuesOf } from '../../../spec/index.ts';
import type {
  Block,
  Claims,
  Clause,
  Command26,
  Machine26,
  Observation26,
  Outcome26,
  Reclaimed26,
} from '../../../protocol/index.ts';
import type { MachineStep26 } from '../../../invariants/index.ts';
import type { MachineState26, Placement26 } from '../../../spec/index.ts';
import type { Memory26, Reclaimer26 } from '../../../src/index.ts';

const CLAIMS: Claims = new Set(['complete', 'best-fit']);

/** After this many commands, and at the end, every invariant of a moment is held against the machine. */
const INVARIANTS_EVERY = 32;

/** What makes machines: the sound sources, or broken ones. `refuel` comes before each call of them. */
export interface Make26 {
  readonly createMachine26: typeof createMachine26;
  readonly refuel: () => void;
  /** Is told of every step before it is judged. */
  readonly saw?: (step: MachineStep26) => void;
}

export const SOUND26: Make26 = { createMachine26, refuel: () => undefined };

/** A reclaimer that tries to free what it was told to, round after round, and after that nothing; it writes down what it did. */
export class Scripted26 implements Reclaimer26 {
  plan: readonly Reclaimed26[] = [];
  rounds: readonly Reclaimed26[] = [];
  woken = false;

  wakeKswapd(): void {
    this.woken = true;
  }

  /** What the rounds of the next command try to free. */
  tell(plan: readonly Reclaimed26[]): void {
    this.plan = plan;
    this.rounds = [];
    this.woken = false;
  }

  tryToFreePages(...[, , free]: Parameters<Reclaimer26['tryToFreePages']>): void {
    const blocks = this.plan[this.rounds.length] ?? [];
    this.rounds = [...this.rounds, blocks];
    for (const { head, order } of blocks) free(head, order);
  }
}

const said = (outcome: Outcome26): string => Object.values(outcome).join(' ');

/** What a run counts: rows that were gone through, and how they ended. */
export type Seen26 = Map<string, number>;

/** A machine of 2.6.24 and its specification: asked the same, compared completely after every command. */
export class BothMachines26 {
  state: MachineState26;
  live: readonly Block[] = [];
  readonly #memory: Memory26;
  readonly #reclaimer = new Scripted26();
  readonly #seen: Observation26;
  readonly #comparisons: readonly Comparison[];
  readonly #make: Make26;
  readonly #counts: Seen26;
  readonly #script: string[] = [];

  constructor(machine: Machine26, counts: Seen26 = new Map(), make: Make26 = SOUND26) {
    this.state = startMachine26(machine);
    this.#make = make;
    make.refuel();
    const created = make.createMachine26(machine, this.#reclaimer);
    if (created.kind === 'rejected') throw new Error(`${created.clause}: ${created.why}`);
    this.#memory = created.memory;
    this.#seen = created.memory.observe();
    this.#comparisons = machine.zones.map(() => new Comparison());
    this.#counts = counts;
    this.#look();
    this.invariants();
  }

  /** Asks both; reclaims free what `plan` says. Stops at the first thing that differs. */
  ask(command: Command26, plan: readonly Reclaimed26[] = []): Placement26 {
    this.#script.push(JSON.stringify(command));
    const before = snapshotMachine26(this.#seen);
    const outcome = this.#answer(command, plan);
    const { rounds, woken } = this.#reclaimer;
    const step = { before, after: this.#seen, command, outcome, reclaimed: rounds.length > 0 };
    this.#make.saw?.(step);
    this.#script.push(`  ${JSON.stringify(rounds)}: ${said(outcome)}`);
    const wrong = refute(CLAIMS, this.state, command, rounds, outcome);
    if (wrong !== undefined) this.#stop(tell(wrong));
    const placed = placeMachine26(this.state, command, rounds);
    this.#same(this.#lastClause(placed), said(outcome), said(placed.outcome));
    this.#same('GATE-9', `kswapd woken: ${String(woken)}`, `kswapd woken: ${String(placed.woken)}`);
    this.#same('GATE-10', `${rounds.length} reclaims`, `${placed.used} reclaims`);
    const [broken] = refuteMachine26Step(step);
    if (broken !== undefined) this.#stop(tell(broken));
    this.#permit(command, rounds, outcome, placed.next);
    this.#count(command, placed);
    this.state = placed.next;
    this.#look();
    this.#remember(command, rounds, outcome);
    if (this.#script.length % (2 * INVARIANTS_EVERY) === 0) this.invariants();
    return placed;
  }

  /** All invariants of a moment. */
  invariants(): void {
    const [broken] = refuteMachine26(this.#seen);
    if (broken !== undefined) this.#stop(tell(broken));
  }

  /** Counts something that is worth seeing. */
  saw(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }

  #answer(command: Command26, plan: readonly Reclaimed26[]): Outcome26 {
    this.#reclaimer.tell(plan);
    this.#make.refuel();
    try {
      return answer(this.#memory, command);
    } catch (error) {
      return this.#stop(`USE-2 refuted: it threw ${String(error)}`);
    }
  }

  /** The clause of the row that ended a request; of any other command, what it is about. */
  #lastClause({ outcome, trail }: Placement26): Clause {
    if (outcome.kind === 'rejected') return outcome.clause;
    return trail.at(-1)?.clause ?? 'USE-3';
  }

  /** What Linux does leads to the state that a permitted outcome leads to. */
  #permit(command: Command26, rounds: readonly Reclaimed26[], outcome: Outcome26, next: MachineState26): void {
    const after = afterMachine26(this.state, command, rounds, outcome);
    const ownersIn = ({ zones }: MachineState26): string =>
      zones.map(({ placed }) => valuesOf(placed.state.owners).join()).join(';');
    this.#same('STATE-1', ownersIn(after), ownersIn(next));
  }

  /** Compares each zone: lists, marks on pages, owners, watermarks, reserves. */
  #look(): void {
    for (const [at, { name, placed, reserves, watermarks }] of this.state.zones.entries()) {
      const zone = this.#seen.zones[at];
      if (zone === undefined) return this.#stop(`MAKE-6 refuted: ${name} is not there`);
      const difference = this.#comparisons[at]?.compare(placed, zone.buddy);
      if (difference !== undefined) this.#stop(tell({ ...difference, place: `${name} ${difference.place}` }));
      this.#same('GATE-5', JSON.stringify(zone.watermarks), JSON.stringify(watermarks));
      this.#same('GATE-4', Array.from(zone.reserves).join(' '), reserves.join(' '));
    }
  }

  #same(clause: Clause, seen: string, right: string): void {
    if (seen !== right) this.#stop(`${clause} refuted: it was ${seen}, but 2.6.24: ${right}`);
  }

  #count(command: Command26, { outcome, trail, used }: Placement26): void {
    const last = trail.at(-1);
    if (last !== undefined) this.saw(`${last.line}: ${outcome.kind}`);
    if (outcome.kind === 'rejected') this.saw(outcome.misuse);
    if (outcome.kind === 'granted' && command.kind === 'allocate') {
      const { name } = this.state.zones.find(
        ({
          placed: {
            state: { arena },
          },
        }) => outcome.head < arena.base + arena.pages,
      ) ?? { name: '?' };
      this.saw(`from ${name}`);
      if (used > 1) this.saw('granted after the second reclaim');
    }
    if (command.kind === 'set' && outcome.kind === 'done') this.saw('set');
  }

  /** Updates the blocks that a caller still holds; those that reclaim freed are dropped. */
  #remember(command: Command26, rounds: readonly Reclaimed26[], outcome: Outcome26): void {
    const owned = ({ head, order }: Block): boolean =>
      this.state.zones.some(({ placed: { state } }) => {
        const { base, pages } = state.arena;
        return head >= base && head < base + pages && valuesOf(state.owners)[head - state.origin] === order;
      });
    if (rounds.length > 0 || command.kind === 'free') this.live = this.live.filter(owned);
    if (outcome.kind === 'granted' && command.kind === 'allocate') {
      const others = this.live.filter(({ head }) => head !== outcome.head);
      this.live = [...others, { head: outcome.head, order: command.order }];
    }
  }

  #stop(what: string): never {
    throw new Error(`${what}\n${JSON.stringify(this.state.machine)}\n${this.#script.slice(-40).join('\n')}`);
  }
}

/** Asks a machine's memory. */
export function answer(memory: Memory26, command: Command26): Outcome26 {
  switch (command.kind) {
    case 'allocate':
      return memory.allocPages(command.gfp, command.order, command.task);
    case 'free':
      return memory.freePages(command.head, command.order);
    case 'set':
      return memory.set(command.settings);
  }
}
