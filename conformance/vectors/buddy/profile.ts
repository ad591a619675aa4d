/** Which allocators a vector is for, and the arenas that vectors are made of. */
import { FREE_MISUSES, claimOf } from '../../kinds/buddy/misuse.ts';
import { pfn } from '../../unit.ts';
import type { Alignment, Arena, Claim, Kernel, Run } from '../../../protocol/index.ts';

/** Where a vector's last operation happens: after operations that are right, or after misuse that must have changed nothing. */
export type Lead = 'right' | 'misuse';

/** A feature that comes with a request of its own. */
export type Feature = 'range' | 'resize' | 'sized' | 'bulk';

/** A feature whose requests others follow, which no kernel answers any more. */
export type Lasting = Exclude<Feature, 'range'>;

export const isLasting = (feature: Feature | undefined): feature is Lasting =>
  feature !== undefined && feature !== 'range';

/** Some claims, and the kernel whose placement they are, if they are one's. */
export interface Profile {
  readonly name: string;
  readonly claims: ReadonlySet<Claim>;
  readonly kernel: Kernel | undefined;
  /** The requests that not every allocator has, and that it is there for. */
  readonly feature: Feature | undefined;
  readonly lead: Lead;
  /** The clauses that it is there for. */
  readonly shows: RegExp;
}

const MISUSES = FREE_MISUSES.map(claimOf);

const linux = (kernel: Kernel): Profile => ({
  name: `linux-${kernel}`,
  claims: new Set<Claim>(['complete', 'best-fit', `placement:linux-${kernel}`, ...MISUSES]),
  kernel,
  feature: undefined,
  lead: 'right',
  shows: /^(?:PLACE|PAIR|MAP|LIST|COUNT)-/u,
});

const profile = (name: string, claims: readonly Claim[], shows: RegExp): Profile => ({
  name,
  claims: new Set(claims),
  kernel: undefined,
  feature: undefined,
  lead: name === 'rejected' ? 'misuse' : 'right',
  shows,
});

const featured = (feature: Feature, shows: RegExp): Profile => ({ ...profile(feature, ['complete'], shows), feature });

/** From what every allocator must do to what one kernel does. */
export const PROFILES: readonly Profile[] = [
  profile('any', [], /^/u),
  profile('complete', ['complete'], /^TAKE-6$/u),
  profile('best-fit', ['complete', 'best-fit'], /^TAKE-7$/u),
  featured('range', /^TAKE-8$/u),
  profile('misuse', ['complete', ...MISUSES], /^MISUSE-/u),
  profile('rejected', ['complete', ...MISUSES], /^(?:GIVE-1|TAKE-6)$/u),
  featured('resize', /^(?:RESIZE-1|TAKE-1|TAKE-6)$/u),
  featured('sized', /^(?:SIZED-|TAKE-4|TAKE-6)/u),
  featured('bulk', /^(?:BULK-1|TAKE-4|TAKE-6)$/u),
  linux('2.4'),
  linux('2.6'),
];

type Short = readonly [
  base: number,
  pages: number,
  orders: number,
  ...reserved: readonly (readonly [number, number])[],
];

/** Bases, frames, orders, and what is reserved: powers of two and others, the top order filled or not. */
const SHORTS: readonly Short[] = [
  [0, 1, 1],
  [0, 2, 1],
  [0, 2, 2],
  [0, 3, 2],
  [0, 4, 2],
  [0, 4, 3],
  [0, 4, 3, [1, 1]],
  [8, 4, 3],
  [0, 5, 3],
  [0, 6, 3],
  [0, 6, 3, [0, 1], [5, 1]],
  [0, 7, 2],
  [0, 8, 3],
  [0, 8, 4],
  [0, 8, 4, [3, 2]],
  [16, 8, 4, [16, 1]],
  [0, 12, 4],
  [0, 16, 5],
];

const arenaOf = ([base, pages, orders, ...reserved]: Short, alignment: Alignment): Arena => ({
  base: pfn(base),
  pages,
  orders,
  holes: reserved.map(([first, count]): Run => [pfn(first), count]),
  alignment,
});

/** More pairs than there are in a word of 16 bits. */
const LARGE: Short = [0, 64, 7];

/** Arenas that begin at no multiple of their largest block: 2.6 alone tells them from others. */
const UNALIGNED: readonly Short[] = [
  [1, 3, 2],
  [3, 8, 3],
  [6, 10, 4],
];

const ALIGNED = SHORTS.map((short) => arenaOf(short, 'base'));

/** Returns the arenas of a profile. */
export function arenasOf({ kernel }: Profile): readonly Arena[] {
  if (kernel === undefined) return ALIGNED;
  const unaligned = kernel === '2.6' ? UNALIGNED : [];
  return [...ALIGNED, arenaOf(LARGE, 'base'), ...unaligned.map((short) => arenaOf(short, 'absolute'))];
}
