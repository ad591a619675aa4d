/** What two callers ask of a machine, the first step of each call, and the states from which they go on. */

import { GFP_ZONEMASK } from '../../../src/machine/gfp.ts';
import { MachineComparison } from '../../../conformance/kinds/machine/compare.ts';
import { Monitor } from '../monitor.ts';
import { firstOf } from '../steps.ts';
import { callerOf } from '../start.ts';
import { isOfZone, printed, told } from '../calls.ts';
import { keyOfShared, startShared, stepShared } from '../../../spec/machine/run/shared.ts';
import { edited } from '../faults.ts';
import { freePages } from '../../../spec/machine/zone.ts';
import { gfp, nodeId, order as orderFrom, taskFlags } from '../../../src/words/unit.ts';
import { machineSite } from './site.ts';
import { placeMachine } from '../../../spec/machine/placement.ts';
import { restore, wordsOf } from '../site.ts';
import { startMachine } from '../../../spec/machine/state.ts';
import { thing } from '../run/value.ts';
import type { Asked, Step } from '../steps.ts';
import type { Block, Machine, PageCommand } from '../../../protocol/index.ts';
import type { Callable } from '../calls.ts';
import type { Callers, State, World } from '../state.ts';
import type { Edit } from '../faults.ts';
import type { MachineSite } from './site.ts';
import type { Method } from '../../front/form.ts';
import type { SharedState } from '../../../spec/machine/run/shared.ts';
import type { Specified } from '../monitor.ts';
import type { Value } from '../run/value.ts';

/** A request: its mask, its order, and the flags of its task. */
export interface Ask {
  readonly mask: number;
  readonly order: number;
  readonly task?: number;
}

/** What is explored. */
export interface MachineQuestion {
  readonly machine: Machine;
  readonly callers: Callers;
  /** The calls that each caller may make. */
  readonly calls: readonly [number, number];
  /** The requests of which each call may be one; or it frees a block. */
  readonly asks: readonly Ask[];
  /** What was granted before, in this order: either caller may free it. */
  readonly granted: readonly Ask[];
  /** How the code is broken on purpose. */
  readonly edits?: readonly Edit[];
  /** Set if the code is held to a machine of which each request takes effect in one step. */
  readonly isAtOnce?: true;
}

/** Reclaim frees nothing: so the code of a reclaim, which keeps what it frees in the task, is left out. */
const WITHOUT_RECLAIM: Edit = {
  file: 'src/machine/page-alloc.ts',
  from: 'frame = balanceClasszone(classZone, gfp, order, task, reclaim);',
  to: 'frame = NONE;',
};

const PAGE_ALLOC = 'src/machine/page-alloc.ts';
const PUT_PAGES = 'src/machine/put-pages.ts';

/** What wakes nobody: kswapd is no caller here. */
const WAKE_KSWAPD: Value = {
  kind: 'method',
  method: { name: 'wakeKswapd', module: PAGE_ALLOC, parameters: [], body: [], comment: '' },
  self: undefined,
};

const commandOf = ({ mask, order, task = 0 }: Ask): PageCommand => ({
  kind: 'allocate-pages',
  gfp: gfp(mask),
  order: orderFrom(order),
  task: taskFlags(task),
  node: nodeId(0),
});

const isOfMachine = (command: Asked): command is PageCommand => !isOfZone(command);

class MachineCalls implements Callable {
  readonly site: MachineSite;
  readonly #asks: readonly PageCommand[];
  readonly #first = new Map<string, Step>();

  constructor(site: MachineSite, asks: readonly Ask[]) {
    this.site = site;
    this.#asks = asks.map(commandOf);
  }

  beginnings(held: readonly Block[]): readonly PageCommand[] {
    return [...this.#asks, ...held.map((block): PageCommand => ({ kind: 'free-pages', ...block }))];
  }

  first(processor: number, command: Asked): Step {
    const key = `${processor} ${printed(command)}`;
    const known = this.#first.get(key);
    if (known !== undefined) return known;
    const [method, values] = this.#called(processor, command);
    const step = firstOf(() => this.site.running.invoke(method, undefined, values, undefined));
    this.#first.set(key, step);
    return step;
  }

  #called(processor: number, command: Asked): readonly [Method, readonly Value[]] {
    const { node, running, zones } = this.site;
    const own = zones[processor] ?? [];
    switch (command.kind) {
      case 'allocate-pages': {
        const list = node.zonelists[command.gfp & GFP_ZONEMASK] ?? [];
        const task = thing({ flags: command.task, freed: 0 });
        const reclaim = thing({ reclaimer: thing({ wakeKswapd: WAKE_KSWAPD }) });
        const items = list.map(({ place }) => own[place]);
        const method = running.program.function(PAGE_ALLOC, 'allocPagesList');
        return [method, [command.gfp, command.order, { kind: 'list', items }, task, reclaim]];
      }
      case 'free-pages': {
        const { head, order } = command;
        const at = node.zones.findIndex(({ buddy }) => head >= buddy.base && head < buddy.base + buddy.pages);
        const options = thing({ isCached: false, isKept: false });
        return [running.program.function(PUT_PAGES, 'putPages'), [own[at], head, order, options]];
      }
      default:
        throw new Error(`a machine is not asked here to ${printed(command)}`);
    }
  }
}

/** Returns a machine as the specification has it: a request takes effect in steps, unless it is to take effect at once. */
const specified = (site: MachineSite, isAtOnce: boolean): Specified<SharedState> => ({
  keyOf: keyOfShared,
  step: (state, caller, command) => {
    if (!isOfMachine(command)) throw new Error(`a machine is not asked to ${printed(command)}`);
    if (isAtOnce) {
      const { next, outcome } = placeMachine(state.state, command, []);
      return { next: startShared(next), answer: told(outcome) };
    }
    const { next, outcome } = stepShared(state, caller, command);
    return { next, answer: outcome === undefined ? undefined : told(outcome) };
  },
  counts: ({ state }) => state.zones.map(freePages),
  compare: ({ state }, words) => {
    restore(site, words);
    return new MachineComparison().compare(state, site.memory.observe(), 'start');
  },
});

/** Returns the world of a question and its first state. */
export function startOfMachine(question: MachineQuestion): { readonly world: World; readonly state: State } {
  const { machine, callers, calls, asks, granted, edits = [] } = question;
  const site = machineSite(edited([WITHOUT_RECLAIM, ...edits]), machine);
  let state = startMachine(machine);
  const held: Block[] = [];
  for (const ask of granted) {
    const command = commandOf(ask);
    const order = orderFrom(ask.order);
    const { next, outcome } = placeMachine(state, command, []);
    state = next;
    site.memory.allocPages(gfp(ask.mask), order, nodeId(0), taskFlags(ask.task ?? 0));
    if (outcome.kind === 'granted') held.push({ head: outcome.head, order });
  }
  const monitor = new Monitor(specified(site, question.isAtOnce === true));
  return {
    world: { calls: new MachineCalls(site, asks), callers, monitor },
    state: {
      words: wordsOf(site),
      callers: [callerOf(calls[0], held), callerOf(calls[1], held)],
      possible: monitor.start(startShared(state)),
    },
  };
}
