import { ZONE_NAMES, freePages as freeCount } from './zone.ts';
import { freePages, isLastUser, liberatePages, pageFreeMisuse } from './users.ts';
import { isOfClass } from './zonelist.ts';
import { nodeId } from '../unit.ts';
import { withZone, zoneAt } from './node.ts';
import type { Block, Order, Round } from '../../protocol/index.ts';
import type { MachineState } from './node.ts';

/** No reclaim: nothing was freed. */
export const NO_ROUND: Round = { freed: [], success: false };

/** What a direct reclaim came to: the state after it, what it kept for the caller, and whether anything became free. */
export interface Reclaimed {
  readonly next: MachineState;
  /** In use, and nobody's: it is granted or freed next. */
  readonly kept: Block | undefined;
  readonly progress: boolean;
}

/** Carries out the frees of a direct reclaim: the first block that becomes free is kept. @clause RECLAIM-1 @clause RECLAIM-2 */
function reclaim(state: MachineState, { freed }: Round): Reclaimed {
  return freed.reduce<Reclaimed>(
    ({ next, kept, progress }, block) => {
      const isFreed = pageFreeMisuse(next, block) === undefined && isLastUser(next, block) && kept?.head !== block.head;
      if (isFreed && kept === undefined) return { next, kept: block, progress: true };
      if (kept?.head === block.head) return { next, kept, progress };
      return { next: freePages(next, block).next, kept, progress: progress || isFreed };
    },
    { next: state, kept: undefined, progress: false },
  );
}

/** What a direct reclaim gave its caller. */
export interface Given {
  readonly next: MachineState;
  /** The block that was kept and suits the caller: it stays outstanding. */
  readonly granted: Block | undefined;
  readonly progress: boolean;
}

/**
 * A direct reclaim for a request of some order whose class zone is at `classPlace`.
 * @clause RECLAIM-1 @clause RECLAIM-2
 */
export function directReclaim(state: MachineState, round: Round, order: Order, classPlace: number): Given {
  const { next, kept, progress } = reclaim(state, round);
  if (kept === undefined) return { next, granted: undefined, progress };
  const zone = next.zones[zoneAt(next, kept.head)];
  const classZone = next.zones[classPlace];
  const suits = zone !== undefined && classZone !== undefined && isOfClass(zone, classZone);
  if (round.success && kept.order === order && suits) return { next, granted: kept, progress };
  return { next: liberatePages(next, kept), granted: undefined, progress };
}

/** Whether a class zone still needs to be balanced: no zone of it has more than its pages_high free. @clause RECLAIM-3 */
export function needsBalance({ zones }: MachineState, at: number): boolean {
  const classZone = zones[at];
  if (classZone === undefined) return false;
  return !zones.some((zone) => isOfClass(zone, classZone) && freeCount(zone) > zone.watermarks.high);
}

/** The zones that kswapd looks at, in its order: the nodes as listed, of each the highest first. @clause RECLAIM-3 */
export function balanceOrder({ machine, zones }: MachineState): readonly number[] {
  const places = machine.nodes.flatMap((_, node) =>
    ZONE_NAMES.toReversed().map((name) => zones.findIndex((zone) => zone.node === nodeId(node) && zone.name === name)),
  );
  const byNode = machine.nodes.map((_, node) => places.slice(node * ZONE_NAMES.length, (node + 1) * ZONE_NAMES.length));
  return byNode
    .toReversed()
    .flat()
    .filter((at) => at >= 0);
}

/** What a turn of kswapd came to. */
export interface Turn {
  readonly next: MachineState;
  /** Rounds that it made. */
  readonly used: number;
}

/**
 * One turn of kswapd: from each zone that asks to be balanced it reclaims once; the zone asks no more where that failed, or
 * where it is balanced now. @clause RECLAIM-3
 */
export const kswapdTurn = (state: MachineState, rounds: readonly Round[]): Turn =>
  balanceOrder(state).reduce<Turn>(
    ({ next, used }, at) => {
      if (next.zones[at]?.needBalance !== true) return { next, used };
      const round = rounds[used] ?? NO_ROUND;
      const after = round.freed.reduce((one, block) => freePages(one, block).next, next);
      const zone = after.zones[at];
      if (zone === undefined) return { next, used };
      const needBalance = round.success && needsBalance(after, at);
      return { next: withZone(after, at, { ...zone, needBalance }), used: used + 1 };
    },
    { next: state, used: 0 },
  );
