/** What an operation on a machine did, in words, and the sums by which a zone was passed over or chosen. */
import { freePages } from '../../../spec/machine/zone.ts';
import { sizeOf } from '../../../spec/arithmetic.ts';
import { neededAlong } from '../../../spec/machine/watermark.ts';
import { zoneAt } from '../../../spec/machine/state.ts';
import { zonelistOf } from '../../../spec/machine/zonelist.ts';
import type { MachineState } from '../../../spec/index.ts';
import type { PageCommand, PageOutcome, Round } from '../../../protocol/index.ts';

/** One zone held against one mark: it gives a page if `free` is more than `needed`. */
export interface Check {
  readonly mark: 'low' | 'min';
  readonly zone: string;
  readonly free: number;
  readonly needed: number;
}

type Request = PageCommand & { readonly kind: 'allocate-pages' };

/** Returns the zones that a request was held against, in its order: up to the one that gave a page, or all. */
export function checksOf(before: MachineState, request: Request, outcome: PageOutcome): readonly Check[] {
  const listed = zonelistOf(before.zones, request.node, request.gfp).flatMap((place) => before.zones[place] ?? []);
  const checks = (['low', 'min'] as const).flatMap((mark) => {
    const needed = neededAlong(
      listed.map(({ watermarks }) => watermarks),
      request,
      mark,
    );
    return listed.map((one, n) => ({ mark, zone: one.name, free: freePages(one), needed: needed[n] ?? 0 }));
  });
  const giver = outcome.kind === 'granted' ? checks.findIndex(({ free, needed }) => free > needed) : -1;
  return giver < 0 ? checks : checks.slice(0, giver + 1);
}

const pages = (n: number): string => `${n} ${n === 1 ? 'page' : 'pages'}`;

const freedBy = (rounds: readonly Round[]): number =>
  rounds.reduce((sum, { freed }) => sum + freed.reduce((more, block) => more + sizeOf(block.order), 0), 0);

const ENDS = {
  exhausted: 'then refused: no zone is above its mark, and the request cannot wait',
  stalled: 'then it stalls: reclaim frees nothing, and the kernel would try for ever',
} as const;

/** Says where requests got their pages, when kswapd was woken and what was reclaimed. `woken`: by which of them, or 0. */
export function saySpread(
  state: MachineState,
  count: number,
  outcomes: readonly PageOutcome[],
  rounds: readonly Round[],
  woken: number,
): readonly string[] {
  const from = new Map<string, number>();
  for (const outcome of outcomes) {
    const name = outcome.kind === 'granted' ? state.zones[zoneAt(state, outcome.head)]?.name : undefined;
    if (name !== undefined) from.set(name, (from.get(name) ?? 0) + 1);
  }
  const granted = outcomes.filter(({ kind }) => kind === 'granted').length;
  const parts = [...from].map(([name, n]) => (from.size === 1 ? ` from ${name}` : `${n} from ${name}`));
  const spread = from.size > 1 ? `: ${parts.join(', ')}` : parts.join('');
  const last = outcomes.at(-1)?.kind;
  return [
    `${granted === count ? pages(count) : `${granted} of ${pages(count)}`} granted${spread}`,
    ...(woken === 0
      ? []
      : [`request ${woken} wakes kswapd: no zone of its list exceeds the low marks, summed up to it`]),
    ...(rounds.length === 0
      ? []
      : [`the caller reclaims by itself: ${pages(freedBy(rounds))} of the page cache are freed`]),
    ...(last === 'exhausted' || last === 'stalled' ? [ENDS[last]] : []),
  ];
}

/** Says what kswapd did in one turn. */
export function sayTurn(asked: boolean, goesOn: boolean, rounds: readonly Round[]): readonly string[] {
  if (!asked) return ['kswapd sleeps on: no zone asks to be balanced'];
  const freed = freedBy(rounds);
  const then = goesOn
    ? 'no zone of the class is above high: it goes on asking'
    : freed === 0
      ? 'it gives up until it is woken again'
      : 'a zone of the class is above high: kswapd sleeps';
  return [`kswapd frees ${pages(freed)} of the page cache`, then];
}
