/** What a move must leave alone: bits, marks and links that are not part of it. */
import { NONE } from './layer.ts';
import { changedPair } from './bitmap.ts';
import { frameIndex, order } from '../unit.ts';
import { frameName, nodeName, pairName } from './place.ts';
import { isFrame, pairOf } from '../arithmetic.ts';
import { isListed } from './reading.ts';
import { nextOf, previousOf } from './links.ts';
import { refuted } from '../invariant.ts';
import type { Counterexample } from '../../protocol/index.ts';
import type { Move, Path } from './move.ts';
import type { Moments } from '../invariant.ts';
import type { Reading } from './reading.ts';

type Found = Counterexample | undefined;

/** A move, with readings of the moments before and after it. */
export interface Moved extends Moments {
  readonly move: Move;
  readonly path: Path;
  readonly was: Reading;
  readonly is: Reading;
}

/** Only bits on the path from the block to the top order may change. */
export function refuteMaps({ after, before, move }: Moved): Found {
  const { head, order: from } = move.block;
  for (let n = 0; n < before.maps.length; n++) {
    const of = order(n);
    const pair = changedPair(before, after, of, of < from ? undefined : pairOf(before.arena, head, of));
    if (pair === undefined) continue;
    return refuted('STEP-1', pairName(of, pair), 'map bit changed', `${move.text}: no part of this pair`);
  }
  return undefined;
}

/** Only blocks that may have been split or joined may be marked or unmarked. */
export function refuteMarks({ after, before, move, path }: Moved): Found {
  const { arena } = before;
  for (let n = 0; n < arena.pages; n++) {
    const frame = frameIndex(n);
    const same =
      before.pageFlags.flag[n] === after.pageFlags.flag[n] && before.pageFlags.order[n] === after.pageFlags.order[n];
    if (same || path.heads.has(frame)) continue;
    return refuted(
      'STEP-1',
      frameName(arena, frame),
      'its mark changed',
      `${move.text}: no block here is part of that`,
    );
  }
  return undefined;
}

/** The orders whose lists a block of the path joined or left. */
function touchedOrders({ is, path, was }: Moved): ReadonlySet<number> {
  const touched = new Set<number>();
  for (const [of, heads] of path.blocks) {
    if (heads.some((head) => isListed(was, head, of) !== isListed(is, head, of))) touched.add(of);
  }
  return touched;
}

/** Only links of lists that a block joined or left may change. */
export function refuteLinks(moved: Moved): Found {
  const { after, before, is, move, was } = moved;
  const { arena } = before;
  const touched = touchedOrders(moved);
  const listsOf = (node: number): readonly number[] =>
    isFrame(arena, node) ? [was.listed.orders[node] ?? NONE, is.listed.orders[node] ?? NONE] : [node - arena.pages];
  for (let node = 0; node < arena.pages + arena.orders; node++) {
    if (nextOf(before, node) === nextOf(after, node) && previousOf(before, node) === previousOf(after, node)) continue;
    if (listsOf(node).some((of) => touched.has(of))) continue;
    return refuted(
      'STEP-1',
      nodeName(arena, node),
      'its links changed',
      `${move.text}: it is on no list that this touched`,
    );
  }
  return undefined;
}
