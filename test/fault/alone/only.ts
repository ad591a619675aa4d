/** Which wrong zones one invariant alone refutes: a zone in use, with one thing wrong in it. */
import { ALL_PARTS } from '../../../conformance/audit/invariants/observe.ts';
import { corruptions } from '../../../conformance/audit/invariants/corrupt.ts';
import { createAllocator, order, pfn } from '../../../src/index.ts';
import { handOverAll } from '../../trace/played.ts';
import { invariants, refuteAll, snapshot } from '../../../invariants/index.ts';
import { once } from '../judged.ts';
import { plainShape } from '../../arbitrary/arena.ts';
import { regionFor } from '../../arbitrary/region.ts';
import type { Kernel, Observation } from '../../../protocol/index.ts';

/** Returns a zone of sixteen frames with blocks of several orders in use, and some free. */
function used(kernel: Kernel): Observation {
  const shape = plainShape(kernel, 16, 5);
  const created = createAllocator(shape, regionFor(shape));
  if (created.kind === 'rejected') throw new Error(created.why);
  const { allocator } = created;
  handOverAll(allocator, shape);
  for (const of of [0, 1, 0, 2]) allocator.allocate(order(of));
  const { arena, owners } = allocator.observe();
  const single = Array.from(owners).indexOf(order(0));
  allocator.free(pfn(arena.base + single), order(0));
  return snapshot(allocator.observe());
}

/** Returns, by the statement of an invariant, what is wrong in a zone that it alone refutes, if there is one. */
export const onlyRefuted: () => ReadonlyMap<string, string> = once(() => {
  const found = new Map<string, string>();
  for (const kernel of ['2.4', '2.6'] as const) {
    for (const { how, zone } of corruptions(used(kernel), new Set(ALL_PARTS[kernel]))) {
      const [first, ...more] = refuteAll(zone);
      const invariant = invariants.find(({ clause }) => clause === first?.clause);
      if (invariant === undefined || more.length > 0 || found.has(invariant.statement)) continue;
      found.set(invariant.statement, `${how} (${kernel})`);
    }
  }
  return found;
});
