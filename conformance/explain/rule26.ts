/** A request in the printed zones of a kernel 2.6, by the rule of 2.6.24. */
import { gateOf, lessened } from '../../spec/machine26/watermark.ts';
import { gfp, order as orderOf } from '../../spec/unit.ts';
import { highestZone } from '../../spec/machine26/gfp.ts';
import { passesOf } from '../../spec/machine26/pass.ts';
import { labelOf } from './dump.ts';
import { notJudged, ruledBy, smallerOrder } from './judged.ts';
import { reserveAgainst } from './class.ts';
import type { Dump, ZonePrint } from './dump.ts';
import type { Gate, ZoneNumbers } from '../../spec/machine26/watermark.ts';
import type { Pass } from '../../spec/machine26/pass.ts';
import type { Ruled, Step, Tried, Wanted } from './judged.ts';

const RULE = '2.6.24';

/** The zones, from the highest. */
const DOWN = ['HighMem', 'Normal', 'DMA32', 'DMA'];

/** A zone that the request may use, with what it keeps from the request's class. */
interface Listed {
  readonly zone: ZonePrint;
  readonly label: string;
  readonly numbers: ZoneNumbers;
  readonly mark: number;
}

const isPopulated = ({ free, marks, present }: ZonePrint): boolean =>
  free !== undefined && marks !== undefined && (present ?? marks.high + free) > 0;

/** Returns the zones that a mask permits, from the highest; the order between nodes is not printed and does not matter. @clause GATE-7 */
function zonelistOf({ zones }: Dump, mask: number, { mark }: Pass): readonly Listed[] {
  const names = DOWN.slice(DOWN.indexOf(highestZone(gfp(mask))));
  const populated = names.flatMap((name) => zones.filter((zone) => zone.name === name && isPopulated(zone)));
  const [first] = populated;
  return populated.map((zone) => ({
    zone,
    label: labelOf(zone, zones),
    numbers: {
      free: zone.free ?? 0,
      blocks: zone.blocks ?? [],
      reserve: mark === 'none' ? 0 : reserveAgainst(zone, first?.name ?? '', zones),
    },
    mark: mark === 'none' ? 0 : (zone.marks?.[mark] ?? 0),
  }));
}

/** Returns the test of one zone; a task that is held to no mark needs a block and nothing else. */
function gateIn({ mark, numbers, zone }: Listed, pass: Pass, order: number): Gate {
  if (pass.mark !== 'none') return gateOf(numbers, mark, orderOf(order), pass.hurry);
  const has = zone.blocks === undefined || zone.blocks.slice(order).some((count) => count > 0);
  return has ? { kind: 'passes' } : { kind: 'order', order: orderOf(order), have: 0, need: 0 };
}

/** Returns the inequalities of a zone up to the one that fails. */
function stepsOf({ mark, numbers }: Listed, { hurry }: Pass, order: number, gate: Gate): readonly Step[] {
  const { blocks, free, reserve } = numbers;
  const size = 2 ** order;
  const min = lessened(mark, hurry);
  const have = free - size + 1;
  const sign = (holds: boolean): string => (holds ? '>' : '<=');
  const count = gate.kind !== 'count';
  const text = `${free} - ${size} + 1 = ${have} ${sign(count)} ${min} + reserve ${reserve} = ${min + reserve}`;
  const steps: Step[] = [{ clause: 'GATE-2', what: 'count', text, holds: count }];
  if (!count) return steps;
  let left = have;
  for (let at = 0; at < order; at++) {
    const pages = (blocks[at] ?? 0) * 2 ** at;
    const need = Math.floor(min / 2 ** (at + 1));
    const holds = left - pages > need;
    const line = `${left} - ${blocks[at] ?? 0} * ${2 ** at} = ${left - pages} ${sign(holds)} ${min} / ${2 ** (at + 1)} = ${need}`;
    steps.push({ clause: 'GATE-3', what: `order ${at}`, text: line, holds });
    if (!holds) break;
    left -= pages;
  }
  return steps;
}

/** Returns the largest mark at which a zone would give the block, below the one it has; undefined if none does. */
function largestMark(listed: Listed, pass: Pass, order: number): number | undefined {
  let [low, high] = [-1, listed.mark];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (gateIn({ ...listed, mark: middle }, pass, order).kind === 'passes') low = middle;
    else high = middle;
  }
  return low < 0 ? undefined : low;
}

function enoughIn(listed: Listed, pass: Pass, order: number, gate: Gate, short: number): string {
  const { label, mark } = listed;
  if (gate.kind === 'passes') return '';
  if (pass.mark === 'none') return `one free block of order ${order} in ${label}`;
  const pages =
    gate.kind === 'count'
      ? `${short} more free pages in ${label}`
      : `${short} more pages of ${label} in blocks above order ${gate.order}`;
  const most = largestMark(listed, pass, order);
  const lower = most === undefined ? '' : `, or its pages_${pass.mark} at ${most} instead of ${mark}`;
  return pages + lower;
}

function tryZone(listed: Listed, pass: Pass, order: number): Tried {
  const gate = gateIn(listed, pass, order);
  const short = gate.kind === 'passes' ? 0 : gate.need - gate.have + 1;
  const none: Step = {
    clause: 'TAKE-6',
    what: 'blocks',
    text:
      gate.kind === 'passes'
        ? `a block of order ${order} or above is free`
        : `no block of order ${order} or above is free`,
    holds: gate.kind === 'passes',
  };
  const steps = pass.mark === 'none' ? [none] : stepsOf(listed, pass, order, gate);
  return { zone: listed.label, steps, short, enough: enoughIn(listed, pass, order, gate, short) };
}

function heldTo({ hurry, mark }: Pass): string {
  if (mark === 'none') return 'no mark, because its task is reclaiming memory (GATE-6)';
  const half = hurry.high ? ', less a half because it has HIGH' : '';
  const quarter = hurry.harder ? `, less a quarter${hurry.high ? ' of the rest' : ''} because it may not wait` : '';
  const killer = mark === 'high' ? ', the pass before the killer is called (GATE-6)' : '';
  return `pages_${mark}${half}${quarter}${half + quarter === '' ? '' : ' (GATE-1)'}${killer}`;
}

/** Returns what 2.6.24 says of a request. @clause GATE-1 @clause GATE-2 @clause GATE-3 @clause GATE-6 */
export function rule26(dump: Dump, { killer, mask, order, reclaiming }: Wanted): Ruled {
  const pass = passesOf(gfp(mask), reclaiming, killer).at(-1);
  if (pass === undefined) return notJudged('the request makes no pass');
  const list = zonelistOf(dump, mask, pass);
  if (order > 0 && list.some(({ zone }) => zone.blocks === undefined)) {
    return notJudged('the blocks of a zone were not printed, and this order is judged by them');
  }
  const tried = list.map((listed) => tryZone(listed, pass, order));
  const passes = (of: number): boolean => list.some((listed) => gateIn(listed, pass, of).kind === 'passes');
  return ruledBy(RULE, heldTo(pass), tried, [...tried.map(({ enough }) => enough), ...smallerOrder(order, passes)]);
}
