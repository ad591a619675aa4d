/** Mistakes of harnesses: most first verdicts are one of these, and where one explains what was seen, the report says so. */
import { after, arithmetic, nameOf, refute, startPlaced, valuesOf } from '../../../../spec/index.ts';
import { order, pfn } from '../../../unit.ts';
import type { Arena, Block } from '../../../../protocol/index.ts';
import type { Buddy } from '../../../../spec/index.ts';
import type { Operation, Result } from '../case.ts';

/** What was asked so far, and what each allocation was granted, by its slot; the last operation is the one at fault. */
export interface History {
  readonly operations: readonly Operation[];
  readonly grants: readonly (Block | undefined)[];
}

/** Where a fault was seen. */
export interface Symptom {
  readonly state: Buddy;
  readonly operation: Operation;
  readonly result: Result | undefined;
  readonly history?: History;
}

const isInside = ({ base, pages }: Arena, { head, order: of }: Block): boolean =>
  head >= base && head + 2 ** of <= base + pages;

/** A base is missing in what was granted, or is in it twice. */
function baseOf(arena: Arena, { head, order: of }: Block): string | undefined {
  if (arena.base === 0 || isInside(arena, { head, order: of })) return undefined;
  if (isInside(arena, { head: pfn(head + arena.base), order: of })) {
    return `the arena begins at frame ${arena.base}, and frames include that: does the harness add it?`;
  }
  if (head < arena.base || !isInside(arena, { head: pfn(head - arena.base), order: of })) return undefined;
  return `frames include the arena's base, ${arena.base}, once: does the harness add it twice?`;
}

/** A block that is aligned, but from frame 0. */
function alignmentOf({ arena, origin }: Buddy, block: Block): string | undefined {
  if (arena.alignment === 'absolute' || arithmetic.isAligned(origin, block) || block.head % 2 ** block.order !== 0)
    return undefined;
  return 'the block is aligned from frame 0, not from the base: declare the feature align:absolute if that is meant';
}

/** A block that begins where another would end if its order was its number of frames. */
function sizeOf({ arena, origin, owners }: Buddy, { head }: Block): string | undefined {
  for (const [index, owner] of valuesOf(owners).entries()) {
    if (owner < 1 || owner >= arena.orders || origin + index + owner !== head) continue;
    const before = nameOf({ head: pfn(origin + index), order: order(owner) });
    return `the ${before} has ${2 ** owner} frames, not ${owner}: does the harness take an order for a size?`;
  }
  return undefined;
}

/** What is free and what is held by somebody who does not count refused allocations as slots. */
interface Miscounted {
  readonly state: Buddy;
  readonly last: Operation | undefined;
}

/** Carries out all operations but the last as somebody does who counts like that; undefined if it cannot have been so. */
function miscount(arena: Arena, { grants, operations }: History): Miscounted | undefined {
  const counted = grants.filter((grant) => grant !== undefined);
  let state = startPlaced('2.4', arena).state;
  let [asked, granted] = [0, 0];
  const held = new Map<number, Block>();
  for (const operation of operations.slice(0, -1)) {
    if (operation.kind === 'allocate') {
      const block = grants[asked++];
      if (block === undefined) continue;
      if (refute(new Set(), state, operation, { kind: 'granted', head: block.head }) !== undefined) return undefined;
      state = after(state, operation, { kind: 'granted', head: block.head });
      held.set(granted++, block);
    } else if (operation.kind === 'resize' || operation.kind === 'allocate-frames' || operation.kind === 'free-slots') {
      return undefined;
    } else {
      const freed = operation.kind === 'free-slot' ? held.get(operation.slot) : undefined;
      if (operation.kind === 'free-frame') return undefined;
      if (freed !== undefined) state = after(state, { kind: 'free', ...freed }, { kind: 'done' });
      held.delete(operation.slot);
    }
  }
  return counted.length === grants.length ? undefined : { state, last: operations.at(-1) };
}

/** An answer that is right if slots are counted without the refused allocations. */
function slotsOf({ history, result, state }: Symptom): string | undefined {
  if (history === undefined || result === undefined || result.kind === 'error' || result.kind === 'nonsense') return;
  const seen = miscount(state.arena, history);
  if (seen?.last?.kind !== 'allocate') return undefined;
  if (refute(new Set(['complete']), seen.state, seen.last, result) !== undefined) return undefined;
  return 'it would be right if slots were counted without the refused allocations: every one counts, also a refused one';
}

/** Returns the mistake of a harness that explains what was seen; undefined if none of these does. */
export function hintOf(symptom: Symptom): string | undefined {
  const { operation, result, state } = symptom;
  if (operation.kind === 'allocate' && result?.kind === 'granted') {
    const block = { head: result.head, order: operation.order };
    if (operation.order >= state.arena.orders) {
      return `the arena has ${state.arena.orders} orders, 0 to ${state.arena.orders - 1}: the harness is to refuse any other`;
    }
    const known = baseOf(state.arena, block) ?? sizeOf(state, block) ?? alignmentOf(state, block);
    if (known !== undefined) return known;
  }
  return slotsOf(symptom);
}
