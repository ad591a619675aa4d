/** Invariants of the free lists. */
import { blockAround, covers } from './layer.ts';
import { blockName, frameName, nodeName } from './place.ts';
import { BOOT, HOLE } from './owner.ts';
import { frameIndex } from '../unit.ts';
import { headOf, previousOf } from './links.ts';
import { isAligned, isFrame, isInside } from '../arithmetic.ts';
import { firstOf, refuted } from '../invariant.ts';
import { isFree, isWhollyFree } from './reading.ts';
import type { Counterexample, FrameIndex, Observation } from '../../protocol/index.ts';
import type { FreeList } from './links.ts';
import type { ReadInvariant, Reading } from './reading.ts';
import type { Span } from './layer.ts';

type Found = Counterexample | undefined;

/** Checks that the previous link of `node` leads to `from`, whose next link leads to `node`. */
function refuteBack(observation: Observation, { order }: FreeList, from: number, node: number): Found {
  const { arena } = observation;
  const back = previousOf(observation, node);
  if (back === from) return undefined;
  const [here, there] = [nodeName(arena, from), nodeName(arena, node)];
  return refuted(
    'LIST-1',
    `list ${order}`,
    `after ${here} comes ${there}`,
    `before ${there} comes ${nodeName(arena, back)}`,
  );
}

function refuteLinks(observation: Observation, list: FreeList): Found {
  const { arena } = observation;
  const head = headOf(arena, list.order);
  let from = head;
  for (const frame of list.frames) {
    const found = refuteBack(observation, list, from, frame);
    if (found !== undefined) return found;
    from = frame;
  }
  if (list.end === head || isFrame(arena, list.end)) return refuteBack(observation, list, from, list.end);
  const leads = `after ${nodeName(arena, from)} comes ${nodeName(arena, list.end)}`;
  return refuted('LIST-1', `list ${list.order}`, leads, `that is neither a frame nor ${nodeName(arena, head)}`);
}

/** @clause LIST-1 */
export const linksAreMutual: ReadInvariant = {
  clause: 'LIST-1',
  statement:
    "Every next link on a list leads to a frame or to the list's own head, and the previous link there leads back.",
  refute: ({ lists, observation }) => firstOf(lists, (list) => refuteLinks(observation, list)),
};

function refuteEnd({ listed, observation }: Reading, { end, order }: FreeList): Found {
  const { arena } = observation;
  const head = headOf(arena, order);
  if (end === head) return undefined;
  if (isFrame(arena, end)) {
    const first = `it was met on list ${listed.orders[end] ?? order} already`;
    return refuted('LIST-2', frameName(arena, end), `it is met on list ${order}`, first);
  }
  const ends = `following it ends at ${nodeName(arena, end)}`;
  return refuted('LIST-2', `list ${order}`, ends, `it must come back to ${nodeName(arena, head)}`);
}

/** @clause LIST-2 */
export const listsComeBack: ReadInvariant = {
  clause: 'LIST-2',
  statement:
    'Following a list from its head leads back to the head, and meets no frame twice and none of another list.',
  refute: (reading) => firstOf(reading.lists, (list) => refuteEnd(reading, list)),
};

/** Tells why a frame is not free according to the owners. */
function whyNotFree({ observation, outstanding }: Reading, frame: FrameIndex): string {
  const { arena, owners } = observation;
  const owner = owners[frame] ?? HOLE;
  const block = blockAround(outstanding, frame);
  if (block !== undefined) return `${frameName(arena, frame)} is in the outstanding ${blockName(arena, block)}`;
  return `${frameName(arena, frame)} is ${owner === BOOT ? "boot memory's" : 'a hole'}`;
}

function refuteListed(reading: Reading, block: Span): Found {
  const { arena } = reading.observation;
  const { head, order } = block;
  const refute = (fact: string): Counterexample =>
    refuted('LIST-3', blockName(arena, block), 'it is on a free list', fact);
  if (!isAligned(arena, head, order)) return refute('it is not aligned');
  if (!isInside(arena, head, order)) return refute(`the arena ends before frame ${arena.base + arena.pages}`);
  if (isWhollyFree(reading, head, order)) return undefined;
  let frame = head;
  while (isFree(reading, frame)) frame = frameIndex(frame + 1);
  return refute(whyNotFree(reading, frame));
}

/** @clause LIST-3 */
export const listedBlocksAreFree: ReadInvariant = {
  clause: 'LIST-3',
  statement: 'Every block on a list is aligned and inside the arena, and every frame of it is free.',
  refute: (reading) =>
    firstOf(reading.lists, ({ frames, order }) => firstOf(frames, (head) => refuteListed(reading, { head, order }))),
};

function refuteReach(reading: Reading): Found {
  const { listed, observation } = reading;
  const { arena } = observation;
  for (let frame = 0; frame < arena.pages; frame++) {
    if (covers(listed, frame) || !isFree(reading, frameIndex(frame))) continue;
    return refuted('LIST-4', frameName(arena, frameIndex(frame)), 'it is free', 'no block on any list holds it');
  }
  return undefined;
}

/** @clause LIST-4 */
export const freeFramesAreListed: ReadInvariant = {
  clause: 'LIST-4',
  statement:
    'Every frame that is not a hole, not held by boot memory and not in an outstanding block lies in a block on a list.',
  refute: refuteReach,
};
