/** The commands that vectors of boot memory are made of: each is there for a rule, and found anew for each shape of nodes. */
import { bootmem } from '../../../spec/index.ts';
import { byteAddress } from '../../unit.ts';
import type { Boot, Bootmem } from '../../../spec/index.ts';
import type { BootCommand, BootNode } from '../../../protocol/index.ts';

const { PAGE } = bootmem;

type Which = number | 'any';

const allocate = (node: Which, size: number, align: number, goal = 0): BootCommand => ({
  kind: 'allocate',
  node,
  size,
  align,
  goal: byteAddress(goal),
});

const range = (kind: 'free' | 'reserve', node: number, address: number, size: number): BootCommand => ({
  kind,
  node,
  address: byteAddress(address),
  size,
});

/** Frees all of a node and reserves its map, as architecture code does first. */
export const opening = (nodes: readonly BootNode[]): readonly BootCommand[] =>
  nodes.flatMap((of, node) => [
    range('free', node, of.start * PAGE, (of.end - of.start) * PAGE),
    range('reserve', node, of.map * PAGE, PAGE),
  ]);

/** Returns requests for whole pages, of any node and of one. */
export const wholePages = (boot: Boot): readonly BootCommand[] => [
  allocate('any', PAGE, PAGE),
  allocate('any', 2 * PAGE, PAGE),
  allocate('any', PAGE, 2 * PAGE),
  ...boot.map((_, node) => allocate(node, PAGE, PAGE)),
];

const few = allocate('any', 100, 32);
const many = allocate('any', PAGE + 904, 32);
const page = allocate('any', PAGE, 32);

/** Returns requests of a few bytes and of many, aligned and with a goal. */
export const requests = (boot: Boot): readonly BootCommand[] => [
  few,
  many,
  allocate('any', 10, 64),
  allocate('any', PAGE, 4 * PAGE),
  ...boot.flatMap(({ node: { end, start } }, node) => {
    const middle = (start + Math.floor((end - start) / 2)) * PAGE;
    return [
      allocate('any', 100, 32, middle),
      allocate('any', PAGE, 4 * PAGE, middle),
      allocate('any', 3 * PAGE, 32, (end - 2) * PAGE),
      allocate('any', (end - start - 1) * PAGE, 32),
      allocate('any', (end - start) * PAGE, 32),
      ...(boot.length > 1 ? [allocate(node, 100, 32)] : []),
    ];
  }),
];

/** Returns ranges that begin and end beside pages: a part of the first page, of the third, all of the second and more. */
export const ranges = (boot: Boot): readonly BootCommand[] =>
  boot.flatMap(({ node: { start } }, node) => {
    const at = start * PAGE;
    return [
      range('free', node, at + PAGE, PAGE),
      range('reserve', node, at + 2 * PAGE, 1),
      range('free', node, at + PAGE + 1, 2 * PAGE),
      range('free', node, at + PAGE, PAGE + 1),
      range('reserve', node, at + PAGE - 1, 2),
    ];
  });

/** Returns the commands that lead to states in which Linux has something to choose: parts of pages, and pages taken after them. */
export const leads = (boot: Boot): readonly BootCommand[] => [
  few,
  many,
  page,
  ...boot.flatMap(({ node: { end, start } }, node) => [
    allocate('any', 100, 32, (end - 1) * PAGE),
    range('free', node, (start + 1) * PAGE, PAGE),
    range('reserve', node, (start + 2) * PAGE, 1),
    range('reserve', node, (end - 2) * PAGE, 2 * PAGE),
  ]),
  ...retirements(boot),
];

export const retirements = (boot: Boot): readonly BootCommand[] => boot.map((_, node) => ({ kind: 'retire', node }));

const endOf = ({ node }: Bootmem): number => node.end * PAGE;

/** Returns commands that are misuse, one of each kind at least if nothing is free yet. */
export const misuses = (boot: Boot): readonly BootCommand[] => [
  range('reserve', boot.length, 0, PAGE),
  range('reserve', 0, 0, 0),
  range('free', 0, 2 ** 52, PAGE),
  allocate('any', 0, 32),
  allocate('any', PAGE, 3),
  allocate('any', PAGE, PAGE, 2 ** 52),
  allocate(boot.length, PAGE, PAGE),
  ...boot.flatMap((state, node) => [range('reserve', node, endOf(state), 1), range('free', node, endOf(state), PAGE)]),
];
