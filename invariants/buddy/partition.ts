/** The invariant that each frame has exactly one use. */
import { BOOT, HOLE, ownerName } from './owner.ts';
import { NONE, blockAround, covers } from './layer.ts';
import { blockName, frameName } from './place.ts';
import { frameIndex, order } from '../unit.ts';
import { refuted } from '../invariant.ts';
import type { Arena, Counterexample, FrameIndex } from '../../protocol/index.ts';
import type { Layer, Span } from './layer.ts';
import type { ReadInvariant, Reading } from './reading.ts';

/** The blocks of a layer that hold a frame; if several clash there, two of them. */
function blocksAt(layer: Layer, frame: FrameIndex): readonly Span[] {
  const own: Span = { head: frame, order: order(layer.orders[frame] ?? NONE) };
  const around = layer.clash === frame ? [blockAround(layer, frame - 1), own] : [blockAround(layer, frame)];
  return around.flatMap((block) => block ?? []);
}

/** Every part that holds a frame, in words. */
function partsAt({ listed, observation, outstanding }: Reading, owner: number, frame: FrameIndex): readonly string[] {
  const { arena } = observation;
  const held = (layer: Layer, kind: string): readonly string[] =>
    blocksAt(layer, frame).map((block) => `the ${kind} ${blockName(arena, block)} holds it`);
  return [
    ...(owner === HOLE ? ['it is a hole'] : []),
    ...(owner === BOOT ? ['boot memory holds it'] : []),
    ...held(outstanding, 'outstanding'),
    ...held(listed, 'free'),
  ];
}

function tellFrame(reading: Reading, owner: number, frame: FrameIndex, isHole: boolean): Counterexample {
  const { arena } = reading.observation;
  const its = `its owner is ${ownerName(owner)}`;
  const tell = (...facts: readonly [string, string]): Counterexample =>
    refuted('STATE-1', frameName(arena, frame), ...facts);
  if (isHole !== (owner === HOLE))
    return tell(isHole ? 'the arena has a hole here' : 'the arena has no hole here', its);
  if (!(owner >= HOLE)) return tell(its, 'that is no order, and stands for nothing');
  const [one = its, other = 'no block holds it, free or outstanding'] = partsAt(reading, owner, frame);
  return tell(one, other);
}

/** For each frame, 1 if the arena has a hole there. */
function holesIn({ base, holes, pages }: Arena): Uint8Array {
  const shape = new Uint8Array(pages);
  for (const [first, count] of holes) shape.fill(1, first - base, first - base + count);
  return shape;
}

function refutePartition(reading: Reading): Counterexample | undefined {
  const { listed, observation, outstanding } = reading;
  const { arena, owners } = observation;
  const holes = holesIn(arena);
  for (let n = 0; n < arena.pages; n++) {
    const owner: number = owners[n] ?? NaN;
    const isHole = holes[n] === 1;
    const apart = owner === HOLE || owner === BOOT ? 1 : 0;
    const parts = apart + (covers(outstanding, n) ? 1 : 0) + (covers(listed, n) ? 1 : 0);
    const clashes = n === outstanding.clash || n === listed.clash;
    if (parts === 1 && !clashes && owner >= HOLE && isHole === (owner === HOLE)) continue;
    return tellFrame(reading, owner, frameIndex(n), isHole);
  }
  return undefined;
}

/** @clause STATE-1 */
export const framesArePartitioned: ReadInvariant = {
  clause: 'STATE-1',
  statement:
    'Every frame is exactly one of these: a hole of the arena, held by boot memory, in one outstanding block, in one free block.',
  refute: refutePartition,
};
