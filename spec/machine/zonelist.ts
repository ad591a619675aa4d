import { ZONE_NAMES } from './zone.ts';
import { wantedZone } from './gfp.ts';
import type { Gfp, NodeId, ZoneId } from '../../protocol/index.ts';

/**
 * The zones that a request goes to on a node, as places among all zones: from the one that it wants down, without those
 * that have no frames. The first is its class zone. @clause ZONE-3 @clause NODE-2
 */
export function zonelistOf(zones: readonly ZoneId[], node: NodeId, gfp: Gfp): readonly number[] {
  const wanted = ZONE_NAMES.indexOf(wantedZone(gfp));
  return ZONE_NAMES.slice(0, wanted + 1)
    .toReversed()
    .map((name) => zones.findIndex((zone) => zone.node === node && zone.name === name))
    .filter((place) => place >= 0);
}

/** Whether a block of one zone serves a request of a class zone: on the same node, and not above it. @clause RECLAIM-1 */
export const isOfClass = (zone: ZoneId, classZone: ZoneId): boolean =>
  zone.node === classZone.node && ZONE_NAMES.indexOf(zone.name) <= ZONE_NAMES.indexOf(classZone.name);
