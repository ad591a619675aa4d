/** One case on a machine as the specification sees it: says of each answer whether it was right. */
import { show } from '../../show.ts';
import {
  afterMachine,
  gfp,
  nodeId,
  order,
  placeMachine,
  refuteMachine,
  startMachine,
  taskFlags,
  zone,
} from '../../../spec/index.ts';
import { MachineComparison, refuteDone } from './compare.ts';
import { refuteMachine as refuteMoment, refuteMachineStep } from '../../../invariants/index.ts';
import type { Done } from './compare.ts';
import { usersOf } from '../../../spec/machine/users.ts';
import { noteStep } from './sights.ts';
import { shootMachine } from './film.ts';
import { wordsOf } from './operation.ts';
import type {
  Block,
  Claims,
  Counterexample,
  Machine,
  MachineObservation,
  PageCommand,
  PageOutcome,
  Pfn,
  Round,
} from '../../../protocol/index.ts';
import type { Camera } from '../../judge/film/camera.ts';
import type { MachineCoverage } from './sights.ts';
import type { MachineOperation, MachineResult, ReclaimScript } from './operation.ts';
import type { MachinePlacement, MachineState } from '../../../spec/index.ts';
import type { ZoneReport } from './port.ts';

type Found = Counterexample | undefined;

/** All that a machine holds after a step, and a copy of what it held before. */
export interface Shown {
  readonly before: MachineObservation | undefined;
  readonly after: MachineObservation;
}

/** What the specification knows of a machine that is being judged: its state, and who was granted what. */
export class MachineOracle {
  #state: MachineState;
  readonly #claims: Claims;
  readonly #coverage: MachineCoverage;
  readonly #comparison = new MachineComparison();
  /** The step that was judged last. */
  #last: { readonly command: PageCommand; readonly done: Done } | undefined;
  readonly #slots = new Map<number, number>();
  readonly #blocks = new Map<number, Block>();

  readonly #camera: Camera | undefined;

  constructor(machine: Machine, claims: Claims, coverage: MachineCoverage, camera?: Camera) {
    this.#camera = camera;
    this.#state = startMachine(machine);
    this.#claims = claims;
    this.#coverage = coverage;
  }

  /** Returns a step whose choices are fixed: a free by frame names the frame. */
  fixed(operation: MachineOperation): MachineOperation {
    const block = operation.kind === 'free' && operation.byFrame ? this.#blockOf(operation.of) : undefined;
    return block === undefined ? operation : { kind: 'free-frame', head: block.head, order: block.order };
  }

  /** Returns what is sent for a step; nothing if it refers to nothing that was ever asked for, or is no legal free. */
  wordsOf(operation: MachineOperation): readonly string[] {
    if (operation.kind === 'free-frame' && this.#outstandingAt(operation) === undefined) return [];
    return wordsOf(
      operation,
      (id) => this.#slots.get(id),
      (id) => this.#blockOf(id),
    );
  }

  /** The outstanding block of an allocation. */
  #blockOf(id: number): Block | undefined {
    const block = this.#blocks.get(id);
    return block === undefined || usersOf(this.#state, block.head) === 0 ? undefined : block;
  }

  #outstandingAt({ head, order: of }: { head: number; order: number }): Block | undefined {
    return [...this.#blocks.keys()]
      .flatMap((id) => this.#blockOf(id) ?? [])
      .find((block) => block.head === head && block.order === of);
  }

  #roundsOf(plan: ReclaimScript): readonly Round[] {
    return plan.map((ids) => {
      const freed = ids.flatMap((id) => this.#blockOf(id) ?? []);
      return { freed, success: freed.length > 0 };
    });
  }

  #commandOf(operation: MachineOperation): PageCommand | undefined {
    switch (operation.kind) {
      case 'allocate': {
        const kind = operation.bound ? 'allocate-on-node' : 'allocate-pages';
        const [mask, task] = [gfp(operation.gfp), taskFlags(operation.task)];
        return { kind, gfp: mask, order: order(operation.order), task, node: nodeId(operation.node) };
      }
      case 'free': {
        const block = this.#blockOf(operation.of);
        return block === undefined ? undefined : { kind: 'free-pages', ...block };
      }
      case 'free-frame': {
        const block = this.#outstandingAt(operation);
        return block === undefined ? undefined : { kind: 'free-pages', ...block };
      }
      case 'get': {
        const block = this.#blockOf(operation.of);
        return block === undefined ? undefined : { kind: 'get-page', head: block.head };
      }
      case 'kswapd':
        return { kind: 'kswapd' };
    }
  }

  /** Judges what came back to a step; goes on from there where nothing is refuted. */
  absorb(operation: MachineOperation, result: MachineResult): Found {
    if (this.#camera === undefined) return this.#absorb(operation, result);
    const before = this.#state;
    const command = this.#commandOf(operation);
    const rounds = 'plan' in operation ? this.#roundsOf(operation.plan) : [];
    const found = this.#absorb(operation, result);
    const shot = { before, after: this.#state, claims: this.#claims, slotAt: (head: Pfn) => this.#slotAt(head) };
    shootMachine(this.#camera, { ...shot, operation, command, rounds, result });
    return found;
  }

  /** The number, counted from 0, of the allocation that was granted the block at a head. */
  #slotAt(head: Pfn): number | undefined {
    const id = [...this.#blocks].find(([, block]) => block.head === head)?.[0];
    return id === undefined ? undefined : this.#slots.get(id);
  }

  #absorb(operation: MachineOperation, result: MachineResult): Found {
    if (operation.kind === 'allocate') this.#slots.set(operation.id, this.#slots.size);
    const { outcome, reclaims, woken } = result;
    if (outcome.kind === 'nonsense') return nonsense(operation.kind, `it was answered "${show(outcome.token)}"`);
    const command = this.#commandOf(operation);
    this.#last = undefined;
    if (command === undefined) {
      return outcome.kind === 'done' ? undefined : nonsense(operation.kind, `it was answered ${outcome.kind}`);
    }
    const plan = 'plan' in operation ? this.#roundsOf(operation.plan) : [];
    const rounds = Array.from({ length: reclaims }, (_, n) => plan[n] ?? { freed: [], success: false });
    const found = this.#judge(command, { outcome, rounds, woken }, plan);
    if (found === undefined && operation.kind === 'allocate') this.#remember(operation, outcome);
    return found;
  }

  #remember({ id, order: of }: MachineOperation & { kind: 'allocate' }, outcome: PageOutcome): void {
    for (const [other, block] of this.#blocks) {
      if (outcome.kind === 'granted' && block.head === outcome.head) this.#blocks.delete(other);
    }
    if (outcome.kind === 'granted') this.#blocks.set(id, { head: outcome.head, order: order(of) });
  }

  #judge(command: PageCommand, done: Done, plan: readonly Round[]): Found {
    const before = this.#state;
    this.#last = { command, done };
    const right = this.#claims.has('placement:linux-2.4') ? placeMachine(before, command, plan) : undefined;
    const found = refuteStep(this.#claims, before, command, done, right);
    if (found !== undefined) return found;
    this.#state = right?.next ?? afterMachine(before, command, done.rounds, done.outcome);
    noteStep(this.#coverage, [before, this.#state], command, done);
    return undefined;
  }

  /**
   * Compares all that a machine holds with what the specification says it holds, and tries the invariants: of the step if one was
   * made since `before`, of the moment if `whole`.
   */
  compareShown(operation: MachineOperation | undefined, shown: Shown, whole: boolean): Found {
    const { counts } = this.#coverage;
    const last = operation === undefined ? undefined : this.#last;
    counts['machine compared']++;
    counts['zone compared'] += shown.after.zones.length;
    const difference = this.#comparison.compare(this.#state, shown.after, last?.command.kind ?? 'start');
    if (difference !== undefined) return difference;
    if (last !== undefined && shown.before !== undefined) {
      counts['invariants held']++;
      const { command, done } = last;
      const step = { before: shown.before, after: shown.after, command, outcome: done.outcome };
      const [broken] = refuteMachineStep({ ...step, reclaimed: done.rounds.length > 0 });
      if (broken !== undefined) return broken;
    }
    if (!whole) return undefined;
    counts['invariants held']++;
    return refuteMoment(shown.after)[0];
  }

  /** Compares what a machine shows of its zones with what they must have. */
  refuteReports(reports: readonly ZoneReport[]): Found {
    return refuteReports(this.#state, reports);
  }
}

const nonsense = (place: string, fact: string): Counterexample => ({
  clause: 'USE-3',
  place,
  facts: [fact, 'that is no answer to this operation'],
});

/** Returns why what was done for a command is wrong in this state; undefined if it is permitted. `right`: what Linux does. */
export const refuteStep = (
  claims: Claims,
  before: MachineState,
  command: PageCommand,
  done: Done,
  right: MachinePlacement | undefined,
): Found =>
  right === undefined
    ? refuteMachine(claims, before, command, done.rounds, done.outcome)
    : refuteDone(claims, before, command, done, right);

/** Compares reports of zones with what the zones have. */
export function refuteReports({ zones }: MachineState, reports: readonly ZoneReport[]): Found {
  for (const [at, one] of zones.entries()) {
    const place = `node ${one.node} ${one.name}`;
    const [free, asks] = reports[at] ?? [NaN, false];
    const right = zone.freePages(one);
    if (free !== right) {
      return { clause: 'COUNT-1', place, facts: [`it shows ${free} free frames`, `${right} are free`] };
    }
    if (asks === one.needBalance) continue;
    const say = (does: boolean): string => (does ? 'it asks to be balanced' : 'it does not ask to be balanced');
    const must = `it must ${one.needBalance ? '' : 'not '}ask to be balanced`;
    return { clause: 'PASS-2', place, facts: [say(asks), must] };
  }
  return undefined;
}
