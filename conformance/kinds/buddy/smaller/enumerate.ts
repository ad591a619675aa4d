/** Other cases than a finding's own that may show the same: every short script on tiny arenas, random ones on small arenas. */
import { MOST_AT_ONCE } from '../case.ts';
import { buddySource } from '../draw/source.ts';
import { order, pfn } from '../../../unit.ts';
import type { Case, FixedCase, Operation, Shape } from '../case.ts';
import type { Elsewhere, Sweep } from '../../../judge/kind.ts';

/** Arenas of up to that many frames are searched through. */
const TINY = 4;
/** Scripts of up to that many operations are tried on the finding's own arena too. */
const SHORT = 2;

const allows = (confined: readonly number[], n: number): boolean => confined.length === 0 || confined.includes(n);

/** Tiny arenas at the base of a shape, the simplest first. */
function tinyShapes({ base }: Shape, sweep: Sweep): readonly Shape[] {
  const shapes: Shape[] = [];
  for (let pages = 1; pages <= TINY; pages++) {
    for (let orders = 1; orders <= Math.floor(Math.log2(pages)) + 1; orders++) {
      if (allows(sweep.pages, pages) && allows(sweep.orders, orders))
        shapes.push({ base, pages, orders, reserved: [] });
    }
  }
  return shapes;
}

const isLive = (script: readonly Operation[], slot: number): boolean =>
  !script.some(
    (operation) =>
      (operation.kind === 'free-slot' && operation.slot === slot) ||
      (operation.kind === 'free-slots' && operation.slots.includes(slot)),
  );

/** What a case has besides allocations and frees by slot. */
type Besides = ReadonlySet<Operation['kind']>;

/** Every free of two slots at once, in either order, and of all of them. */
function* everyBulk(live: readonly number[]): Generator<Operation> {
  for (const one of live) {
    for (const other of live) if (other !== one) yield { kind: 'free-slots', slots: [one, other] };
  }
  if (live.length > 2 && live.length <= MOST_AT_ONCE) yield { kind: 'free-slots', slots: live };
}

/** Every request of a small arena for a number of frames that is not as good as one for a block. */
function* everySize(pages: number): Generator<Operation> {
  for (let align = 1; align <= pages; align *= 2) {
    for (let frames = 1; frames <= pages; frames++) {
      const isBlock = align <= frames && Number.isInteger(Math.log2(frames));
      if (!isBlock && (align === 1 || align > frames)) yield { kind: 'allocate-frames', frames, align };
    }
  }
}

/**
 * Every operation that may follow a script: any allocation, of an order that there is not too, and any free of a live slot; frees
 * by frame, bulk frees, sizes of the arena and numbers of frames if they are wanted.
 */
function* following(
  script: readonly Operation[],
  { base, pages, orders }: Shape,
  besides: Besides,
): Generator<Operation> {
  for (let at = 0; at <= orders; at++) yield { kind: 'allocate', order: order(at) };
  const slots = script.filter(({ kind }) => kind === 'allocate' || kind === 'allocate-frames').length;
  const live = Array.from({ length: slots }, (_, slot) => slot).filter((slot) => isLive(script, slot));
  for (const slot of live) yield { kind: 'free-slot', slot };
  if (besides.has('free-slots')) yield* everyBulk(live);
  if (besides.has('resize')) for (let to = 1; to <= pages; to++) yield { kind: 'resize', pages: to };
  if (besides.has('allocate-frames')) yield* everySize(pages);
  if (!besides.has('free-frame')) return;
  for (let frame: number = base; frame <= base + pages; frame++) {
    for (let at = 0; at <= orders; at++) yield { kind: 'free-frame', head: pfn(frame), order: order(at) };
  }
}

function* scriptsOf(
  length: number,
  shape: Shape,
  besides: Besides,
  script: readonly Operation[] = [],
): Generator<readonly Operation[]> {
  if (script.length === length) {
    yield script;
    return;
  }
  for (const operation of following(script, shape, besides))
    yield* scriptsOf(length, shape, besides, [...script, operation]);
}

const NOTHING: Besides = new Set();

/** Goes through every script shorter than a case's, on every tiny arena and, if it is very short, on the case's own. */
export function* everyShorter(of: FixedCase, sweep: Sweep): Elsewhere<Case> {
  const besides: Besides = new Set(of.script.map(({ kind }) => kind));
  const own = of.shape;
  let shapes = tinyShapes(own, sweep);
  for (let length = 1; length < of.script.length; length++) {
    for (const shape of length <= SHORT ? [...shapes, own] : shapes) {
      for (const script of scriptsOf(length, shape, shape === own ? NOTHING : besides)) {
        if ((yield { shape, script, drain: false }) === 'supported') continue;
        shapes = shapes.filter((one) => one !== shape);
        break;
      }
    }
  }
}

/** Goes through every script of one or two operations on every tiny arena. */
export function* everyTiny({ shape: own }: FixedCase, sweep: Sweep): Elsewhere<Case> {
  for (let length = 1; length <= SHORT; length++) {
    for (const shape of tinyShapes(own, sweep)) {
      for (const script of scriptsOf(length, shape, NOTHING)) {
        if ((yield { shape, script, drain: false }) === 'unsupported') break;
      }
    }
  }
}

/** A block of every order, its free, and a request of every order, the largest first. */
function* grantFreeGrant(orders: number): Generator<readonly Operation[]> {
  for (let first = 0; first < orders; first++) {
    for (let then = orders - 1; then >= 0; then--) {
      yield [
        { kind: 'allocate', order: order(first) },
        { kind: 'free-slot', slot: 0 },
        { kind: 'allocate', order: order(then) },
      ];
    }
  }
}

/**
 * Goes through a grant, its free and another request on an arena that is one free block, as large as the case's own allows, and on
 * that with all orders that it can have: what is not joined is missed at once there, where few orders hide it among many blocks.
 */
export function* onWholeArena({ script: long, shape }: FixedCase, sweep: Sweep): Elsewhere<Case> {
  const orders = Math.floor(Math.log2(shape.pages)) + 1;
  if (long.length <= 3 || !allows(sweep.orders, orders)) return;
  for (const pages of new Set([2 ** (orders - 1), shape.pages])) {
    if (!allows(sweep.pages, pages)) continue;
    const whole = { ...shape, pages, orders, reserved: [] };
    for (const script of grantFreeGrant(orders)) yield { shape: whole, script, drain: false };
  }
}

/** Arenas of up to that many frames are tried, each with that many random cases of that many operations. */
const SMALL = 64;
const TRIES = 8;
const OPERATIONS = 120;

/** Goes through random cases on ever larger arenas, up to the size of a case's or `SMALL` frames. */
export function* onSmallerArenas({ shape }: FixedCase, sweep: Sweep): Elsewhere<Case> {
  for (let pages = 1; pages < Math.min(shape.pages, SMALL + 1); pages++) {
    if (!allows(sweep.pages, pages)) continue;
    const drawn = { ...sweep, seed: pages, operations: OPERATIONS, pages: [pages], bases: [shape.base] };
    const source = buddySource(drawn);
    for (let n = 0; n < TRIES; n++) {
      const of = source.draw(n);
      if (of !== undefined && (yield { ...of, drain: false }) === 'unsupported') break;
    }
  }
}
