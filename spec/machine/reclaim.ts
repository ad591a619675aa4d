/** What reclaim does with the blocks that it frees: on behalf of a request, and in a turn of kswapd. */
import { freePages as freeCount } from './zone.ts';
import { freePages, isLastUser, liberatePages } from './users.ts';
import { isOfClass } from './zonelist.ts';
import { pageFreeMisuse } from './misuse.ts';
import { withBalance, zoneAt } from './state.ts';
import type { Block, Order, Round, ZoneId } from '../../protocol/index.ts';
import type { MachineState } from './state.ts';
import type { Zonelist } from './zonelist.ts';

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
 * Reclaims memory for a request of an order, whose zonelist has the class zone and all zones below it on the node. The block
 * that was kept becomes free if it does not suit the request. @clause RECLAIM-1 @clause RECLAIM-2
 */
export function directReclaim(state: MachineState, round: Round, order: Order, zonelist: Zonelist): DirectReclaim {
  const { next, kept, progress } = reclaim(state, round);
  if (kept === undefined) return { next, granted: undefined, progress };
  const suits = kept.order === order && zonelist.includes(zoneAt(next, kept.head));
  if (round.success && suits) return { next, granted: kept, progress };
  return { next: liberatePages(next, kept), granted: undefined, progress };
}

/** Reports whether a class zone needs to be balanced: no zone of its class has more than its pages_high free. @clause RECLAIM-3 */
const needsBalance = ({ zones }: MachineState, classZone: ZoneId): boolean =>
  !zones.some((zone) => isOfClass(zone, classZone) && freeCount(zone) > zone.watermarks.high);

/** A turn of kswapd. */
export interface Turn {
  readonly next: MachineState;
  /** The number of rounds of reclaim that it made. */
  readonly used: number;
}

/**
 * Runs kswapd for one turn: it reclaims once from each zone that asks to be balanced, of the last node first, and of each node
 * the highest zone first. The zone stops asking if that failed or if its class is balanced now. @clause RECLAIM-3
 */
export const kswapdTurn = (state: MachineState, rounds: readonly Round[]): Turn =>
  state.zones.reduceRight<Turn>(
    ({ next, used }, zone, place) => {
      if (!zone.needBalance) return { next, used };
      const round = rounds[used] ?? NO_ROUND;
      const after = round.freed.reduce((so, block) => freePages(so, block).next, next);
      return { next: withBalance(after, place, round.success && needsBalance(after, zone)), used: used + 1 };
    },
    { next: state, used: 0 },
  );
