/** Which machines a vector is for, and the machines that vectors are made of. */
import { pfn } from '../../unit.ts';
import type { Balance, Claim, Clause, Machine, ZoneName, ZoneSpan } from '../../../protocol/index.ts';

/** Some claims, and what is asked of a machine that makes them. */
export interface MachineProfile {
  readonly name: string;
  readonly claims: ReadonlySet<Claim>;
  /** Whether every answer is Linux's own. If not, no request may wait: how often a machine reclaims for it is its own affair. */
  readonly placed: boolean;
  /** Reports whether a vector of this profile is to show a clause. */
  readonly shows: (clause: Clause) => boolean;
}

const profile = (name: string, claims: readonly Claim[], shows: RegExp): MachineProfile => ({
  name,
  claims: new Set(claims),
  placed: claims.includes('placement:linux-2.4'),
  shows: (clause) => shows.test(clause),
});

export const ANY: MachineProfile = profile('machine', [], /^/u);
export const COMPLETE: MachineProfile = profile('machine-complete', ['complete'], /^PASS-7$/u);
export const BEST_FIT: MachineProfile = profile('machine-best-fit', ['complete', 'best-fit'], /^TAKE-7$/u);
export const LINUX: MachineProfile = profile(
  'machine-linux-2.4',
  ['complete', 'best-fit', 'placement:linux-2.4'],
  /^(?!TAKE|USE|GIVE)/u,
);

const NAMES: readonly ZoneName[] = ['DMA', 'Normal', 'HighMem'];

/** Returns a machine of adjacent zones; `nodes` has the pages of DMA, Normal and HighMem of each, `balance` is that of all. */
function machineOf(
  nodes: readonly (readonly number[])[],
  balance: Balance,
  orders: number,
  policy: Machine['policy'] = 'node-local',
): Machine {
  let base = 0;
  const shapes = nodes.map((sizes) => ({
    zones: sizes.flatMap((pages, at): readonly ZoneSpan[] => {
      const name = NAMES[at];
      const span = { base: pfn(base), pages, holes: [] };
      base += pages;
      return name === undefined || pages === 0 ? [] : [{ name, ...span }];
    }),
  }));
  return { orders, nodes: shapes, balance: { DMA: balance, Normal: balance, HighMem: balance }, policy };
}

const MARKS: Balance = { ratio: 4, least: 1, most: 4 };
const CUT_OFF: Balance = { ratio: 1, least: 0, most: 2 };
const NONE: Balance = { ratio: 1, least: 0, most: 0 };
const ONE: Balance = { ratio: 1, least: 1, most: 1 };

/** Machines so small that all answers can be listed. */
export const SMALL: readonly Machine[] = [
  machineOf([[2]], NONE, 2),
  machineOf([[1, 2]], NONE, 2),
  machineOf([[1, 1, 1]], NONE, 1),
  machineOf([[0, 4]], ONE, 2),
  machineOf([[2], [2]], NONE, 2),
];

/** One node with three zones, whose marks are 4, 8 and 12. */
export const ZONES: Machine = machineOf([[16, 16, 16]], MARKS, 5);

/** A node whose lowest mark would be 16, were it not cut off. */
export const CUT: Machine = machineOf([[0, 16]], CUT_OFF, 5);

/** Two nodes, and how a request chooses between them. */
export const NODES: readonly Machine[] = [
  machineOf([[16], [16]], MARKS, 5),
  machineOf([[16], [16]], MARKS, 5, 'round-robin'),
];
