// A zone that several threads use, as a module: under its lock, or with the fault that the address of the module names after a `?`.
import { attachAllocator, order, pfn } from '../../../dist/src/index.js';
import { attach as attachLocked, share } from '../../../dist/conformance/subjects/locked-zone.js';

export { share };

const fault = new URL(import.meta.url).searchParams.get('fault');

/** The zone without its lock. */
function bare({ base, orders, pages, reserved }, buffer) {
  const made = attachAllocator({ kernel: '2.4', base, pages, orders, holes: reserved }, { buffer, byteOffset: 0 });
  if (made.kind === 'rejected') throw new Error(made.why);
  const { allocator } = made;
  return {
    allocate: (of) => allocator.allocate(order(of)).head,
    free: (frame, of) => (allocator.free(pfn(frame), order(of)).kind === 'rejected' ? 'internal' : undefined),
  };
}

/** The lock is taken, given away, and then the zone is used. */
function early(arena, buffer, thread) {
  const [locked, zone] = [attachLocked(arena, buffer, thread), bare(arena, buffer)];
  const lockOnce = () => locked.allocate(arena.orders);
  return {
    allocate: (of) => (lockOnce(), zone.allocate(of)),
    free: (frame, of) => (lockOnce(), zone.free(frame, of)),
  };
}

/** Each thread has the lock only to allocate. */
function half(arena, buffer, thread) {
  return { allocate: attachLocked(arena, buffer, thread).allocate, free: bare(arena, buffer).free };
}

/** The thread whose turn it is never comes back. */
function stuck(arena, buffer, thread) {
  const zone = attachLocked(arena, buffer, thread);
  return { ...zone, free: () => { for (;;); } }; // prettier-ignore
}

const FAULTS = { unlocked: bare, early, half, stuck };

export const attach = FAULTS[fault] ?? attachLocked;
