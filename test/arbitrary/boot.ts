/** Generators of boot memory’s nodes and commands. */
import fc from 'fast-check';
import { mapPagesOf, pageSizeOf } from '../../spec/boot/state.ts';
import { byteAddress, pfn } from '../../spec/unit.ts';
import type { Arbitrary } from 'fast-check';
import type { BootCommand, BootNode, Paged } from '../../protocol/index.ts';

/** A command as a few numbers; the nodes decide what it is, and no number is refused. */
export interface BootIntent {
  readonly kind: 'reserve' | 'free' | 'allocate' | 'retire' | 'misuse';
  readonly node: number;
  readonly place: number;
  readonly amount: number;
  readonly shift: number;
}

const nodesFrom = (
  sizes: readonly (readonly [gap: number, pages: number, map: number])[],
  far: boolean,
  paged: Paged,
): readonly BootNode[] => {
  let start = far ? 2 ** 33 + 5 : 0;
  return sizes.map(([gap, pages, map]) => {
    start += gap;
    const bare = { start: pfn(start), end: pfn(start + pages), map: pfn(start), ...paged };
    const at = start + (map % (pages - mapPagesOf(bare) + 1));
    start += pages;
    return { ...bare, map: pfn(at) };
  });
};

/** Pages of i386, where it is said and where it is not; of alpha; and larger ones. */
const PAGED: readonly Paged[] = [{}, { pageSize: 4096 }, { pageSize: 8192 }, { pageSize: 16_384 }];

/** One to three nodes of odd sizes, at unaligned starts, some of them beyond 32 bits, in any order, with pages of one size. */
export const bootNodes: Arbitrary<readonly BootNode[]> = fc
  .tuple(
    fc.array(fc.tuple(fc.nat({ max: 9 }), fc.integer({ min: 1, max: 70 }), fc.nat({ max: 69 })), {
      minLength: 1,
      maxLength: 3,
    }),
    fc.boolean(),
    fc.boolean(),
    fc.constantFrom(...PAGED),
  )
  .map(([sizes, far, turned, paged]) => {
    const nodes = nodesFrom(sizes, far, paged);
    return turned ? nodes.toReversed() : nodes;
  });

const number = fc.nat({ max: 2 ** 30 });

export const bootIntents: Arbitrary<readonly BootIntent[]> = fc.array(
  fc.record({
    kind: fc.oneof(
      { weight: 12, arbitrary: fc.constant<'allocate'>('allocate') },
      { weight: 3, arbitrary: fc.constantFrom<'reserve' | 'free'>('reserve', 'free') },
      { weight: 1, arbitrary: fc.constantFrom<'misuse' | 'retire'>('misuse', 'retire') },
    ),
    node: number,
    place: number,
    amount: number,
    shift: number,
  }),
  { maxLength: 60, size: 'max' },
);

const ODD = [0, 1, -1, 100, 4095, 2048, 8191];

/** Small requests, whole pages, and either a little more or less. */
function sizeFrom(amount: number, pages: number, page: number): number {
  const whole = (1 + (amount % Math.max(1, pages))) * page;
  const sizes = [
    1 + (amount % 300),
    1 + (amount % 5000),
    page,
    whole,
    whole - 1,
    whole + 1,
    1 + (amount % (pages * page)),
  ];
  return sizes[Math.floor(amount / 8192) % sizes.length] ?? 1;
}

/** An address in or just off a node: the first byte of a page, or a few bytes off it. */
function addressFrom(node: BootNode, place: number): number {
  const { end, start } = node;
  const page = start + (place % (end - start + 2)) - 1;
  return Math.max(0, page * pageSizeOf(node) + (ODD[Math.floor(place / 1024) % ODD.length] ?? 0));
}

/** What is no size, alignment or address. */
const WRONG = [0, -1, 0.5, NaN, 3, 2 ** 52, 2 ** 53];

function misuseFrom(nodes: readonly BootNode[], { amount, node, place, shift }: BootIntent): BootCommand {
  const wrong = WRONG[amount % WRONG.length] ?? 0;
  const which = node % nodes.length;
  const page = pageSizeOf(nodes[0] ?? {});
  const at = byteAddress(place % (nodes.length * 100 * page));
  const all: readonly BootCommand[] = [
    { kind: 'allocate', node: 'any', size: wrong, align: 32, goal: at },
    { kind: 'allocate', node: which, size: 100, align: wrong, goal: at },
    { kind: 'allocate', node: which, size: 100, align: 32, goal: byteAddress(wrong) },
    { kind: 'reserve', node: which, address: byteAddress(wrong), size: 100 },
    { kind: 'free', node: nodes.length + (node % 3), address: at, size: page },
    { kind: 'reserve', node: wrong - 1, address: at, size: 1 },
    { kind: 'free', node: which, address: at, size: wrong },
    { kind: 'retire', node: nodes.length },
  ];
  return all[shift % all.length] ?? { kind: 'retire', node: -1 };
}

/** The command that is meant: in bounds, about bounds, or wrong in some way. */
export function bootCommandOf(nodes: readonly BootNode[], intent: BootIntent): BootCommand {
  const { amount, kind, place, shift } = intent;
  const which = intent.node % nodes.length;
  const [first] = nodes;
  const node = nodes[which] ?? first;
  if (node === undefined || kind === 'misuse') return misuseFrom(nodes, intent);
  if (kind === 'retire') return { kind, node: which };
  const pages = node.end - node.start;
  if (kind !== 'allocate') {
    return {
      kind,
      node: which,
      address: byteAddress(addressFrom(node, place)),
      size: sizeFrom(amount, Math.ceil(pages / 3), pageSizeOf(node)),
    };
  }
  const aligns = [1, 16, 32, 64, 4096, 8192, 16_384, 65_536, 2 ** 20];
  return {
    kind,
    node: place % 4 === 0 ? which : 'any',
    size: sizeFrom(amount, pages, pageSizeOf(node)),
    align: aligns[shift % aligns.length] ?? 32,
    goal: byteAddress(shift % 3 === 0 ? addressFrom(node, shift) : 0),
  };
}
