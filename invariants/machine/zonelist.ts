/** Invariants of zonelists. */
import { firstOf, refuted } from '../invariant.ts';
import { zoneName } from './zone.ts';
import type { Counterexample, MachineObservation, ZoneName } from '../../protocol/index.ts';
import type { Invariant } from '../invariant.ts';

type Found = Counterexample | undefined;

/** The rank of a zone: a request goes from higher ranks to lower ones. */
export const RANK: Readonly<Record<ZoneName, number>> = { DMA: 0, Normal: 1, HighMem: 2 };

/** Returns the rank that a mask asks for. Bit 0 means DMA and wins over bit 1, which means HighMem. */
export const rankWanted = (mask: number): number => (mask % 2 === 1 ? 0 : mask % 4 === 2 ? 2 : 1);

interface List {
  readonly node: number;
  readonly mask: number;
  readonly places: readonly number[];
}

const listsOf = ({ zonelists }: MachineObservation): readonly List[] =>
  zonelists.flatMap((lists, node) => lists.map((places, mask) => ({ node, mask, places })));

const nameOf = ({ mask, node }: List): string => `node ${node} zonelist ${mask}`;

function refuteForeign({ zones }: MachineObservation, list: List): Found {
  const foreign = list.places.map((place) => zones[place]).find((zone) => zone?.node !== list.node);
  if (foreign === undefined) return undefined;
  return refuted('NODE-2', nameOf(list), `it has ${zoneName(foreign)}`, 'that is a zone of another node');
}

/** @clause NODE-2 */
export const zonelistsKeepToTheirNode: Invariant<MachineObservation> = {
  clause: 'NODE-2',
  statement: 'The zonelists of a node contain no zone of another node.',
  refute: (seen) => firstOf(listsOf(seen), (list) => refuteForeign(seen, list)),
};

function refuteFall({ zones }: MachineObservation, list: List): Found {
  let rank = rankWanted(list.mask) + 1;
  for (const place of [...list.places, -1]) {
    const zone = zones[place];
    const next = zone === undefined ? -1 : RANK[zone.name];
    if (zone !== undefined && next >= rank) {
      return refuted('ZONE-3', nameOf(list), `${zoneName(zone)} comes here`, 'a request does not rise to that zone');
    }
    const passed = zones.find(({ name, node }) => node === list.node && RANK[name] > next && RANK[name] < rank);
    if (passed !== undefined) {
      return refuted('ZONE-3', nameOf(list), `${zoneName(passed)} is passed over`, 'it has frames');
    }
    rank = next;
  }
  return undefined;
}

/** @clause ZONE-3 @clause GFP-1 */
export const zonelistsFall: Invariant<MachineObservation> = {
  clause: 'ZONE-3',
  statement: 'A zonelist goes from the zone that is wanted downwards, and skips no zone of its node that has frames.',
  refute: (seen) => firstOf(listsOf(seen), (list) => refuteFall(seen, list)),
};
