/** A request in the printed zones of a kernel 2.4, by the rule of 2.4.22. */
import { gfp, order as orderOf } from '../../spec/unit.ts';
import { isGfp, mayWait, wantedZone } from '../../spec/machine/gfp.ts';
import { neededAlong } from '../../spec/machine/watermark.ts';
import { notJudged, ruledBy, smallerOrder } from './judged.ts';
import type { Dump, ZonePrint } from './dump.ts';
import type { Ruled, Step, Tried, Wanted } from './judged.ts';

const RULE = '2.4.22';

/** The zones, from the highest; a request goes down from the one that it wants. */
const DOWN = ['HighMem', 'Normal', 'DMA'];

/** The largest order that 2.4.22 tries again and again. */
const LARGEST_RETRIED = 3;

type Marked = ZonePrint & Required<Pick<ZonePrint, 'free' | 'marks'>>;

const isMarked = (zone: ZonePrint | undefined): zone is Marked =>
  zone?.free !== undefined && zone.marks !== undefined && (zone.free > 0 || zone.marks.high > 0);

/** Returns the zones that a mask permits, in the order in which they are tried. @clause ZONE-3 */
const zonelistOf = ({ zones }: Dump, mask: number): readonly Marked[] =>
  DOWN.slice(DOWN.indexOf(wantedZone(gfp(mask))))
    .map((name) => zones.find((zone) => zone.name === name))
    .filter(isMarked);

/** Reports whether a zone has a block, if its blocks were printed. */
const hasBlock = ({ blocks }: ZonePrint, order: number): boolean =>
  blocks === undefined || blocks.slice(order).some((count) => count > 0);

function countStep(zone: Marked, needed: number, terms: readonly string[]): Step {
  const holds = zone.free > needed;
  const sum = terms.length > 1 ? `${terms.join(' + ')} = ${needed}` : String(needed);
  return { clause: 'WATER-2', what: 'count', text: `${zone.free} ${holds ? '>' : '<='} ${sum}`, holds };
}

const blockStep = (zone: ZonePrint, order: number): Step => ({
  clause: 'TAKE-6',
  what: 'blocks',
  text: hasBlock(zone, order)
    ? `there is a block of order ${order} or above`
    : `no block of order ${order} or above is free`,
  holds: hasBlock(zone, order),
});

function tryZone(
  list: readonly Marked[],
  at: number,
  needed: number | undefined,
  { mask, order }: Wanted,
): Tried | undefined {
  const zone = list[at];
  if (zone === undefined) return undefined;
  const mark = ({ marks }: Marked): number => (mayWait(gfp(mask)) ? marks.min : marks.min >> 2);
  const terms = [String(2 ** order), ...list.slice(0, at + 1).map((one) => `${mark(one)} of ${one.name}`)];
  const count = needed === undefined ? [] : [countStep(zone, needed, terms)];
  const steps = count.every(({ holds }) => holds) ? [...count, blockStep(zone, order)] : count;
  const missing = needed === undefined ? 0 : Math.max(0, needed + 1 - zone.free);
  const short = steps.every(({ holds }) => holds) ? 0 : Math.max(1, missing);
  const enough =
    missing > 0
      ? `${missing} more free pages in ${zone.name}, with a block of order ${order} among them`
      : `one block of order ${order} in ${zone.name}: its free pages are enough`;
  return { zone: zone.name, steps, short, enough };
}

const triedBy = (list: readonly Marked[], wanted: Wanted): readonly Tried[] => {
  const { mask, order, reclaiming } = wanted;
  const request = { gfp: gfp(mask), order: orderOf(order) };
  const needed = neededAlong(
    list.map(({ marks }) => marks),
    request,
    'min',
  );
  return list.flatMap((_, at) => tryZone(list, at, reclaiming ? undefined : needed[at], wanted) ?? []);
};

function heldTo({ mask, reclaiming }: Wanted): string {
  if (reclaiming) return 'no mark, because its task is reclaiming memory (WATER-4)';
  const sum = 'the marks of the zones before are added (WATER-2)';
  return mayWait(gfp(mask)) ? `pages_min; ${sum}` : `a quarter of pages_min, because it may not wait (WATER-3); ${sum}`;
}

/** Returns what 2.4.22 says of a request. @clause WATER-2 @clause WATER-3 @clause WATER-4 */
export function rule24(dump: Dump, wanted: Wanted): Ruled {
  const { mask, order, reclaiming } = wanted;
  if (!isGfp(mask)) return notJudged(`the mask 0x${mask.toString(16)} has bits that 2.4.22 does not know (GFP-2)`);
  const list = zonelistOf(dump, mask);
  const tried = triedBy(list, wanted);
  const passes = (of: number): boolean => triedBy(list, { ...wanted, order: of }).some(({ short }) => short === 0);
  const ruled = ruledBy(RULE, heldTo(wanted), tried, [
    ...tried.map(({ enough }) => enough),
    ...smallerOrder(order, passes),
  ]);
  const goesOn = mayWait(gfp(mask)) && !reclaiming && order <= LARGEST_RETRIED;
  if (ruled.verdict !== 'agrees' || !goesOn) return ruled;
  const because = `the rule of ${RULE} finds no zone for it either, but would reclaim and try again without end (PASS-6); this kernel gave up`;
  return { ...ruled, because };
}
