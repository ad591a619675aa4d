/** Everything that the specification of boot memory can be asked in a state of small nodes, and what it answers. */
import { bootmem, byteAddress, pfn, placeBoot, startBoot } from '../../../../spec/index.ts';
import { node } from '../../../law/boot/nodes.ts';
import { FEWER, bootGround } from '../../../../proof/exhaustive/boot/ground.ts';
import type { Boot, Waits } from '../../../../spec/index.ts';
import type { BootCommand, BootMisuse, BootNode, BootOutcome } from '../../../../protocol/index.ts';
import type { Room, Spec } from './room.ts';

/** Nodes, and what is asked of them in every state: each command is answered, those that are `gone` on from lead to more states. */
interface Nodes {
  readonly nodes: readonly BootNode[];
  readonly commands: readonly BootCommand[];
  readonly gone: (command: BootCommand) => boolean;
}

/** A node with pages of another size than those of i386. */
const paged = (start: number, end: number, map: number, pageSize: number): BootNode => ({
  ...node(start, end, map),
  pageSize,
});

/** A place in a node: so many pages from its start, and so many bytes. */
const PLACES: readonly (readonly [pages: number, bytes: number])[] = [
  [-1, 0],
  [0, 0],
  [0, 1],
  [1, -1],
  [1, 0],
  [2, 0],
];

const sizesOf = (page: number): readonly number[] => [page / 2, page, page + 1];

/** What is asked of several nodes, or of pages of another size. */
function commandsOf(nodes: readonly BootNode[]): readonly BootCommand[] {
  const which = [...nodes.keys(), nodes.length];
  return which.flatMap((node) => {
    const of = nodes[node] ?? nodes[0];
    if (of === undefined) return [];
    const page = bootmem.pageSizeOf(of);
    const places = PLACES.slice(1, 5).map(([pages, bytes]) => byteAddress((of.start + pages) * page + bytes));
    const sizes = sizesOf(page);
    const ranges = places.flatMap((address) => sizes.map((size) => ({ node, address, size })));
    const asked = places.flatMap((goal) =>
      sizes.flatMap((size) => [1, 2 * page].map((align) => ({ size, align, goal }))),
    );
    return [
      ...ranges.flatMap((range): readonly BootCommand[] => [
        { kind: 'reserve', ...range },
        { kind: 'free', ...range },
      ]),
      ...asked.flatMap((request): readonly BootCommand[] => [
        { kind: 'allocate', node, ...request },
        { kind: 'allocate', node: 'any', ...request },
      ]),
      { kind: 'retire', node },
    ];
  });
}

const isWholePages = (command: BootCommand, page: number): boolean =>
  command.kind === 'retire' ||
  (command.size % page === 0 && (command.kind === 'allocate' ? command.goal : command.address) % page === 0);

/** Several nodes, or one with pages of another size, gone on from after whole pages alone. */
const several = (...nodes: readonly BootNode[]): Nodes => ({
  nodes,
  commands: commandsOf(nodes),
  gone: (command) => nodes.every((node) => isWholePages(command, bootmem.pageSizeOf(node))),
});

/** One node, gone on from after everything that ends where a page does, or in its middle. */
function alone(start: number, pages: number, map: number): Nodes {
  const { commands, node } = bootGround(start, pages, map, FEWER, 'bytes');
  return { nodes: [node], commands, gone: (command) => command.kind === 'retire' || command.size % 2048 === 0 };
}

/** So many pages that their map takes two: no more than its start is asked, and nothing that looks at each page several times. */
function wide(): Nodes {
  const { commands, nodes } = several(paged(5, 5 + 8193, 6, 1024));
  return { nodes, commands: commands.filter(({ kind }) => kind !== 'retire'), gone: () => false };
}

const ALL: readonly Nodes[] = [
  alone(0, 2, 0),
  alone(3, 2, 1),
  alone(3, 3, 0),
  several(node(1, 3, 1), node(4, 6, 5)),
  several(node(4, 6, 4), node(1, 2, 1)),
  several(paged(2, 4, 2, 1024)),
  wide(),
];

const WAITS: readonly Waits[] = [() => true, () => false, (page) => page % 2 === 1];

const MISUSES: readonly BootMisuse[] = [
  'no-such-node',
  'retired',
  'no-such-size',
  'no-such-alignment',
  'no-such-address',
  'out-of-range',
  'free-page',
  'map-not-reserved',
  'no-zone',
];

/** Answers of every kind, right and wrong ones. */
function outcomesOf(nodes: readonly BootNode[]): readonly BootOutcome[] {
  const places = nodes.flatMap((node) => {
    const page = bootmem.pageSizeOf(node);
    return PLACES.map(([pages, bytes]) => byteAddress((node.start + pages) * page + bytes));
  });
  const pages = nodes.flatMap(({ end, start }) => [start, pfn(start + 1), end]);
  return [
    { kind: 'done' },
    { kind: 'exhausted' },
    ...places.map((address): BootOutcome => ({ kind: 'granted', address })),
    { kind: 'warned', pages: [] },
    ...pages.flatMap((page): readonly BootOutcome[] => [
      { kind: 'warned', pages: [page] },
      { kind: 'warned', pages: [page, pfn(page + 1)] },
    ]),
    ...[0, 1, 2, 3].flatMap((free) => [0, 1, 2].map((map): BootOutcome => ({ kind: 'retired', free, map }))),
    ...MISUSES.map((misuse): BootOutcome => ({ kind: 'rejected', misuse, clause: 'BOOT-7' })),
  ];
}

/** What tells states apart: the bytes that are taken, where the last grant ended, and what is retired. */
const keyOf = (boot: Boot): string =>
  JSON.stringify(
    boot.map(({ end, retired, taken }) => {
      const edges = taken.flat().toSorted((one, other) => one - other);
      return [edges.filter((edge, at) => edge !== edges[at + 1] && edge !== edges[at - 1]), end, retired];
    }),
  );

/** Returns every state that the specification itself leads to. */
function statesOf({ commands, gone, nodes }: Nodes): readonly Boot[] {
  const states = new Map<string, Boot>();
  const waiting: Boot[] = [startBoot(nodes)];
  const further = commands.filter(gone);
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
    if (states.has(keyOf(from))) continue;
    states.set(keyOf(from), from);
    for (const command of further) waiting.push(placeBoot(from, command, () => true).next);
  }
  return [...states.values()];
}

/** What is said of the state itself. */
function* observed({ bootmem: asked }: Spec, boot: Boot): Iterable<unknown> {
  for (const state of boot) {
    const { node } = state;
    const page = asked.pageSizeOf(node);
    const bytes = asked.bytesOf(node);
    yield [page, bytes, asked.mapOf(node), asked.mapPagesOf(node), asked.lastOf(state), asked.restOf(state)];
    const { free, map } = asked.handedOver(state);
    yield [free.length, map, free.slice(0, 4)];
    for (let at: number = node.start; at < Math.min(node.end, node.start + 4); at++) {
      const span = [at * page, (at + 1) * page] as const;
      yield [asked.isPageTaken(state, pfn(at)), asked.isFree(state, span), asked.takenIn(state, span)];
    }
  }
}

/** Returns all answers in one state. */
function* answersIn(spec: Spec, { commands, nodes }: Nodes, boot: Boot): Iterable<unknown> {
  yield* observed(spec, boot);
  const outcomes = outcomesOf(nodes);
  for (const command of commands) {
    yield spec.askedOfBoot(command);
    for (const waits of command.kind === 'retire' ? WAITS : WAITS.slice(0, 1)) {
      const placed = spec.placeBoot(boot, command, waits);
      yield placed;
      if (command.kind !== 'allocate') yield spec.stepBoot(boot, command, waits);
      for (const outcome of [...outcomes, placed.outcome]) yield spec.refuteBoot(boot, command, outcome, waits);
    }
  }
}

/** Nodes that are valid, and some that are not. */
const LISTS: readonly (readonly BootNode[])[] = [
  [],
  ...ALL.map(({ nodes }) => nodes),
  [node(1, 1, 1)],
  [node(2, 1, 1)],
  [node(1, 2, 2)],
  [node(1, 2, 0)],
  [node(0.5, 2, 1)],
  [node(0, 2.5, 1)],
  [node(0, 2, 0.5)],
  [node(-1, 2, 0)],
  [node(1, 3, 1), node(2, 4, 2)],
  [node(1, 3, 1), node(3, 4, 3)],
  [node(3, 4, 3), node(1, 3, 1)],
  [node(1, 3, 1), paged(3, 4, 3, 1024)],
  ...[512, 1024, 1025, 1536, 2 ** 20, 2 ** 21, 1024.5].map((size) => [paged(0, 2, 0, size)]),
  [paged(0, 8193, 8191, 1024)],
  [paged(0, 8193, 8192, 1024)],
  [node(2 ** 40 - 2, 2 ** 40, 2 ** 40 - 1)],
  [node(2 ** 40 - 1, 2 ** 40 + 1, 2 ** 40 - 1)],
];

/** The specification of boot memory, but for what firmware reports. */
export const BOOT: Room = {
  files: ['asked', 'misuse', 'placement', 'state', 'step'].map((name) => `spec/boot/${name}.ts`),
  of: 'nodes of up to 3 pages',
  eachState: (spec, meet) => {
    meet(LISTS.map((nodes) => spec.areNodes(nodes)));
    for (const nodes of ALL) {
      spec.refuel();
      meet([spec.startBoot(nodes.nodes)]);
      for (const boot of statesOf(nodes)) meet(answersIn(spec, nodes, boot));
    }
  },
};
