/** Both sides of the lockstep of a machine: asked the same, compared completely after each command. */
import { MachineComparison, answered, refuteDone } from '../../../conformance/kinds/machine/compare.ts';
import { SOUND, createReal } from './real.ts';
import { afterMachine, placeMachine, startMachine, valuesOf } from '../../../spec/index.ts';
import { freePages } from '../../../spec/machine/zone.ts';
import { snapshotMachine, refuteMachine, refuteMachineStep, tell } from '../../../invariants/index.ts';
import { usersOf } from '../../../spec/machine/users.ts';
import type {
  Block,
  Claims,
  Machine,
  MachineObservation,
  PageCommand,
  PageOutcome,
  Round,
} from '../../../protocol/index.ts';
import type { MachineCoverage } from './coverage.ts';
import type { Done } from '../../../conformance/kinds/machine/compare.ts';
import type { Make, Recorder } from './real.ts';
import type { MachineState, MachinePlacement } from '../../../spec/index.ts';
import type { PhysicalMemory, Reclaimer } from '../../../src/index.ts';

const CLAIMS: Claims = new Set(['complete', 'best-fit']);

/** After this many commands, and at the end, every invariant of a state is held against this one. */
const INVARIANTS_EVERY = 32;

/** A machine's memory and its specification: asked the same, compared completely after every command. */
export class BothMachines {
  state: MachineState;
  readonly memory: PhysicalMemory;
  readonly live: Block[] = [];
  readonly #recorder: Recorder;
  readonly #seen: MachineObservation;
  readonly #comparison = new MachineComparison();
  readonly #make: Make;
  readonly #coverage: MachineCoverage | undefined;
  readonly #script: string[] = [];

  constructor(machine: Machine, reclaimer: Reclaimer, coverage?: MachineCoverage, make: Make = SOUND) {
    this.state = startMachine(machine);
    const { memory, recorder } = createReal(machine, reclaimer, make);
    this.#make = make;
    this.memory = memory;
    this.#recorder = recorder;
    this.#seen = memory.observe();
    this.#coverage = coverage;
    coverage?.sawMachine(machine);
    this.invariants();
    this.#look('start');
  }

  /** Asks both; the rounds that reclaim made are the specification's too. Stops at the first thing that differs. */
  ask(command: PageCommand): MachinePlacement {
    this.#script.push(JSON.stringify(command));
    const before = snapshotMachine(this.#seen);
    const done = this.#carryOut(command);
    const { outcome, rounds } = done;
    const step = { before, after: this.#seen, command, outcome, reclaimed: rounds.length > 0 };
    this.#make.saw?.(step);
    const expected = placeMachine(this.state, command, rounds);
    this.#script.push(`  ${JSON.stringify(rounds)}: ${answered(outcome)}`);
    const wrong = refuteDone(CLAIMS, this.state, command, done, expected);
    if (wrong !== undefined) this.#stop(tell(wrong));
    const [broken] = refuteMachineStep(step);
    if (broken !== undefined) this.#stop(tell(broken));
    this.#permit(command, rounds, outcome, expected.next);
    const was = this.state;
    this.state = expected.next;
    this.#look(command.kind);
    this.#coverage?.sawStep(was, command, expected, rounds);
    this.#remember(command, rounds, outcome);
    if (this.#script.length % (2 * INVARIANTS_EVERY) === 0) this.invariants();
    return expected;
  }

  /** All invariants of a moment. */
  invariants(): void {
    const [broken] = refuteMachine(this.#seen);
    if (broken !== undefined) this.#stop(tell(broken));
    if (this.#coverage !== undefined) this.#coverage.invariants++;
  }

  #carryOut(command: PageCommand): Done {
    this.#recorder.begin();
    this.#make.refuel();
    try {
      const outcome = answer(this.memory, command);
      const { rounds, woken } = this.#recorder;
      return { outcome, rounds, woken };
    } catch (error) {
      return this.#stop(`USE-2 refuted: it threw ${String(error)}`);
    }
  }

  /** What Linux does leads to the state that a permitted outcome leads to. */
  #permit(command: PageCommand, rounds: readonly Round[], outcome: PageOutcome, next: MachineState): void {
    const after = afterMachine(this.state, command, rounds, outcome);
    for (const [at, zone] of next.zones.entries()) {
      const other = after.zones[at];
      const same =
        other?.needBalance === zone.needBalance &&
        freePages(other) === freePages(zone) &&
        valuesOf(other.placed.state.owners).join() === valuesOf(zone.placed.state.owners).join();
      if (!same) this.#stop(`the step leads to another state of zone ${at} than the placement`);
    }
    if (after.cursor !== next.cursor) this.#stop('NODE-4 refuted: the step goes on at another node');
  }

  #look(command: PageCommand['kind'] | 'start'): void {
    const difference = this.#comparison.compare(this.state, this.#seen, command);
    if (difference !== undefined) this.#stop(tell(difference));
  }

  /** Updates the blocks that a caller still holds; those that reclaim freed are dropped. */
  #remember(command: PageCommand, rounds: readonly Round[], outcome: PageOutcome): void {
    const given = [...rounds.flatMap(({ freed }) => freed), ...(command.kind === 'free-pages' ? [command] : [])];
    for (const { head } of given) {
      const at = this.live.findIndex((block) => block.head === head);
      if (at >= 0 && usersOf(this.state, head) === 0) this.live.splice(at, 1);
      if (at >= 0 && outcome.kind === 'granted' && outcome.head === head) this.live.splice(at, 1);
    }
    if (outcome.kind !== 'granted' || !('gfp' in command)) return;
    this.live.push({ head: outcome.head, order: command.order });
  }

  #stop(what: string): never {
    throw new Error(`${what}\n${JSON.stringify(this.state.machine)}\n${this.#script.slice(-40).join('\n')}`);
  }
}

/** Asks a machine's memory. */
export function answer(memory: PhysicalMemory, command: PageCommand): PageOutcome {
  switch (command.kind) {
    case 'allocate-pages':
      // Half of all requests name their node; the others are made by a processor of it.
      return command.order % 2 === 0
        ? memory.allocPages(command.gfp, command.order, command.node, command.task)
        : memory.runOn(command, () => memory.allocPages(command.gfp, command.order, undefined, command.task));
    case 'allocate-on-node':
      return memory.allocPagesNode(command.node, command.gfp, command.order, command.task);
    case 'free-pages':
      return memory.freePages(command.head, command.order);
    case 'get-page':
      return memory.getPage(command.head);
    case 'kswapd':
      memory.balance();
      return { kind: 'done' };
  }
}
