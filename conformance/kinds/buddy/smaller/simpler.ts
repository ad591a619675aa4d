/** Smaller cases of the buddy system: fewer operations, lower orders, smaller arenas. */
import { allBut } from '../../../judge/shrink/ddmin.ts';
import { byAllocation, bySlot } from './by-allocation.ts';
import { order, pfn } from '../../../unit.ts';
import type { ByAllocation } from './by-allocation.ts';
import type { FixedCase, Operation, Shape } from '../case.ts';
import type { Pass, Sweep } from '../../../judge/kind.ts';

/** Returns a case without the operations [from, end); frees of allocations that are gone go too. */
export const without = (of: FixedCase, from: number, end: number): FixedCase => ({
  ...of,
  script: bySlot(allBut(byAllocation(of.script), from, end)),
});

const rangeFrom = (by: number, one: Operation): Operation => {
  if (one.kind !== 'allocate' || one.within === undefined) return one;
  const { low, end } = one.within;
  return { ...one, within: { low: pfn(Math.max(0, low - by)), end: pfn(Math.max(0, end - by)) } };
};

/** The same frames, counted from 0. */
function* rebased(of: FixedCase): Generator<FixedCase> {
  const by = of.shape.base;
  if (by === 0) return;
  const reserved = of.shape.reserved.map(([first, count]) => [pfn(first - by), count] as const);
  const script = of.script.map((one) =>
    one.kind === 'free-frame' ? { ...one, head: pfn(Math.max(0, one.head - by)) } : rangeFrom(by, one),
  );
  yield { ...of, shape: { ...of.shape, base: pfn(0), reserved }, script };
}

/** Without reserved runs: all of them, or one. */
function* unreserved(of: FixedCase): Generator<FixedCase> {
  const { reserved } = of.shape;
  if (reserved.length === 0) return;
  yield { ...of, shape: { ...of.shape, reserved: [] } };
  for (let n = reserved.length - 1; n >= 0 && reserved.length > 1; n--) {
    yield { ...of, shape: { ...of.shape, reserved: reserved.filter((_, at) => at !== n) } };
  }
}

/** Sizes smaller than one, the smallest first. */
function sizesBelow(pages: number): readonly number[] {
  const few = Array.from({ length: Math.min(pages - 1, 16) }, (_, n) => n + 1);
  const halves: number[] = [];
  for (let n = Math.ceil(pages / 2); n > 16; n = Math.ceil(n / 2)) halves.unshift(n);
  return [...few, ...halves, ...(pages > 17 ? [pages - 1] : [])];
}

const cut = (shape: Shape, pages: number): Shape => ({
  ...shape,
  pages,
  reserved: shape.reserved.flatMap(([first, count]) => {
    const inside = Math.min(count, shape.base + pages - first);
    return inside > 0 ? [[first, inside] as const] : [];
  }),
});

/** No arena becomes larger than it was made. */
const within =
  (pages: number) =>
  (one: Operation): Operation =>
    one.kind === 'resize' && one.pages > pages ? { ...one, pages } : one;

/** On smaller arenas, of the sizes that the user confined the run to, if any. */
const smallerArenas = ({ pages: confined }: Pick<Sweep, 'pages'>): Pass<FixedCase> =>
  function* (of) {
    const sizes = confined.length === 0 ? sizesBelow(of.shape.pages) : confined.toSorted((a, b) => a - b);
    for (const pages of sizes) {
      if (pages < of.shape.pages) yield { ...of, shape: cut(of.shape, pages), script: of.script.map(within(pages)) };
    }
  };

/** With fewer orders. */
const fewerOrders = ({ orders: confined }: Pick<Sweep, 'orders'>): Pass<FixedCase> =>
  function* (of) {
    for (let orders = 1; orders < of.shape.orders; orders++) {
      if (confined.length === 0 || confined.includes(orders)) yield { ...of, shape: { ...of.shape, orders } };
    }
  };

/** An operation that names an order. */
type OfOrder = Exclude<ByAllocation, { kind: 'free' | 'free-all' | 'resize' | 'allocate-frames' }>;

/** With one operation of a lower order. */
function* lowerOrders(of: FixedCase): Generator<FixedCase> {
  const script = byAllocation(of.script);
  for (const [n, operation] of script.entries()) {
    if (!('order' in operation)) continue;
    for (let to = 0; to < operation.order; to++) {
      const lowered: OfOrder = { ...operation, order: order(to) };
      yield { ...of, script: bySlot(script.map((one, at) => (at === n ? lowered : one))) };
    }
  }
}

type Sized = Extract<Operation, { kind: 'allocate-frames' }>;

/** Returns requests for fewer frames, and at a multiple of less. */
const fewer = ({ align, frames }: Sized): readonly Sized[] => [
  ...sizesBelow(frames).map((few): Sized => ({ kind: 'allocate-frames', frames: few, align })),
  ...Array.from({ length: Math.log2(align) }, (_, n): Sized => ({ kind: 'allocate-frames', frames, align: 2 ** n })),
];

/** With one request for fewer frames, or at a multiple of less. */
function* fewerFrames(of: FixedCase): Generator<FixedCase> {
  for (const [n, operation] of of.script.entries()) {
    if (operation.kind !== 'allocate-frames') continue;
    for (const one of fewer(operation)) yield { ...of, script: of.script.with(n, one) };
  }
}

/** With one slot less in a bulk free. */
function* fewerAtOnce(of: FixedCase): Generator<FixedCase> {
  for (const [n, operation] of of.script.entries()) {
    if (operation.kind !== 'free-slots' || operation.slots.length < 2) continue;
    for (const slot of operation.slots) {
      const slots = operation.slots.filter((one) => one !== slot);
      yield { ...of, script: of.script.with(n, { kind: 'free-slots', slots }) };
    }
  }
}

/** Returns the ways to make a case simpler; the shapes stay among those that the user confined the run to. */
export const simplerCases = (sweep: Pick<Sweep, 'pages' | 'orders' | 'bases'>): readonly Pass<FixedCase>[] => [
  ...(sweep.bases.length === 0 || sweep.bases.includes(0) ? [rebased] : []),
  unreserved,
  smallerArenas(sweep),
  fewerOrders(sweep),
  lowerOrders,
  fewerFrames,
  fewerAtOnce,
];
