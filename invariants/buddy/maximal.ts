/** Invariants of free blocks: they are aligned, as large as possible, counted, and in 2.6 marked. */
import { NONE } from './layer.ts';
import { blockName, frameName, pairName } from './place.ts';
import { buddyOf, isAligned, isInside, isOrder, pairOf, sizeOf } from '../arithmetic.ts';
import { firstOf, refuted } from '../invariant.ts';
import { frameIndex } from '../unit.ts';
import { isListed } from './reading.ts';
import type { Arena, Counterexample } from '../../protocol/index.ts';
import type { ReadInvariant, Reading } from './reading.ts';
import type { Span } from './layer.ts';

type Found = Counterexample | undefined;

function refuteBlock(arena: Arena, kind: string, block: Span): Found {
  const { head, order } = block;
  const refute = (fact: string): Counterexample => refuted('BLOCK-1', blockName(arena, block), `it is ${kind}`, fact);
  if (!isAligned(arena, head, order)) {
    return refute(
      `its head is no multiple of ${sizeOf(order)} frames from ${arena.alignment === 'base' ? `frame ${arena.base}` : 'frame 0'}`,
    );
  }
  return isInside(arena, head, order) ? undefined : refute(`the arena ends before frame ${arena.base + arena.pages}`);
}

function refuteOutstanding({ observation }: Reading): Found {
  const { arena, owners } = observation;
  for (let n = 0; n < arena.pages; n++) {
    const owner: number = owners[n] ?? NONE;
    if (owner < 0) continue;
    const head = frameIndex(n);
    if (!isOrder(arena, owner)) {
      const orders = `the arena has the orders 0 to ${arena.orders - 1}`;
      return refuted('BLOCK-1', frameName(arena, head), `it heads an outstanding block of order ${owner}`, orders);
    }
    const found = refuteBlock(arena, 'outstanding', { head, order: owner });
    if (found !== undefined) return found;
  }
  return undefined;
}

function refuteListed({ lists, observation }: Reading): Found {
  const { arena } = observation;
  return firstOf(lists, ({ frames, order }) => firstOf(frames, (head) => refuteBlock(arena, 'free', { head, order })));
}

/** @clause BLOCK-1 */
export const blocksAreAligned: ReadInvariant = {
  clause: 'BLOCK-1',
  statement:
    'Every free or outstanding block has an order of the arena, is aligned to its size and lies inside the arena.',
  refute: (reading) => refuteListed(reading) ?? refuteOutstanding(reading),
};

function refuteBuddies(reading: Reading, block: Span): Found {
  const { arena } = reading.observation;
  const { head, order } = block;
  const buddy = buddyOf(arena, head, order);
  if (!isAligned(arena, head, order) || buddy < head || !isListed(reading, buddy, order)) return undefined;
  const [lower, upper] = [frameName(arena, head), frameName(arena, buddy)];
  const place = pairName(order, pairOf(arena, head, order));
  return refuted('PAIR-4', place, `the lower buddy at ${lower} is listed`, `so is the upper buddy at ${upper}`);
}

/** @clause PAIR-4 */
export const buddiesAreJoined: ReadInvariant = {
  clause: 'PAIR-4',
  statement: 'No two buddies below the top order are both on the list of their order.',
  refute: (reading) =>
    firstOf(reading.lists.slice(0, -1), ({ frames, order }) =>
      firstOf(frames, (head) => refuteBuddies(reading, { head, order })),
    ),
};

function refuteCount({ lists, observation }: Reading): Found {
  const { freeCount } = observation;
  const free = lists.reduce((sum, { frames, order }) => sum + frames.length * sizeOf(order), 0);
  if (freeCount === free) return undefined;
  return refuted(
    'COUNT-1',
    'arena',
    `the count of free frames is ${freeCount}`,
    `the listed blocks have ${free} frames`,
  );
}

/** @clause COUNT-1 */
export const freeFramesAreCounted: ReadInvariant = {
  clause: 'COUNT-1',
  statement: 'The count of free frames is the number of frames in the blocks on the lists.',
  refute: refuteCount,
};

function refuteMark({ listed, observation }: Reading): Found {
  const { arena, kernel, pageFlags } = observation;
  if (kernel !== '2.6') return undefined;
  for (let n = 0; n < arena.pages; n++) {
    const of = listed.orders[n] ?? NONE;
    const flag = pageFlags.flag[n] ?? 0;
    const marked = pageFlags.order[n] ?? NONE;
    if (of < 0 ? flag === 0 : flag === 1 && marked === of) continue;
    const mark = flag === 0 ? 'it is not marked' : `it is marked ${flag} with order ${marked}`;
    const heads = of < 0 ? 'it heads no free block' : `it heads a free block of order ${of}`;
    return refuted('MARK-1', frameName(arena, frameIndex(n)), mark, heads);
  }
  return undefined;
}

/** Applies to 2.6 only. The order that an unmarked frame shows means nothing. @clause MARK-1 */
export const onlyHeadsAreMarked: ReadInvariant = {
  clause: 'MARK-1',
  statement: 'The first frame of each free block is marked with the order of the block, and no other frame is marked.',
  refute: refuteMark,
};
