/** A zone: its name, its watermarks and its buddy system. */
import { bootPlaced, freeFrames, startPlaced } from '../buddy/placement.ts';
import { existing } from '../buddy/state.ts';
import { nodeId } from '../unit.ts';
import type {
  Arena,
  Balance,
  Machine,
  NodeId,
  Pfn,
  Watermarks,
  ZoneId,
  ZoneLimits,
  ZoneName,
  ZoneSpan,
} from '../../protocol/index.ts';
import type { Placed } from '../buddy/placement.ts';

/** The zones that a node can have, from the lowest frames upwards. */
export const ZONE_NAMES: readonly ZoneName[] = ['DMA', 'Normal', 'HighMem'];

/** A zone: its buddy system, its watermarks, and whether it asks to be balanced. */
export interface ZoneState extends ZoneId {
  readonly watermarks: Watermarks;
  readonly needBalance: boolean;
  readonly placed: Placed;
}

/** Returns the name of the zone that a frame belongs to. @clause ZONE-1 */
export function zoneNameOf({ dma, normal }: ZoneLimits, frame: Pfn): ZoneName {
  if (frame < dma) return 'DMA';
  return frame < normal ? 'Normal' : 'HighMem';
}

/** Returns the watermarks of a zone with that many existing pages. @clause WATER-1 */
export function watermarksOf({ ratio, least, most }: Balance, pages: number): Watermarks {
  const min = Math.min(Math.max(Math.floor(pages / ratio), least), most);
  return { min, low: 2 * min, high: 3 * min };
}

/** Returns the zones that Linux complains about when it makes them. @clause ZONE-5 */
export const misaligned = ({ nodes, orders }: Machine): readonly ZoneId[] =>
  nodes.flatMap(({ zones }, node) =>
    zones.filter(({ base }) => base % 2 ** (orders - 1) !== 0).map(({ name }) => ({ node: nodeId(node), name })),
  );

/** Returns the frames of a zone as an arena. */
export const arenaOf = ({ orders }: Machine, { base, pages, holes }: ZoneSpan): Arena => ({
  base,
  pages,
  orders,
  holes,
  alignment: 'base',
});

/** Returns a zone as it starts, with every frame but the holes handed over, or none. @clause WATER-1 */
export function zoneState(machine: Machine, node: NodeId, span: ZoneSpan, handedOver: boolean): ZoneState {
  const watermarks = watermarksOf(machine.balance[span.name], existing(span));
  const arena = arenaOf(machine, span);
  const placed = handedOver ? startPlaced('2.4', arena) : bootPlaced('2.4', arena);
  return { node, name: span.name, watermarks, needBalance: false, placed };
}

/** Returns the number of free frames. @clause COUNT-1 */
export const freePages = ({ placed }: ZoneState): number => freeFrames(placed);
