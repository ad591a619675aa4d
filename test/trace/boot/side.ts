/** The two sides of a replay of boot memory: the allocator and the specification. */

import { addressOf, bootmem, isPageTaken, lastOf } from '../../../spec/boot/state.ts';
import { bitsOf, listOf } from '../played.ts';
import { bootPlaced, byteAddress, pfn, placeBoot, placement, startBoot, valuesOf } from '../../../spec/index.ts';
import { bootmemBytes, createAllocator, createBootmem } from '../../../src/index.ts';
import { exactlyOne } from '../../../spec/buddy/pair.ts';
import { handedOver } from '../../../spec/boot/state.ts';
import { regionFor } from '../../arbitrary/region.ts';
import type { Boot } from '../../../spec/index.ts';
import type { BootCommand, BootNode, BootOutcome } from '../../../protocol/index.ts';
import type { BootState } from './recording.ts';
import type { Bootmem, ZoneShape } from '../../../src/index.ts';

/** What retirement makes of a zone, and what it is answered. */
export interface RetiredZone {
  readonly outcome: BootOutcome;
  readonly lists: readonly (readonly number[])[];
  readonly bits: readonly string[];
}

/** One side of a replay of boot memory: the allocator, or its specification. */
export interface BootSide {
  answer(command: BootCommand): BootOutcome;
  state(): BootState;
  /** Makes another state its own: the kernel's, where that departs. */
  adopt(state: BootState): void;
  /** Retires into one zone of the node's pages. */
  retire(orders: number): RetiredZone;
}

const shapeOf = ({ start, end }: BootNode, orders: number): ZoneShape => ({
  kernel: '2.4',
  base: start,
  pages: end - start,
  orders,
  holes: [],
});

const FIRST_WORD = 3;

function stateOf(memory: Bootmem): BootState {
  const [seen] = memory.observe().nodes;
  if (seen === undefined) throw new Error('no node');
  const bit = (page: number): number => ((seen.bits[page >> 5] ?? 0) >>> (page & 31)) & 1;
  const bits = Array.from({ length: seen.end - seen.start }, (_, page) => bit(page)).join('');
  return { bits, lastPos: seen.lastPos, lastOffset: seen.lastOffset };
}

/** Writes a state into the words of a region: three counters, then the map. */
function write(words: Int32Array, { bits, lastOffset, lastPos }: BootState): void {
  words.set([lastPos, lastOffset]);
  for (let page = 0; page < bits.length; page++) {
    const mask = 1 << (page & 31);
    const at = FIRST_WORD + (page >> 5);
    words[at] = bits[page] === '1' ? (words[at] ?? 0) | mask : (words[at] ?? 0) & ~mask;
  }
}

function carryOut(memory: Bootmem, command: BootCommand): BootOutcome {
  if (command.kind === 'reserve') return memory.reserveBootmem(command.address, command.size);
  if (command.kind === 'free') return memory.freeBootmem(command.address, command.size);
  if (command.kind === 'retire') throw new Error('a recording retires at its end');
  return memory.allocBootmemAt(command.size, command.align, command.goal);
}

/** The real boot memory, in a region that this side may write. */
export function bootmemSide(node: BootNode): BootSide {
  const region = { buffer: new ArrayBuffer(bootmemBytes([node])), byteOffset: 0 };
  const created = createBootmem([node], region);
  if (created.kind === 'rejected') throw new Error(created.why);
  const { bootmem: memory } = created;
  return {
    answer: (command) => carryOut(memory, command),
    state: () => stateOf(memory),
    adopt: (state) => {
      write(new Int32Array(region.buffer), state);
    },
    retire: (orders) => {
      const shape = shapeOf(node, orders);
      const zone = createAllocator(shape, regionFor(shape));
      if (zone.kind === 'rejected') throw new Error(zone.why);
      const outcome = memory.freeAllBootmemNode(0, [zone.allocator]);
      const seen = zone.allocator.observe();
      return {
        outcome,
        lists: Array.from({ length: orders }, (_, at) => listOf(seen, at)),
        bits: seen.maps.map((_, at) => bitsOf(seen, at)),
      };
    },
  };
}

/** The specification of boot memory. */
export function bootSpecificationSide(node: BootNode): BootSide {
  let boot: Boot = startBoot([node]);
  const state = (): Boot[number] => boot[0] ?? bootmem(node);
  const pages = Array.from({ length: node.end - node.start }, (_, n) => pfn(node.start + n));
  return {
    answer: (command) => {
      const { next, outcome } = placeBoot(boot, command, () => true);
      boot = next;
      return outcome;
    },
    state: () => ({ bits: pages.map((page) => (isPageTaken(state(), page) ? '1' : '0')).join(''), ...lastOf(state()) }),
    adopt: ({ bits, lastPos, lastOffset }) => {
      const end = addressOf(pfn(node.start + lastPos)) + (lastOffset === 0 ? addressOf(pfn(1)) : lastOffset);
      const taken = pages
        .filter((_, at) => bits[at] === '1')
        .map((page) => [addressOf(page), addressOf(pfn(page + 1))] as const)
        .map(([from, to]) => [from, from < end && end < to ? end : to] as const);
      boot = [{ node, taken, end: byteAddress(end), retired: false }];
    },
    retire: (orders) => {
      const { outcome } = placeBoot(boot, { kind: 'retire', node: 0 }, () => true);
      const { free, map } = outcome.kind === 'retired' ? handedOver(state()) : { free: [], map: [] };
      const arena = { ...shapeOf(node, orders), alignment: 'base' } as const;
      const placed = [...free, ...map].reduce(
        (zone, frame) => placement(zone, { kind: 'hand-over', frame }).next,
        bootPlaced('2.4', arena),
      );
      const rows = placed.state.pairs.slice(0, -1);
      return {
        outcome,
        lists: placed.lists,
        bits: rows.map((row) =>
          valuesOf(row)
            .map((pair) => (exactlyOne(pair) ? '1' : '0'))
            .join(''),
        ),
      };
    },
  };
}
