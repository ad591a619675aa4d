/** What a step on a buddy system looks like in a film: blocks, free lists, and what was permitted. */
import { arithmetic, buddy, cutOff, freeMisuse, pfn, placement, refute } from '../../../../spec/index.ts';
import { asked } from '../case.ts';
import { placementOf } from '../compare/place.ts';
import { pointedAt } from './picture.ts';
import { show } from '../../../show.ts';
import type { Buddy, Placed } from '../../../../spec/index.ts';
import type { Camera, Opening } from '../../../judge/film/camera.ts';
import type { Claims, FilmBlock, FilmChange, FilmGround, FilmList, FilmStep, Pfn } from '../../../../protocol/index.ts';
import type { Operation, Request, Result } from '../case.ts';

/** Rows of more frames are not drawn: of them a film shows the words alone. */
export const MOST_FILMED = 4096;

/** The number of the allocation that holds the block at a head. */
export type SlotAt = (head: Pfn) => number | undefined;

/** One step, with the states around it. */
export interface Shot {
  readonly before: Placed;
  readonly after: Placed;
  readonly claims: Claims;
  readonly slotAt: SlotAt;
  readonly operation: Operation;
  readonly command: Request | undefined;
  readonly result: Result;
  readonly isWrong: boolean;
}

/** Returns the row of frames of an arena. */
export const groundOf = (name: string, { arena, origin }: Buddy, ordered: boolean): FilmGround => ({
  name,
  base: arena.base,
  pages: arena.pages,
  origin,
  orders: arena.orders,
  ordered,
});

/** Returns the blocks of a state by their heads: the free ones, as large as they are, and the outstanding ones. */
function blocksOf(state: Buddy, slotAt: SlotAt): ReadonlyMap<number, FilmBlock> {
  const free = arithmetic
    .ordersOf(state.arena)
    .flatMap((at) => buddy.freeBlocks(state, at).map((head): FilmBlock => [head, at, -1]));
  const held = buddy.outstandingBlocks(state).map(({ head, order: of }): FilmBlock => [head, of, slotAt(head) ?? 0]);
  return new Map([...free, ...held].map((block) => [block[0], block]));
}

function listChanges(before: Placed['lists'], after: Placed['lists']): readonly FilmList[] {
  return after.flatMap((list, at): readonly FilmList[] => {
    const old = before[at] ?? [];
    if (list === old) return [];
    const [had, has] = [new Set(old), new Set(list)];
    const left = old.filter((head) => !has.has(head));
    const put = list.filter((head) => !had.has(head));
    return left.length + put.length === 0 ? [] : [[at, left, put]];
  });
}

/** Returns what a row of frames became from one state to the next; without a state before, all that it holds. */
export function changeOf(
  ground: number,
  from: Placed | undefined,
  to: Placed,
  ordered: boolean,
  slotAt: SlotAt,
): FilmChange {
  if (from?.state === to.state && from.lists === to.lists) return { ground };
  const old = from === undefined ? new Map<number, FilmBlock>() : blocksOf(from.state, () => undefined);
  const now = blocksOf(to.state, slotAt);
  const isKept = (was: FilmBlock): boolean => {
    const is = now.get(was[0]);
    return is?.[1] === was[1] && is[2] < 0 === was[2] < 0;
  };
  const gone = [...old.values()].filter((was) => !isKept(was)).map(([head]) => head);
  const come = [...now.values()].filter((is) => {
    const was = old.get(is[0]);
    return was === undefined || !isKept(was);
  });
  const lists = ordered ? listChanges(from?.lists ?? [], to.lists) : [];
  return {
    ground,
    ...(gone.length === 0 ? {} : { gone }),
    ...(come.length === 0 ? {} : { come }),
    ...(lists.length === 0 ? {} : { lists }),
  };
}

const MOST_NAMED = 6;

/** Returns some of the frames that may be granted, and whether there are more. */
function grantable({ state }: Placed, claims: Claims, command: Request & { kind: 'allocate' }): readonly Pfn[] {
  const heads: Pfn[] = [];
  if (!arithmetic.isOrder(state.arena, command.order)) return heads;
  const size = arithmetic.sizeOf(command.order);
  const end = state.arena.base + state.arena.pages;
  for (let head = state.origin; head < end && heads.length <= MOST_NAMED; head = pfn(head + size)) {
    if (!buddy.isWhollyFree(state, head, command.order)) continue;
    if (refute(claims, state, command, { kind: 'granted', head }) === undefined) heads.push(head);
  }
  return heads;
}

/** Returns what is permitted, in words. */
function permitted({ before, claims, command }: Shot): string {
  if (command === undefined) return 'nothing is to be done';
  if (command.kind === 'free') {
    const misuse = freeMisuse(before.state, command);
    return misuse === undefined ? 'done' : `rejected as ${misuse}`;
  }
  if (command.kind === 'resize') {
    return cutOff(before.state, command.pages) === undefined ? 'done, or a refusal' : 'a refusal';
  }
  const kernel = placementOf(claims);
  if (kernel !== undefined) {
    const { outcome } = placement(before, command);
    return outcome.kind === 'granted' ? `frame ${outcome.head}, as Linux ${kernel} grants it` : 'a refusal';
  }
  const heads = grantable(before, claims, command);
  const named = heads.slice(0, MOST_NAMED).join(', ');
  const grants = heads.length === 0 ? '' : `frame ${named}${heads.length > MOST_NAMED ? ' and more' : ''}`;
  const mayRefuse = refute(claims, before.state, command, { kind: 'exhausted' }) === undefined;
  return [grants, ...(mayRefuse ? ['a refusal'] : [])].filter((one) => one !== '').join(', or ');
}

function answered(result: Result): string {
  switch (result.kind) {
    case 'granted':
      return `granted frame ${result.head}`;
    case 'exhausted':
      return 'refused';
    case 'done':
      return 'done';
    case 'rejected':
      return `rejected as ${result.misuse}`;
    case 'error':
      return `!${result.error} ${show(result.detail)}`.trimEnd();
    case 'nonsense':
      return `"${show(result.token)}", which is no answer`;
  }
}

/** Returns the frames that a step is about. */
function placeOf({ before, command, isWrong, operation, result }: Shot): FilmStep['at'] {
  if (command === undefined || command.kind === 'resize') return undefined;
  const of = arithmetic.isOrder(before.state.arena, command.order) ? arithmetic.sizeOf(command.order) : 1;
  if (command.kind === 'free') return { ground: 0, first: command.head, count: of };
  if (result.kind === 'granted') return { ground: 0, first: result.head, count: of };
  const [first] = isWrong ? pointedAt(before.state, operation) : [];
  return first === undefined ? undefined : { ground: 0, first, count: of };
}

/** Has a camera take one step down. */
export function shoot(camera: Camera, shot: Shot): void {
  const { after, before, claims, operation, result, slotAt } = shot;
  const ordered = placementOf(claims) !== undefined;
  const isDrawn = before.state.arena.pages <= MOST_FILMED;
  const opening = (): Opening =>
    isDrawn
      ? {
          grounds: [groundOf('arena', before.state, ordered)],
          start: [changeOf(0, undefined, before, ordered, slotAt)],
        }
      : { grounds: [], start: [] };
  camera.shoot(opening, () => {
    const at = placeOf(shot);
    const change = isDrawn ? changeOf(0, before, after, ordered, slotAt) : { ground: 0 };
    return {
      asked: asked(operation),
      answered: answered(result),
      permitted: permitted(shot),
      ...(at === undefined || !isDrawn ? {} : { at }),
      changes: Object.keys(change).length > 1 ? [change] : [],
    };
  });
}
