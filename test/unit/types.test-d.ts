/**
 * Confusions that the compiler stops. Nothing here runs: each line after `@ts-expect-error` must be an error, or building
 * the tests fails.
 */
import {
  GFP_DMA,
  GFP_HIGHUSER,
  GFP_KERNEL,
  PF_MEMALLOC,
  frameIndex,
  nodeId,
  order,
  pfn,
  withZone,
} from '../../src/index.ts';
import { startPlaced } from '../../spec/index.ts';
import type {
  Arena,
  ByteAddress,
  Clause,
  Command,
  FrameIndex,
  Observation,
  Order,
  Outcome,
  Owner,
  Pfn,
} from '../../protocol/index.ts';
import { freeOnePage, pageIsBuddy } from '../../src/buddy/page-buddy.ts';
import { freePagesOk } from '../../src/buddy/buddy.ts';
import type { Allocator, PhysicalMemory, RetiredBootmem, Retirement } from '../../src/index.ts';
import type { Bitmap } from '../../src/words/bitmap.ts';
import type { Count, Page } from '../../src/words/unit.ts';
import type { Field } from '../../src/words/field.ts';
import type { Pair } from '../../spec/index.ts';
import type { Zone } from '../../src/buddy/zone.ts';

declare const allocator: Allocator;
declare const memory: PhysicalMemory;
declare const arena: Arena;
declare const observation: Observation;
declare const outcome: Outcome;
declare const pair: Pair;

// Numbers of different things.

// @ts-expect-error A number of unknown unit is no order; `order` makes it one.
export const unminted: Order = 3;

// @ts-expect-error A frame counted from its zone is not one counted from physical address 0: they differ by the zone's base.
export const relative: Pfn = frameIndex(3);

// @ts-expect-error Nor the other way round.
export const absolute: FrameIndex = pfn(3);

// @ts-expect-error An order is not a frame, however small.
export const framed: Pfn = order(3);

// @ts-expect-error What arithmetic gives is a number again: half an order, or a frame past the end, is not taken for the real thing.
export const halved: Order = order(3) - 1;

// @ts-expect-error The two arguments of a free are not exchanged.
allocator.free(order(0), pfn(8));

// @ts-expect-error A number of pages is not an order: `allocatePages` rounds it up.
allocator.allocate(8);

// @ts-expect-error An owner is an order or one of four marks, and not any negative number.
export const nobody: Owner = -7;

// Answers and commands.

// @ts-expect-error A grant says what it granted.
export const headless: Outcome = { kind: 'granted' };

// @ts-expect-error A refusal has granted nothing: its head cannot be read before it is known to be a grant.
export const unchecked: unknown = outcome.head;

// @ts-expect-error A rejection says which misuse it was, by a name that there is.
export const unnamed: Outcome = { kind: 'rejected', misuse: 'oops', clause: 'MISUSE-1' };

// A switch over outcomes must have every case.
export function told(seen: Outcome): string {
  switch (seen.kind) {
    case 'granted':
    case 'exhausted':
    case 'rejected':
      return seen.kind;
    default: {
      // @ts-expect-error here 'done' was left out: an answer is forgotten, and the compiler says so.
      const none: never = seen;
      return none;
    }
  }
}

// @ts-expect-error A command is one of three.
export const unknown: Command = { kind: 'resize', pages: 8 };

// @ts-expect-error A free names the order: nothing else remembers it.
export const orderless: Command = { kind: 'free', head: pfn(8) };

// @ts-expect-error A citation is of a clause that there is.
export const absent: Clause = 'PAIR-99';

// What is not changed.

// @ts-expect-error A state of the specification is never changed; another one follows it.
startPlaced('2.4', arena).state.pairs = [];

// @ts-expect-error Nor is a row of it,
startPlaced('2.4', arena).state.owners[0] = -2;

// @ts-expect-error nor a pair.
pair.lower = true;

// @ts-expect-error An observer looks and does not touch.
observation.links[0] = 0;

// @ts-expect-error An arena is what it was made as.
arena.pages = 17;

// @ts-expect-error Boot memory that was retired has nothing more to ask for.
export type Asked = RetiredBootmem['allocBootmem'];

// @ts-expect-error Nor can it be retired again.
export type Twice = RetiredBootmem['freeAllBootmem'];

// @ts-expect-error Whether it was retired is looked at first: a rejection has no boot memory to go on with.
export type Unlooked = Retirement['bootmem'];

// @ts-expect-error A page frame number is no address: they differ by a factor of 4096.
export const addressed: ByteAddress = pfn(3);

// Requests to a machine.

// @ts-expect-error Masks that are put together as numbers are none: `withZone` adds a modifier.
memory.allocPages(GFP_KERNEL | GFP_DMA, order(0));

// @ts-expect-error A mask that has a zone modifier takes no other.
withZone(GFP_HIGHUSER, 'DMA');

// @ts-expect-error Flags of a task are no mask.
memory.allocPages(PF_MEMALLOC, order(0));

// @ts-expect-error Mask and order are not exchanged.
memory.allocPages(order(0), GFP_KERNEL);

// @ts-expect-error Nor are a node and an order.
memory.allocPagesNode(order(0), GFP_KERNEL, nodeId(0));

// The core of the allocators, below its public face.

declare const zone: Zone;
declare const field: Field<Page, Count>;
declare const map: Bitmap;
declare const page: Page;
const two = order(2);

// @ts-expect-error The two arguments of a complemented bit are not exchanged.
zone.markUsed(two, page);

// @ts-expect-error A list is that of an order, not of a page.
zone.freeListOf(page);

// @ts-expect-error A page goes on a list, and not the list on a page.
zone.listAdd(zone.freeListOf(two), page);

// @ts-expect-error The head of a list is never taken off it.
zone.listDel(zone.freeListOf(two));

// @ts-expect-error An order is not a list.
zone.listAdd(page, two);

// @ts-expect-error Page and order are not exchanged,
freePagesOk(zone, two, page);

// @ts-expect-error nor is a number of pages an order.
freePagesOk(zone, page, 4);

// @ts-expect-error 2.6's core is as strict,
freeOnePage(zone, two, page);

// @ts-expect-error and its marks are of pages.
pageIsBuddy(zone, two, two);

// @ts-expect-error A page frame number is no page of the zone.
freePagesOk(zone, pfn(4), two);

// @ts-expect-error A field of pages is read by page,
field.get(two);

// @ts-expect-error and a count is no order.
field.put(page, two);

// @ts-expect-error Only counts are added to.
zone.privateOrder.add(page, 1);

// @ts-expect-error A page of a zone is no bit of boot memory's map.
map.setBits(page, page);

// @ts-expect-error An owner table records an order, and not a page.
zone.owners.grant(two, page);
