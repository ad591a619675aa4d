/** What Linux 2.4 answers to a command, of all that is permitted. */
import { cursorAfter, nodesOf, requestMisuse } from './request.ts';
import { fill } from './run/fill.ts';
import { freePages, getPage } from './users.ts';
import { kswapdTurn } from './reclaim.ts';
import { rejectedPage } from './misuse.ts';
import { zonelistOf } from './zonelist.ts';
import type { NodeId, PageCommand, PageOutcome, Round } from '../../protocol/index.ts';
import type { Event, Progress } from './run/fill.ts';
import type { MachineState } from './state.ts';
import type { PageRequest } from './request.ts';

/** What Linux 2.4 answers to a command, what else it does, and the state after it. */
export interface MachinePlacement {
  readonly outcome: PageOutcome;
  /** Whether it wakes kswapd. */
  readonly woken: boolean;
  /** How many rounds of reclaim it makes. */
  readonly used: number;
  /** The rows of the table that a request goes through, each with the node that it tries there. */
  readonly trail: readonly (Event & { readonly node: NodeId })[];
  readonly next: MachineState;
}

const answer = (next: MachineState, outcome: PageOutcome, used = 0): MachinePlacement => ({
  outcome,
  woken: false,
  used,
  trail: [],
  next,
});

/** Tries one node after the other, until one grants a block or stalls. @clause NODE-1 @clause NODE-3 */
function request(state: MachineState, command: PageRequest, rounds: readonly Round[]): MachinePlacement {
  const { machine, zones } = state;
  const misuse = requestMisuse(machine, command);
  if (misuse !== undefined) return answer(state, rejectedPage(misuse));
  if (command.order >= machine.orders) return answer(state, { kind: 'exhausted' });
  const begun: Progress & Pick<MachinePlacement, 'trail'> = {
    state: { ...state, cursor: cursorAfter(state, command) },
    woken: false,
    used: 0,
    progress: false,
    trail: [],
    outcome: { kind: 'exhausted' },
  };
  const ended = nodesOf(state, command).reduce((so, node) => {
    if (so.outcome?.kind !== 'exhausted') return so;
    const zonelist = zonelistOf(zones, node, command.gfp);
    const filled = fill({ ...so, trail: [], outcome: undefined }, zonelist, command, rounds);
    return { ...filled, trail: [...so.trail, ...filled.trail.map((event) => ({ ...event, node }))] };
  }, begun);
  const { outcome = { kind: 'exhausted' }, trail, used, woken } = ended;
  return { outcome, woken, used, trail, next: ended.state };
}

/** Returns what Linux 2.4 does; `rounds` says what each reclaim frees that it makes. */
export function placeMachine(state: MachineState, command: PageCommand, rounds: readonly Round[]): MachinePlacement {
  switch (command.kind) {
    case 'allocate-pages':
    case 'allocate-on-node':
      return request(state, command, rounds);
    case 'free-pages': {
      const { next, outcome } = freePages(state, command);
      return answer(next, outcome);
    }
    case 'get-page': {
      const { next, outcome } = getPage(state, command.head);
      return answer(next, outcome);
    }
    case 'kswapd': {
      const { next, used } = kswapdTurn(state, rounds);
      return answer(next, { kind: 'done' }, used);
    }
  }
}
