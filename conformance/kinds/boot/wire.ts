/** Boot memory on the wire and in files: a token for each command, a token for each result. */
import { bootRejected, BOOT_CLAUSE_OF } from '../../../spec/boot/misuse.ts';
import { byteAddress, pfn } from '../../unit.ts';
import type { BootCommand, BootMisuse, BootNode, BootOutcome, Paged, Pfn } from '../../../protocol/index.ts';

/** What came back for one command; `frames` are those that a retirement handed over, in its order. */
export type BootResult =
  | { readonly kind: 'answer'; readonly outcome: BootOutcome; readonly frames: readonly Pfn[] }
  | { readonly kind: 'nonsense'; readonly token: string };

const isMisuse = (name: string): name is BootMisuse => Object.hasOwn(BOOT_CLAUSE_OF, name);

/** Nodes as an init and a saved case have them. */
export interface BootInit extends Paged {
  readonly boot: readonly (readonly [start: number, end: number, map: number])[];
}

/** Returns the size of the pages of nodes, as an init has it: nothing if it is 4,096 bytes. */
export const pagedAs = (nodes: readonly BootNode[]): Paged => {
  const pageSize = nodes[0]?.pageSize;
  return pageSize === undefined ? {} : { pageSize };
};

/** Returns nodes as an init has them. */
export const bootInit = (nodes: readonly BootNode[]): BootInit => ({
  boot: nodes.map(({ end, map, start }) => [start, end, map] as const),
  ...pagedAs(nodes),
});

export const encodeBootInit = (id: number, nodes: readonly BootNode[]): string =>
  JSON.stringify({ id, init: bootInit(nodes) });

export const encodeBootRun = (id: number, command: BootCommand): string => `{"id":${id},"run":"${bootToken(command)}"}`;

/** Returns a command as it goes over the wire and into saved cases. */
export function bootToken(command: BootCommand): string {
  switch (command.kind) {
    case 'reserve':
      return `br${command.node}:${command.address}:${command.size}`;
    case 'free':
      return `bf${command.node}:${command.address}:${command.size}`;
    case 'allocate':
      return `ba${command.node === 'any' ? '*' : command.node}:${command.size}:${command.align}:${command.goal}`;
    case 'retire':
      return `bt${command.node}`;
  }
}

/** A command of boot memory; no number in it has more than 16 digits. */
const TOKEN =
  /^b(?<word>[rfat])(?<node>\d{1,16}|\*)(?::(?<one>\d{1,16}))?(?::(?<two>\d{1,16}))?(?::(?<three>\d{1,16}))?$/u;

/** Returns the command that a token says; undefined if it says none. */
export function parseBootToken(token: string): BootCommand | undefined {
  const { node: which = '', one, three, two, word } = TOKEN.exec(token)?.groups ?? {};
  const node = which === '*' ? 'any' : Number(which);
  if (word === 'a' && one !== undefined && two !== undefined && three !== undefined) {
    return { kind: 'allocate', node, size: Number(one), align: Number(two), goal: byteAddress(Number(three)) };
  }
  if (node === 'any' || three !== undefined) return undefined;
  if (word === 't' && one === undefined) return { kind: 'retire', node };
  if (one === undefined || two === undefined) return undefined;
  const range = { node, address: byteAddress(Number(one)), size: Number(two) };
  return word === 'r' ? { kind: 'reserve', ...range } : word === 'f' ? { kind: 'free', ...range } : undefined;
}

const pages = (list: string): readonly Pfn[] => list.split(',').map((page) => pfn(Number(page)));

const MOST_FRAMES = 2 ** 20;

/** Returns the frames of `first+count` runs; undefined if they are more than a million. */
function framesOf(runs: string): readonly Pfn[] | undefined {
  const all = runs === '' ? [] : runs.split(',').map((run) => run.split('+').map(Number));
  if (all.reduce((sum, [, count = 0]) => sum + count, 0) > MOST_FRAMES) return undefined;
  return all.flatMap(([first = 0, count = 0]) => Array.from({ length: count }, (_, n) => pfn(first + n)));
}

/** Returns what a result says of a command, on a node whose map has that many pages. */
export function parseBootResult(command: BootCommand, token: string, mapPages: (node: number) => number): BootResult {
  const answer = (outcome: BootOutcome, frames: readonly Pfn[] = []): BootResult => ({
    kind: 'answer',
    outcome,
    frames,
  });
  const misuse = token.slice(1);
  if (token.startsWith('!') && isMisuse(misuse)) return answer(bootRejected(misuse));
  if (token === '-') return answer({ kind: 'exhausted' });
  if (token === '.') return answer({ kind: 'done' });
  if (/^w\d+(?:,\d+)*$/u.test(token)) return answer({ kind: 'warned', pages: pages(token.slice(1)) });
  if (/^\d{1,16}$/u.test(token)) return answer({ kind: 'granted', address: byteAddress(Number(token)) });
  const frames = /^h(?:\d+\+\d+(?:,\d+\+\d+)*)?$/u.test(token) ? framesOf(token.slice(1)) : undefined;
  if (frames === undefined || command.kind !== 'retire') return { kind: 'nonsense', token };
  const map = mapPages(command.node);
  return answer({ kind: 'retired', free: frames.length - map, map }, frames);
}
