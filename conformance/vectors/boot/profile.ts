/** Which boot memory a vector is for, and the nodes that vectors are made of. */
import { pfn } from '../../unit.ts';
import type { BootNode, Claim, Clause } from '../../../protocol/index.ts';

/** Some claims, and what is asked of boot memory that makes them. */
export interface BootProfile {
  readonly name: string;
  readonly claims: ReadonlySet<Claim>;
  /** Whether every grant is the one that Linux makes. If not, requests are for whole pages: there are few answers then. */
  readonly placed: boolean;
  /** Whether misuse is sent: the feature boot:misuse. */
  readonly misuse: boolean;
  /** Reports whether a vector of this profile is to show a clause. */
  readonly shows: (clause: Clause) => boolean;
}

const profile = (name: string, claims: readonly Claim[], shows: RegExp): BootProfile => ({
  name,
  claims: new Set(claims),
  placed: claims.includes('placement:linux-2.4'),
  misuse: name === 'boot-misuse',
  shows: (clause) => shows.test(clause),
});

/** From what all boot memory must do to what Linux does. */
export const BOOT_PROFILES: readonly BootProfile[] = [
  profile('boot', [], /^/u),
  profile('boot-complete', ['complete'], /^BOOT-12$/u),
  profile('boot-misuse', ['complete'], /^(?:BOOT-[467]|RETIRE-[34])$/u),
  profile('boot-linux-2.4', ['complete', 'placement:linux-2.4'], /^(?:BOOT-5|BOOT-10|FIT-.*|RETIRE-2)$/u),
];

type Short = readonly (readonly [start: number, end: number, map: number])[];

const nodesOf = (short: Short): readonly BootNode[] =>
  short.map(([start, end, map]) => ({ start: pfn(start), end: pfn(end), map: pfn(map) }));

/** Nodes so small that all of their grants can be listed. */
const SMALL: readonly Short[] = [
  [[0, 2, 0]],
  [[0, 3, 1]],
  [[4, 7, 6]],
  [
    [0, 2, 0],
    [2, 4, 2],
  ],
  [
    [3, 5, 3],
    [8, 10, 9],
  ],
];

/** One node and several; the bitmap first and elsewhere; a start that is aligned to one page alone; a whole word of bits. */
const LARGER: readonly Short[] = [
  [[0, 2, 0]],
  [[0, 3, 0]],
  [[0, 4, 0]],
  [[0, 8, 0]],
  [[2, 8, 5]],
  [[3, 30, 3]],
  [[0, 32, 0]],
  [
    [0, 8, 0],
    [8, 16, 8],
  ],
  [
    [4, 9, 4],
    [0, 3, 0],
  ],
];

/** Returns the nodes of a profile. */
export const shapesOf = ({ placed }: BootProfile): readonly (readonly BootNode[])[] =>
  (placed ? LARGER : SMALL).map(nodesOf);
