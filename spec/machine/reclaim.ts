/** What reclaim does with the blocks that it frees: on behalf of a request, and in a turn of kswapd. */
import { ZONE_NAMES, freePages as freeCount } from './zone.ts';
import { freePages, isLastUser, liberatePages } from './users.ts';
import { isOfClass } from './zonelist.ts';
import { nodeId } from '../unit.ts';
import { pageFreeMisuse } from './misuse.ts';
import { withZone, zoneAt } from './state.ts';
import type { Block, Order, Round } from '../../protocol/index.ts';
import type { MachineState } from './state.ts';

/** A reclaim that frees nothing. */
export const NO_ROUND: Round = { freed: [], success: false };

/** The state after the frees of a direct reclaim. */
interface Reclaimed {
  readonly next: MachineState;
  /** The first block that lost its last user. It is still in use, and belongs to nobody. */
  readonly kept: Block | undefined;
  /** Whether any block lost its last user. */
  readonly progress: boolean;
}

/** Carries out the frees of a direct reclaim. It keeps the first block that would become free. @clause RECLAIM-1 @clause RECLAIM-2 */
const reclaim = (state: MachineState, { freed }: Round): Reclaimed =>
  freed.reduce<Reclaimed>(
    ({ next, kept, progress }, block) => {
      if (kept?.head === block.head) return { next, kept, progress };
      const isFreed = pageFreeMisuse(next, block) === undefined && isLastUser(next, block);
      if (isFreed && kept === undefined) return { next, kept: block, progress: true };
      return { next: freePages(next, block).next, kept, progress: progress || isFreed };
    },
    { next: state, kept: undefined, progress: false },
  );

/** What a direct reclaim gives the request that it is made for. */
export interface DirectReclaim {
  readonly next: MachineState;
  /** The block that it kept, if that suits the request: it stays outstanding. */
  readonly granted: Block | undefined;
  /** Whether it freed anything. */
  readonly progress: boolean;
}

/**
 * Reclaims memory for a request of an order whose class zone is at `classPlace`. The block that was kept becomes free if it
 * does not suit the request. @clause RECLAIM-1 @clause RECLAIM-2
 */
export function directReclaim(state: MachineState, round: Round, order: Order, classPlace: number): DirectReclaim {
  const { next, kept, progress } = reclaim(state, round);
  if (kept === undefined) return { next, granted: undefined, progress };
  const zone = next.zones[zoneAt(next, kept.head)];
  const classZone = next.zones[classPlace];
  const suits = zone !== undefined && classZone !== undefined && isOfClass(zone, classZone);
  if (round.success && kept.order === order && suits) return { next, granted: kept, progress };
  return { next: liberatePages(next, kept), granted: undefined, progress };
}

/** Reports whether a class zone needs to be balanced: no zone of its class has more than its pages_high free. @clause RECLAIM-3 */
export function needsBalance({ zones }: MachineState, place: number): boolean {
  const classZone = zones[place];
  if (classZone === undefined) return false;
  return !zones.some((zone) => isOfClass(zone, classZone) && freeCount(zone) > zone.watermarks.high);
}

/** Returns the places of all zones in kswapd's order: the nodes as the kernel lists them, the highest zone of each first. @clause RECLAIM-3 */
export const balanceOrder = ({ machine, zones }: MachineState): readonly number[] =>
  machine.nodes
    .map((_, node) =>
      ZONE_NAMES.toReversed().map((name) =>
        zones.findIndex((zone) => zone.node === nodeId(node) && zone.name === name),
      ),
    )
    .toReversed()
    .flat()
    .filter((place) => place >= 0);

/** A turn of kswapd. */
export interface Turn {
  readonly next: MachineState;
  /** The number of rounds of reclaim that it made. */
  readonly used: number;
}

/**
 * Runs kswapd for one turn: it reclaims once from each zone that asks to be balanced. The zone stops asking if that failed
 * or if its class is balanced now. @clause RECLAIM-3
 */
export const kswapdTurn = (state: MachineState, rounds: readonly Round[]): Turn =>
  balanceOrder(state).reduce<Turn>(
    ({ next, used }, place) => {
      if (next.zones[place]?.needBalance !== true) return { next, used };
      const round = rounds[used] ?? NO_ROUND;
      const after = round.freed.reduce((so, block) => freePages(so, block).next, next);
      const zone = after.zones[place];
      if (zone === undefined) return { next, used };
      const needBalance = round.success && needsBalance(after, place);
      return { next: withZone(after, place, { ...zone, needBalance }), used: used + 1 };
    },
    { next: state, used: 0 },
  );
