/** Zones without their public face, for the unit tests. */

import { Zone, initZone } from '../../../src/buddy/zone.ts';
import { bytesOf, regionFor } from '../../arbitrary/region.ts';
import { plainShape } from '../../arbitrary/arena.ts';
import type { Kernel } from '../../../protocol/index.ts';

/** A new zone without its public face: every page in use. */
export function zoneInUse(kernel: Kernel, pages: number, orders: number, base = 0): Zone {
  const shape = plainShape(kernel, pages, orders, base);
  const zone = new Zone(kernel, shape, regionFor(shape));
  initZone(zone);
  return zone;
}

/** The zone's bytes, copied. */
export function bytesOfZone(zone: Zone): Uint8Array {
  const { buffer, byteOffset } = zone.counters.words;
  return new Uint8Array(buffer, byteOffset, bytesOf(plainShape(zone.kernel, zone.pages, zone.orders))).slice();
}
