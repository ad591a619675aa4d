/** What a request did on each node that it tried, whichever zone gave it a block in the end. */
import { directReclaim } from './reclaim.ts';
import { giverAbove } from './watermark.ts';
import { isRetried } from './page-alloc.ts';
import { liberatePages } from './users.ts';
import { withBalance, zoneAt } from './state.ts';
import { zonelistsOf } from './request.ts';
import type { Block, PageOutcome, Round } from '../../protocol/index.ts';
import type { MachineState } from './state.ts';
import type { PageRequest } from './request.ts';
import type { Zonelist } from './zonelist.ts';

/** What a request did on one node, before any zone there gave it a block. */
export interface Attempt {
  readonly zonelist: Zonelist;
  readonly state: MachineState;
  /** The block that the last reclaim kept for the request, if it suits the request: outstanding, and not yet granted. */
  readonly kept: Block | undefined;
  /** Whether the last reclaim freed anything. */
  readonly progress: boolean;
}

/** Returns the zonelists that a request tried: up to the one that stalled or gave the block, else all. @clause NODE-1 @clause NODE-3 */
function zonelistsTried(state: MachineState, request: PageRequest, outcome: PageOutcome): readonly Zonelist[] {
  const zonelists = zonelistsOf(state, request);
  if (outcome.kind === 'stalled') return zonelists.slice(0, 1);
  if (outcome.kind !== 'granted') return zonelists;
  const place = zoneAt(state, outcome.head);
  return zonelists.slice(0, 1 + zonelists.findIndex((zonelist) => zonelist.includes(place)));
}

/** The rounds of reclaim made on the n-th node: a retried request makes all on the first, any other one on each. @clause PASS-5 @clause PASS-6 */
function roundsOn(n: number, request: PageRequest, rounds: readonly Round[]): readonly Round[] {
  if (isRetried(request)) return n === 0 ? rounds : [];
  return rounds.slice(n, n + 1);
}

/** Makes the class zone ask for balance, unless a zone can give a block above pages_low. @clause PASS-2 */
function askForBalance(state: MachineState, zonelist: Zonelist, request: PageRequest): MachineState {
  if (giverAbove(state, zonelist, request, 'low') !== undefined) return state;
  const [classPlace] = zonelist;
  return withBalance(state, classPlace, true);
}

/** Returns the state after an attempt whose kept block, if any, was not granted: that block is free. @clause RECLAIM-2 */
export const withoutKept = ({ kept, state }: Attempt): MachineState =>
  kept === undefined ? state : liberatePages(state, kept);

/** Reclaims once more on the same node. @clause RECLAIM-1 @clause RECLAIM-2 */
function reclaimOnce(attempt: Attempt, request: PageRequest, round: Round): Attempt {
  const { zonelist } = attempt;
  const { granted, next, progress } = directReclaim(withoutKept(attempt), round, request.order, zonelist);
  return { zonelist, state: next, kept: granted, progress };
}

/** Returns what a request did on each node that it tried, if it ended with this outcome and its reclaims freed `rounds`. */
export const attempts = (
  state: MachineState,
  request: PageRequest,
  rounds: readonly Round[],
  outcome: PageOutcome,
): readonly Attempt[] =>
  zonelistsTried(state, request, outcome).reduce<readonly Attempt[]>((before, zonelist, n) => {
    const last = before.at(-1);
    const from = last === undefined ? state : withoutKept(last);
    const asked = { zonelist, state: askForBalance(from, zonelist, request), kept: undefined, progress: false };
    const attempt = roundsOn(n, request, rounds).reduce<Attempt>((so, round) => reclaimOnce(so, request, round), asked);
    return [...before, attempt];
  }, []);
