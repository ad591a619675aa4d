/** This project's own zone under its lock, as a module that several threads use. */
import { Processor, attachShared, createShared, order, pfn, sharedRegionBytes } from '../../src/index.ts';
import type { ArenaRequest, AllocatorObject } from './buddy-object.ts';
import type { SharedCreated, ZoneShape } from '../../src/index.ts';

/** A processor that no thread is: it makes the zone. */
const MAKER = 1000;

const shapeOf = ({ base, orders, pages, reserved }: ArenaRequest): ZoneShape => ({
  kernel: '2.4',
  base: pfn(base),
  pages,
  orders,
  holes: reserved.map(([first, count]) => [pfn(first), count] as const),
});

/** Makes a zone and its lock; every usable frame is handed over, ascending. */
export function share(arena: ArenaRequest): SharedArrayBuffer | { readonly unsupported: string } {
  const shape = shapeOf(arena);
  const buffer = new SharedArrayBuffer(sharedRegionBytes(shape));
  const made = createShared(shape, { buffer, byteOffset: 0 }, new Processor(MAKER));
  if (made.kind === 'rejected') return { unsupported: made.why };
  for (let frame = arena.base; frame < arena.base + arena.pages; frame++) made.allocator.handOver(pfn(frame));
  return buffer;
}

const sound = (created: SharedCreated): Extract<SharedCreated, { kind: 'created' }>['allocator'] => {
  if (created.kind === 'rejected') throw new Error(created.why);
  return created.allocator;
};

/** Returns the zone as one thread sees it, which is a processor. */
export function attach(arena: ArenaRequest, buffer: SharedArrayBuffer, thread: number): AllocatorObject {
  const allocator = sound(attachShared(shapeOf(arena), { buffer, byteOffset: 0 }, new Processor(thread)));
  return {
    allocate: (of) => {
      const outcome = allocator.allocate(order(of));
      return outcome.kind === 'granted' ? outcome.head : null;
    },
    free: (frame, of) => {
      const outcome = allocator.free(pfn(frame), order(of));
      return outcome.kind === 'rejected' ? 'internal' : undefined;
    },
  };
}
