import { FREE_MISUSES, claimOf } from './misuse.ts';
import { Sightings } from './coverage.ts';
import { generate } from './generate.ts';
import { order, pfn } from '../../unit.ts';
import type { Budget } from '../../judge/budget.ts';
import type { FixedCase } from './case.ts';
import type { Finding } from '../../judge/finding.ts';
import type { Operation, Shape } from '../../judge/subject.ts';
import type { Runner } from '../../judge/runner.ts';

/** Arenas of up to so many frames are searched through. */
const TINY = 4;
/** Scripts of up to so many operations are tried on the finding's own arena too. */
const SHORT = 2;

/** Tiny arenas at the base of a shape, the simplest first. */
function tinyShapes({ base }: Shape): readonly Shape[] {
  const shapes: Shape[] = [];
  for (let pages = 1; pages <= TINY; pages++) {
    for (let orders = 1; orders <= Math.floor(Math.log2(pages)) + 1; orders++)
      shapes.push({ base, pages, orders, reserved: [] });
  }
  return shapes;
}

const isLive = (script: readonly Operation[], slot: number): boolean =>
  !script.some((operation) => operation.kind === 'free-slot' && operation.slot === slot);

/** Every operation that may follow a script: any allocation, of an order that there is not too, a free of any slot that was not freed. */
function* following(
  script: readonly Operation[],
  { base, pages, orders }: Shape,
  byFrame: boolean,
): Generator<Operation> {
  for (let at = 0; at <= orders; at++) yield { kind: 'allocate', order: order(at) };
  const slots = script.filter(({ kind }) => kind === 'allocate').length;
  for (let slot = 0; slot < slots; slot++) if (isLive(script, slot)) yield { kind: 'free-slot', slot };
  if (!byFrame) return;
  for (let frame: number = base; frame <= base + pages; frame++) {
    for (let at = 0; at <= orders; at++) yield { kind: 'free-frame', head: pfn(frame), order: order(at) };
  }
}

function* scriptsOf(
  length: number,
  shape: Shape,
  byFrame: boolean,
  script: readonly Operation[] = [],
): Generator<readonly Operation[]> {
  if (script.length === length) {
    yield script;
    return;
  }
  for (const operation of following(script, shape, byFrame))
    yield* scriptsOf(length, shape, byFrame, [...script, operation]);
}

/**
 * Goes through every script shorter than a finding's, on every tiny arena and, where it is very short, on the finding's own:
 * the first that goes wrong in the same way, or undefined where there is none or the time is up.
 */
export async function shortest(
  runner: Runner,
  finding: Finding,
  isSame: (found: Finding) => boolean,
  budget: Budget,
): Promise<Finding | undefined> {
  const byFrame = finding.case.script.some(({ kind }) => kind === 'free-frame');
  const own = finding.case.shape;
  let shapes = tinyShapes(own);
  for (let length = 1; length < finding.case.script.length; length++) {
    for (const shape of length <= SHORT ? [...shapes, own] : shapes) {
      for (const script of scriptsOf(length, shape, byFrame && shape !== own)) {
        if (await budget.look()) return undefined;
        const sightings = new Sightings();
        const of: FixedCase = { shape, script, drain: false, before: [] };
        const found = await runner.run(of, runner.hello.maxBatch, sightings);
        if (found !== undefined && isSame(found)) return runner.again(found.case, [], 1);
        if (sightings.counts['arena unsupported'] > 0) {
          shapes = shapes.filter((one) => one !== shape);
          break;
        }
      }
    }
  }
  return undefined;
}

/** Arenas of up to so many frames are tried, each with so many random cases of so many operations. */
const SMALL = 64;
const TRIES = 8;
const OPERATIONS = 120;

/**
 * Goes through random cases on ever larger arenas, up to the size of a finding's or `SMALL` frames: the first that goes
 * wrong in the same way. Undefined where there is none, or the time is up.
 */
export async function onSmallerArena(
  runner: Runner,
  finding: Finding,
  isSame: (found: Finding) => boolean,
  budget: Budget,
): Promise<Finding | undefined> {
  const { claims, hello } = runner.context;
  const misuses = FREE_MISUSES.filter((misuse) => claims.has(claimOf(misuse)));
  const { base, pages: most } = finding.case.shape;
  for (let pages = 1; pages < Math.min(most, SMALL + 1); pages++) {
    for (let n = 0; n < TRIES; n++) {
      if (await budget.look()) return undefined;
      const sweep = { seed: pages, operations: OPERATIONS, pages: [pages], orders: [], bases: [base], misuses };
      const of = { ...generate(sweep, n), drain: false };
      const found = await runner.run(of, Math.min(hello.maxBatch, OPERATIONS), new Sightings());
      if (found !== undefined && isSame(found)) return found;
    }
  }
  return undefined;
}
