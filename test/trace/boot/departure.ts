/** Where a recorded step of boot memory meets a departure, and what is right instead. */

import type { BootNode } from '../../../protocol/index.ts';
import type { BootState, BootStep, RecordedRetirement } from './recording.ts';

const PAGE = 4096;

/** Where a recorded step meets a departure: its name in src/README.md, and what is right instead, worked out from the recording alone. */
export interface Departing {
  readonly name: string;
  readonly right: number | string;
}

const roundUp = (n: number, align: number): number => Math.ceil(n / align) * align;

/** The pages of the map; recorded nodes have at most 160 pages. */
const MAP_PAGES = 1;

/** Reports whether pages, counted from the node's first, are all free and none of them is the map's. */
function areFree({ start, map }: BootNode, bits: string, from: number, end: number): boolean {
  if (from < 0 || end > bits.length || (from < map - start + MAP_PAGES && end > map - start)) return false;
  return !bits.slice(from, end).includes('1');
}

function restAt({ start }: BootNode, { lastOffset, lastPos }: BootState, align: number): number | undefined {
  const offset = roundUp(lastOffset, align);
  return lastOffset !== 0 && offset < PAGE ? (start + lastPos) * PAGE + offset : undefined;
}

type Request = Extract<BootStep['command'], { kind: 'allocate' }>;

/** Where the last page's rest holds a request that the kernel refused. */
function rightInRest(node: BootNode, before: BootState, { align, size }: Request): number | undefined {
  const at = restAt(node, before, align);
  if (at === undefined) return undefined;
  const behind = Math.ceil((at + size) / PAGE) - node.start;
  const first = before.lastPos + 1;
  return behind <= first || areFree(node, before.bits, first, behind) ? at : undefined;
}

/** The block at the very goal, where the kernel passes over it. */
function rightAtGoal(node: BootNode, before: BootState, { align, goal, size }: Request): number | undefined {
  const { start, end } = node;
  const at = roundUp(goal, align);
  if (align <= PAGE || (start * PAGE) % align === 0 || goal < start * PAGE || goal >= end * PAGE) return undefined;
  const first = at / PAGE - start;
  return areFree(node, before.bits, first, first + Math.ceil(size / PAGE)) ? at : undefined;
}

/**
 * The departure that a step meets, told from the state before it and from what the kernel did. `gone` says that the last
 * page was reserved or freed since it was granted.
 */
export function departureOf(node: BootNode, before: BootState, gone: boolean, step: BootStep): Departing | undefined {
  const { answer, command } = step;
  if (typeof answer === 'string' && answer.startsWith('BUG')) return { name: 'BUG-AS-DATA', right: 'free-page' };
  if (answer === 'HANG') return { name: 'TWO-SCANS', right: -1 };
  if (command.kind !== 'allocate' || typeof answer === 'string') return undefined;
  if (answer === -1) {
    const right = gone ? undefined : rightInRest(node, before, command);
    return right === undefined ? undefined : { name: 'REST-WILL-DO', right };
  }
  const first = Math.floor(answer / PAGE);
  const behind = Math.ceil((answer + command.size) / PAGE);
  const right = rightAtGoal(node, before, command);
  if (right !== undefined && right !== answer) return { name: 'GOAL-ONCE', right };
  const packed = answer % PAGE !== 0 && first === node.start + before.lastPos;
  if (gone && packed) return { name: 'LAST-PAGE-GONE', right: (first + 1) * PAGE };
  return first < node.map + MAP_PAGES && behind > node.map ? { name: 'MAP-KEPT', right: 'another' } : undefined;
}

/** Reports whether a reserve or a free covers the page that the last grant ended in, which has a rest. */
export function takesLastPage(node: BootNode, before: BootState, { command }: BootStep): boolean {
  if (command.kind !== 'reserve' && command.kind !== 'free') return false;
  const page = (node.start + before.lastPos) * PAGE;
  const { address, size } = command;
  if (before.lastOffset === 0) return false;
  return command.kind === 'reserve'
    ? address < page + PAGE && address + size > page
    : address <= page && address + size >= page + PAGE;
}

/** The departure that a retirement meets, and the frames that are right to be free after it. */
export function retirementDeparture(
  { map, start }: BootNode,
  { bits }: BootState,
  { lists }: RecordedRetirement,
): { readonly name: string; readonly free: readonly number[] | 'rejected' } | undefined {
  if (bits[map - start] === '0') return { name: 'MAP-RESERVED', free: 'rejected' };
  if (bits.length >= 8) return undefined;
  const frames = lists.flatMap((list, order) =>
    list.flatMap((head) => Array.from({ length: 2 ** order }, (_, n) => head + n)),
  );
  return { name: 'WHOLE-MAP', free: [...frames, map].toSorted((one, other) => one - other) };
}
