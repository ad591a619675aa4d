/** The zones that a request may use on a node, in the order in which it tries them. */
import { ZONE_NAMES } from './zone.ts';
import { wantedZone } from './gfp.ts';
import type { Gfp, NodeId, ZoneId } from '../../protocol/index.ts';

/**
 * Zones as places among all zones of a machine, in the order in which a request tries them. The first is its class zone. It
 * is empty if the node has none of them.
 */
export type Zonelist = readonly number[];

/** Returns the zonelist of a request on a node: from the zone that it wants down, without zones that have no frames. @clause ZONE-3 @clause NODE-2 */
export function zonelistOf(zones: readonly ZoneId[], node: NodeId, gfp: Gfp): Zonelist {
  const wanted = ZONE_NAMES.indexOf(wantedZone(gfp));
  return ZONE_NAMES.slice(0, wanted + 1)
    .toReversed()
    .map((name) => zones.findIndex((zone) => zone.node === node && zone.name === name))
    .filter((place) => place >= 0);
}

/** Reports whether a block of `zone` serves a request of `classZone`: the zone is on the same node, and not above it. @clause RECLAIM-1 */
export const isOfClass = (zone: ZoneId, classZone: ZoneId): boolean =>
  zone.node === classZone.node && ZONE_NAMES.indexOf(zone.name) <= ZONE_NAMES.indexOf(classZone.name);
