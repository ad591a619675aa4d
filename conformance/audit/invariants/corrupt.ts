/** Copies of what was shown with one thing wrong in each: an invariant that refutes none of them would be no check. */
import type { Observation } from '../../../protocol/index.ts';
import { linksOf } from './observe.ts';
import type { Part } from './observe.ts';

/** A zone with one thing wrong, and what that is. */
export interface Corrupted {
  readonly how: string;
  readonly zone: Observation;
}

const named = ({ arena }: Observation, node: number): string =>
  node < arena.pages ? `frame ${arena.base + node}` : `list ${node - arena.pages}`;

/** The nodes of each list, between its head and its head. */
function ringsOf({ arena, links }: Observation): readonly (readonly number[])[] {
  return Array.from({ length: arena.orders }, (_, at) => {
    const ring = [arena.pages + at];
    for (let node = links[2 * (arena.pages + at)] ?? 0; node < arena.pages && node >= 0; node = links[2 * node] ?? 0) {
      if (ring.push(node) > arena.pages + 1) break;
    }
    return ring;
  });
}

/** Returns the zone with each list as it is given, head first. */
const linked = (zone: Observation, rings: readonly (readonly number[])[]): Observation => ({
  ...zone,
  links: linksOf(zone.arena, rings),
});

const withRing = (
  rings: readonly (readonly number[])[],
  at: number,
  ring: readonly number[],
): readonly (readonly number[])[] => rings.map((old, n) => (n === at ? ring : old));

/** Blocks that are missing, that are in use, that are on the wrong list, that lie askew, that are split for nothing. */
function* wrongLists(zone: Observation): Generator<Corrupted> {
  const rings = ringsOf(zone);
  const { arena, owners } = zone;
  for (const [at, ring] of rings.entries()) {
    const [head = 0, ...nodes] = ring;
    for (const node of nodes) {
      const rest = ring.filter((one) => one !== node);
      yield { how: `${named(zone, node)} were missing on list ${at}`, zone: linked(zone, withRing(rings, at, rest)) };
      const lower = rings[at - 1];
      if (lower !== undefined) {
        const halves = [...lower, node, node + 2 ** (at - 1)];
        const split = withRing(withRing(rings, at, rest), at - 1, halves);
        yield {
          how: `the block at ${named(zone, node)} were on list ${at - 1} as two halves`,
          zone: linked(zone, split),
        };
      }
      const upper = rings[at + 1];
      if (upper === undefined) continue;
      const both = withRing(rings, at + 1, [...upper, node]);
      yield { how: `${named(zone, node)} were on list ${at + 1}, too`, zone: linked(zone, both) };
      yield { how: `${named(zone, node)} were on list ${at + 1}`, zone: linked(zone, withRing(both, at, rest)) };
    }
    for (let frame = 0; frame < arena.pages; frame++) {
      if ((owners[frame] ?? -1) < 0) continue;
      yield {
        how: `${named(zone, frame)}, in use, were on list ${at}`,
        zone: linked(zone, withRing(rings, at, [head, ...nodes, frame])),
      };
      break;
    }
  }
}

/** Single links that lead elsewhere. */
function* wrongLinks(zone: Observation): Generator<Corrupted> {
  const links = Array.from(zone.links);
  for (const [at, ring] of ringsOf(zone).entries()) {
    const [head = 0, first] = ring;
    const last = ring.at(-1) ?? head;
    if (first === undefined) continue;
    yield {
      how: `before ${named(zone, first)} came itself`,
      zone: { ...zone, links: links.with(2 * first + 1, first) },
    };
    yield {
      how: `list ${at} led from its last block to its first`,
      zone: { ...zone, links: links.with(2 * last, first).with(2 * first + 1, last) },
    };
  }
}

function* wrongBits(zone: Observation): Generator<Corrupted> {
  for (const [at, map] of zone.maps.entries()) {
    const pairs = Math.ceil(zone.arena.pages / 2 ** (at + 1));
    for (let pair = 0; pair < pairs; pair++) {
      const words = Array.from(map);
      words[pair >> 5] = (words[pair >> 5] ?? 0) ^ (1 << (pair & 31));
      yield {
        how: `the bit of pair ${pair} of order ${at} were the other one`,
        zone: { ...zone, maps: zone.maps.with(at, words) },
      };
    }
    yield {
      how: `the map of order ${at} had a word more`,
      zone: { ...zone, maps: zone.maps.with(at, [...Array.from(map), 1]) },
    };
  }
}

function* wrongMarks(zone: Observation): Generator<Corrupted> {
  const { flag, order } = zone.pageFlags;
  for (let frame = 0; frame < zone.arena.pages; frame++) {
    const is = flag[frame] === 1;
    const wrong = Array.from(flag).with(frame, is ? 0 : 1);
    yield {
      how: `${named(zone, frame)} were ${is ? 'not ' : ''}marked`,
      zone: { ...zone, pageFlags: { flag: wrong, order } },
    };
  }
}

/** Returns copies of a zone with one thing wrong, in the parts of it that are shown. */
export function* corruptions(zone: Observation, parts: ReadonlySet<Part>): Generator<Corrupted> {
  if (parts.has('count'))
    yield { how: `the count were ${zone.freeCount + 1}`, zone: { ...zone, freeCount: zone.freeCount + 1 } };
  if (parts.has('lists')) yield* wrongLists(zone);
  if (parts.has('links')) yield* wrongLinks(zone);
  if (parts.has('bits')) yield* wrongBits(zone);
  if (parts.has('marks')) yield* wrongMarks(zone);
}
