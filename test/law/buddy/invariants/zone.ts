/** Zones with their bytes open to tampering, and commands that drive them. */

import fc from 'fast-check';
import { attachAllocator, createAllocator, order, pfn } from '../../../../src/index.ts';
import { carve } from '../../../../src/buddy/region.ts';
import { snapshot } from '../../../../invariants/index.ts';
import { kernels, shapes } from '../../../arbitrary/arena.ts';
import { read } from '../../../../invariants/buddy/reading.ts';
import { regionFor } from '../../../arbitrary/region.ts';
import type { Allocator, Region, ZoneShape } from '../../../../src/index.ts';
import type { Block, Command, Observation, Outcome } from '../../../../protocol/index.ts';
import type { Step } from '../../../../invariants/index.ts';
import type { ZoneArrays } from '../../../../src/buddy/region.ts';

/** A zone and its arrays, to be tampered with. */
export interface OpenZone {
  readonly shape: ZoneShape;
  readonly allocator: Allocator;
  readonly seen: Observation;
  readonly arrays: ZoneArrays;
}

function openZone(shape: ZoneShape, region: Region, make: typeof createAllocator): OpenZone {
  const made = make(shape, region);
  if (made.kind === 'rejected') throw new Error(made.why);
  const { kernel, orders, pages } = shape;
  const seen = made.allocator.observe();
  return { shape, allocator: made.allocator, seen, arrays: carve(kernel, pages, orders, region) };
}

/** Returns a new zone, of which no frame has been handed over. */
export const bootZone = (shape: ZoneShape): OpenZone => openZone(shape, regionFor(shape), createAllocator);

/** Returns a zone over the bytes that its region happens to have. */
export const foundZone = (shape: ZoneShape): OpenZone => openZone(shape, regionFor(shape), attachAllocator);

export function perform(allocator: Allocator, command: Command): Outcome {
  switch (command.kind) {
    case 'allocate':
      return allocator.allocate(command.order);
    case 'free':
      return allocator.free(command.head, command.order);
    case 'hand-over':
      return allocator.handOver(command.frame);
  }
}

/** Hands over every frame that can be. */
export function handOverAll({ allocator, shape }: OpenZone): void {
  for (let n = 0; n < shape.pages; n++) allocator.handOver(pfn(shape.base + n));
}

/** Zones of both kernels: sizes and bases that are no powers of two, holes, one order to ten. */
export const anyShape: fc.Arbitrary<ZoneShape> = kernels.chain((kernel) => shapes(kernel, 72));

/** A number for each command; what it means depends on what is outstanding then. */
export const anyCodes: fc.Arbitrary<readonly number[]> = fc.array(fc.nat(), { maxLength: 120, size: 'max' });

/** Mostly legal commands; also orders that are none, frames outside, and frees of what is not, or not so, outstanding. */
function commandOf(code: number, { base, orders, pages }: ZoneShape, live: readonly Block[]): Command {
  const [kind, rest] = [code % 16, Math.floor(code / 16)];
  const block = live[rest % Math.max(1, live.length)];
  if (kind < 6) return { kind: 'allocate', order: order(rest % Math.min(orders, 3)) };
  if (kind === 6) return { kind: 'allocate', order: order((rest % (orders + 3)) - 1) };
  if (kind < 12 && block !== undefined) return { kind: 'free', head: block.head, order: block.order };
  const frame = pfn(base - 1 + (rest % (pages + 2)));
  if (kind < 14) return { kind: 'hand-over', frame };
  const of = order(rest % 3 === 0 ? ((rest >> 8) % (orders + 2)) - 1 : 0);
  if (kind === 14 || block === undefined) return { kind: 'free', head: frame, order: of };
  return { kind: 'free', head: pfn(block.head + ((rest >> 7) & 1)), order: of };
}

/** How often each thing worth seeing was seen. */
export type Tally = Map<string, number>;

const count = (tally: Tally, what: string): Tally => tally.set(what, (tally.get(what) ?? 0) + 1);

const listedBlocks = (seen: Observation): number =>
  read(seen).lists.reduce((sum, { frames }) => sum + frames.length, 0);

/** A block taken whole leaves one listed block less, one split does not; a block not joined adds one, one joined does not. */
function countStep(tally: Tally, { after, before, command, outcome }: Step): void {
  count(tally, outcome.kind === 'rejected' ? `rejected ${outcome.misuse}` : `${command.kind} ${outcome.kind}`);
  const grown = listedBlocks(after) - listedBlocks(before);
  if (outcome.kind === 'granted' && grown >= 0) count(tally, 'split');
  if (outcome.kind === 'done' && grown <= 0) count(tally, 'join');
}

/** Carries out commands one by one and shows each step; gives the blocks that are outstanding at the end. */
export function drive(zone: OpenZone, codes: readonly number[], tally: Tally, show: (step: Step) => void): Block[] {
  const { allocator, seen, shape } = zone;
  let live: Block[] = [];
  for (const code of codes) {
    const command = commandOf(code, shape, live);
    const before = snapshot(seen);
    const outcome = perform(allocator, command);
    if (outcome.kind === 'granted' && command.kind === 'allocate') {
      live.push({ head: outcome.head, order: command.order });
    }
    if (outcome.kind === 'done' && command.kind === 'free') live = live.filter(({ head }) => head !== command.head);
    const step: Step = { before, command, outcome, after: seen };
    countStep(tally, step);
    show(step);
  }
  return live;
}

/** What a run must have seen for it to say anything. */
export const WORTH_SEEING: readonly string[] = [
  'allocate granted',
  'allocate exhausted',
  'free done',
  'hand-over done',
  'split',
  'join',
  'rejected out-of-range',
  'rejected wrong-order',
  'rejected misaligned',
  'rejected inner-page',
  'rejected double-free',
  'rejected never-allocated',
  'rejected no-such-frame',
  'rejected handed-over-twice',
  'rejected no-such-order',
];

export const missing = (tally: Tally): readonly string[] => WORTH_SEEING.filter((what) => !tally.has(what));

export const FIELDS: readonly (keyof ZoneArrays)[] = [
  'counters',
  'links',
  'map',
  'buddyFlag',
  'privateOrder',
  'owners',
];

/** Bytes of no zone at all: half of the words are anything, half are near what a link, an order or a count is. */
export function fillWithGarbage({ arrays, shape }: OpenZone, seed: number): void {
  let state = seed;
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) | 0) >>> 8;
  for (const field of FIELDS) {
    const array = arrays[field];
    const small = field === 'owners' ? 10 : shape.pages + shape.orders + 4;
    for (let n = 0; n < array.length; n++) array[n] = next() % 2 === 0 ? (next() % small) - 4 : next() * 257;
  }
}
