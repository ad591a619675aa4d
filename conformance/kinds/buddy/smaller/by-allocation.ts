/** A script whose frees name the allocation itself, so that others can be left out without renumbering. */
import type { Operation, Range } from '../case.ts';
import type { Order, Pfn } from '../../../../protocol/index.ts';

type Sized = Extract<Operation, { kind: 'allocate-frames' }>;

/** An operation that a free refers to by the allocation itself, so that others can be left out without renumbering. */
export type ByAllocation =
  | { readonly kind: 'allocate'; readonly order: Order; readonly within?: Range; readonly id: number }
  | (Sized & { readonly id: number })
  | { readonly kind: 'free'; readonly of: number }
  | { readonly kind: 'free-all'; readonly of: readonly number[] }
  | { readonly kind: 'free-frame'; readonly head: Pfn; readonly order: Order }
  | { readonly kind: 'resize'; readonly pages: number };

export function byAllocation(script: readonly Operation[]): readonly ByAllocation[] {
  let slots = 0;
  return script.map((operation): ByAllocation => {
    switch (operation.kind) {
      case 'allocate':
      case 'allocate-frames':
        return { ...operation, id: slots++ };
      case 'free-slot':
        return { kind: 'free', of: operation.slot };
      case 'free-slots':
        return { kind: 'free-all', of: operation.slots };
      case 'free-frame':
      case 'resize':
        return operation;
    }
  });
}

const allocating = ({ order, within }: { readonly order: Order; readonly within?: Range }): Operation =>
  within === undefined ? { kind: 'allocate', order } : { kind: 'allocate', order, within };

/** Slots counted anew; frees of allocations that are not there are left out. */
export function bySlot(operations: readonly ByAllocation[]): readonly Operation[] {
  const slots = new Map<number, number>();
  return operations.flatMap((operation): readonly Operation[] => {
    switch (operation.kind) {
      case 'allocate':
        slots.set(operation.id, slots.size);
        return [allocating(operation)];
      case 'allocate-frames':
        slots.set(operation.id, slots.size);
        return [{ kind: 'allocate-frames', frames: operation.frames, align: operation.align }];
      case 'free': {
        const slot = slots.get(operation.of);
        return slot === undefined ? [] : [{ kind: 'free-slot', slot }];
      }
      case 'free-all': {
        const left = operation.of.flatMap((of) => slots.get(of) ?? []);
        return left.length === 0 ? [] : [{ kind: 'free-slots', slots: left }];
      }
      case 'free-frame':
      case 'resize':
        return [operation];
    }
  });
}
