/** Which zones of a machine of 2.6.24 let a request through, as they are now. */
import { ZONE_NAMES26 } from './state.ts';
import { blockCounts, freeFrames } from '../buddy/placement.ts';
import { gateOf } from './watermark.ts';
import type { Gate } from './watermark.ts';
import type { MachineState26, ZoneState26, Zonelist26 } from './state.ts';
import type { Order } from '../../protocol/index.ts';
import type { Pass } from './pass.ts';

const PASSES: Gate = { kind: 'passes' };

/** Returns the test of one zone, for a request whose class is at `classPlace`. @clause GATE-2 @clause GATE-3 @clause GATE-7 */
export function gateAt(
  { zones }: MachineState26,
  place: number,
  classPlace: number,
  { hurry, mark }: Pass,
  order: Order,
): Gate {
  const [zone, classZone] = [zones[place], zones[classPlace]];
  if (mark === 'none' || zone === undefined || classZone === undefined) return PASSES;
  const reserve = zone.reserves[ZONE_NAMES26.indexOf(classZone.name)] ?? 0;
  const numbers = { free: freeFrames(zone.placed), blocks: blockCounts(zone.placed), reserve };
  return gateOf(numbers, zone.watermarks[mark], order, hurry);
}

/** Returns the places of a list whose zones pass the test. @clause GATE-2 @clause GATE-14 */
export function placesThrough(
  state: MachineState26,
  zonelist: Zonelist26,
  pass: Pass,
  order: Order,
): readonly number[] {
  const [classPlace = -1] = zonelist;
  return zonelist.filter((place) => gateAt(state, place, classPlace, pass, order).kind === 'passes');
}

/** Reports whether a zone has a block of an order. */
const hasBlock = (zone: ZoneState26 | undefined, order: Order): boolean =>
  zone !== undefined && blockCounts(zone.placed).some((count, at) => at >= order && count > 0);

/** Returns the first place of a list whose zone passes the test and has a block; undefined if there is none. @clause GATE-14 */
export const giverOf = (state: MachineState26, zonelist: Zonelist26, pass: Pass, order: Order): number | undefined =>
  placesThrough(state, zonelist, pass, order).find((place) => hasBlock(state.zones[place], order));
