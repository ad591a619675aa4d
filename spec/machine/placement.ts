import { fill } from './page-alloc.ts';
import { freePages, getPage, rejectedPage } from './users.ts';
import { isGfp, isTaskFlags } from './gfp.ts';
import { isNode, nodeAfter, nodesFrom } from './node.ts';
import { isWhole } from '../arithmetic.ts';
import { kswapdTurn } from './reclaim.ts';
import { zonelistOf } from './zonelist.ts';
import type { Machine, NodeId, PageCommand, PageMisuse, PageOutcome, Round } from '../../protocol/index.ts';
import type { Event, Going } from './page-alloc.ts';
import type { MachineState } from './node.ts';

/** A request for pages. */
export type PageRequest = PageCommand & { readonly kind: 'allocate-pages' | 'allocate-on-node' };

/** What Linux 2.4 answers to a command, what it does besides, and what is so after it. */
export interface MachinePlacement {
  readonly outcome: PageOutcome;
  /** Whether kswapd was woken. */
  readonly woken: boolean;
  /** How many rounds of reclaim it came to. */
  readonly used: number;
  /** The lines that a request went through, with the nodes that they were gone through for. */
  readonly trail: readonly (Event & { readonly node: NodeId })[];
  readonly next: MachineState;
}

/** What a request does wrong, whatever the state. @clause TAKE-5 @clause GFP-2 @clause NODE-1 */
export function requestMisuse(machine: Machine, { gfp, node, order, task }: PageRequest): PageMisuse | undefined {
  if (!isWhole(order)) return 'no-such-order';
  if (!isGfp(gfp) || !isTaskFlags(task)) return 'no-such-flags';
  return isNode(machine, node) ? undefined : 'no-such-node';
}

/** The nodes that a request is tried on, in turn. @clause NODE-1 @clause NODE-2 @clause NODE-4 */
export function nodesOf({ cursor, machine }: MachineState, { kind, node }: PageRequest): readonly NodeId[] {
  if (kind === 'allocate-on-node' && machine.policy === 'node-local') return [node];
  return nodesFrom(machine, machine.policy === 'node-local' ? node : nodeAfter(machine, cursor));
}

const still = (state: MachineState, outcome: PageOutcome): MachinePlacement => ({
  outcome,
  woken: false,
  used: 0,
  trail: [],
  next: state,
});

/** One node after the other, until one grants the block or stalls. @clause NODE-1 @clause NODE-3 */
function request(state: MachineState, command: PageRequest, rounds: readonly Round[]): MachinePlacement {
  const { machine, zones } = state;
  const misuse = requestMisuse(machine, command);
  if (misuse !== undefined) return still(state, rejectedPage(misuse));
  if (command.order >= machine.orders) return still(state, { kind: 'exhausted' });
  const nodes = nodesOf(state, command);
  const cursor = machine.policy === 'round-robin' ? (nodes[0] ?? state.cursor) : state.cursor;
  const begun: Going & Pick<MachinePlacement, 'trail'> = {
    state: { ...state, cursor },
    woken: false,
    used: 0,
    progress: false,
    trail: [],
    outcome: { kind: 'exhausted' },
  };
  const ended = nodes.reduce((going, node) => {
    if (going.outcome?.kind !== 'exhausted') return going;
    const zonelist = zonelistOf(zones, node, command.gfp);
    const filled = fill({ ...going, trail: [], outcome: undefined }, zonelist, command, rounds);
    return { ...filled, trail: [...going.trail, ...filled.trail.map((event) => ({ ...event, node }))] };
  }, begun);
  const { outcome = { kind: 'exhausted' }, trail, used, woken } = ended;
  return { outcome, woken, used, trail, next: ended.state };
}

/** The outcome that Linux 2.4 takes, `rounds` being what each reclaim frees that it comes to, and what is so after it. */
export function placeMachine(state: MachineState, command: PageCommand, rounds: readonly Round[]): MachinePlacement {
  switch (command.kind) {
    case 'allocate-pages':
    case 'allocate-on-node':
      return request(state, command, rounds);
    case 'free-pages': {
      const { outcome, next } = freePages(state, command);
      return still(next, outcome);
    }
    case 'get-page': {
      const { outcome, next } = getPage(state, command.head);
      return still(next, outcome);
    }
    case 'kswapd': {
      const { next, used } = kswapdTurn(state, rounds);
      return { ...still(next, { kind: 'done' }), used };
    }
  }
}
