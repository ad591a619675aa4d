/** Invariants of one step of a zone: what an operation changes, and that a refusal changes nothing. */
import { covers } from './layer.ts';
import { frameIndex, order } from '../unit.ts';
import { frameName, nodeName, pairName } from './place.ts';
import { isBlock, moveOf, pathOf } from './move.ts';
import { ownerName } from './owner.ts';
import { read } from './reading.ts';
import { refuteLinks, refuteMaps, refuteMarks } from './outside.ts';
import { refuted } from '../invariant.ts';
import { sizeOf } from '../arithmetic.ts';
import type { Counterexample } from '../../protocol/index.ts';
import type { Invariant, Step } from '../invariant.ts';
import type { Moved } from './outside.ts';

type Found = Counterexample | undefined;

/** The owner of the block's head changes, and no other owner. */
function refuteOwners({ after, before, move }: Moved): Found {
  const { arena } = before;
  for (let n = 0; n < arena.pages; n++) {
    const [was, is] = [before.owners[n], after.owners[n]];
    const expected = n === move.block.head ? move.owner : was;
    if (is === expected) continue;
    const change = `its owner went from ${ownerName(was)} to ${ownerName(is)}`;
    return refuted(
      'STEP-1',
      frameName(arena, frameIndex(n)),
      change,
      `${move.text}: it must be ${ownerName(expected)}`,
    );
  }
  return undefined;
}

/** The frames of the block join or leave the listed blocks, and no other frames do. */
function refuteFrames({ before, is, move, was }: Moved): Found {
  const { arena } = before;
  const { head, order: of } = move.block;
  for (let n = 0; n < arena.pages; n++) {
    const [wasFree, isFree] = [covers(was.listed, n), covers(is.listed, n)];
    const inside = n >= head && n < head + sizeOf(of);
    const expected = inside ? move.becomesFree : wasFree;
    if (isFree === expected && (!inside || wasFree !== isFree)) continue;
    const change = `it is ${isFree ? '' : 'not '}in a listed block, and was ${wasFree ? '' : 'not '}before`;
    return refuted('STEP-1', frameName(arena, frameIndex(n)), change, move.text);
  }
  return undefined;
}

function refuteCount({ after, before, move }: Moved): Found {
  const size = sizeOf(move.block.order);
  const expected = before.freeCount + (move.becomesFree ? size : -size);
  if (after.freeCount === expected) return undefined;
  const change = `the count of free frames went from ${before.freeCount} to ${after.freeCount}`;
  return refuted('STEP-1', 'arena', change, `${move.text}: it must be ${expected}`);
}

function refuteMove(step: Step): Found {
  const { after, before } = step;
  const { arena } = before;
  const move = moveOf(step);
  if (move === undefined) return undefined;
  if (!isBlock(arena, move.block)) {
    const frames = `the frames ${arena.base} to ${arena.base + arena.pages - 1}`;
    return refuted(
      'STEP-1',
      'arena',
      move.text,
      `there is no such block in the orders 0 to ${arena.orders - 1} of ${frames}`,
    );
  }
  const moved: Moved = { before, after, move, path: pathOf(arena, move.block), was: read(before), is: read(after) };
  return (
    refuteOwners(moved) ??
    refuteFrames(moved) ??
    refuteCount(moved) ??
    refuteMaps(moved) ??
    refuteMarks(moved) ??
    refuteLinks(moved)
  );
}

/** @clause STEP-1 */
export const onlyTheBlockChanges: Invariant<Step> = {
  clause: 'STEP-1',
  statement:
    'A command that is carried out changes only the owner of its head, the freedom of the frames of its block, the count by their number, the bits and page flags on the way from the block to the top order, and the links of lists that it touched.',
  refute: refuteMove,
};

type Numbers = ArrayLike<number>;

/** Refutes that two arrays are the same, at the first index where they differ. */
function refuteSame(what: string, was: Numbers, is: Numbers, nameOf: (index: number) => string): Found {
  for (let n = 0; n < Math.max(was.length, is.length); n++) {
    if (was[n] === is[n]) continue;
    const change = `${what} went from ${was[n] ?? 'nothing'} to ${is[n] ?? 'nothing'}`;
    return refuted('STEP-2', nameOf(n), change, 'the command was not carried out');
  }
  return undefined;
}

function refuteStill(step: Step): Found {
  if (moveOf(step) !== undefined) return undefined;
  const { after, before } = step;
  const { arena } = before;
  const frame = (n: number): string => frameName(arena, frameIndex(n));
  const found =
    refuteSame('the count of free frames', [before.freeCount], [after.freeCount], () => 'arena') ??
    refuteSame('its owner', before.owners, after.owners, frame) ??
    refuteSame('a link', before.links, after.links, (n) => nodeName(arena, Math.floor(n / 2))) ??
    refuteSame('its flag', before.pageFlags.flag, after.pageFlags.flag, frame) ??
    refuteSame('its marked order', before.pageFlags.order, after.pageFlags.order, frame);
  if (found !== undefined) return found;
  for (let n = 0; n < Math.max(before.maps.length, after.maps.length); n++) {
    const map = refuteSame('a map word', before.maps[n] ?? [], after.maps[n] ?? [], (word) =>
      pairName(order(n), 32 * word),
    );
    if (map !== undefined) return map;
  }
  return undefined;
}

/** Compares every bit, also those that no other invariant reads. @clause STEP-2 @clause MISUSE-7 */
export const refusalChangesNothing: Invariant<Step> = {
  clause: 'STEP-2',
  statement: 'A command that is refused or rejected changes nothing.',
  refute: refuteStill,
};
