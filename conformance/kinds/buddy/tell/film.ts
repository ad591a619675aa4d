/** What a step on a buddy system looks like in a film: blocks, free lists, and what was permitted. */
import { arithmetic, buddy, cutOff, freeMisuse, pfn, placement, refute } from '../../../../spec/index.ts';
import { asked } from '../case.ts';
import { isOptional, refuteOptional } from '../optional.ts';
import { placementOf } from '../compare/place.ts';
import { pointedAt } from './picture.ts';
import { show } from '../../../show.ts';
import type { Buddy, Placed } from '../../../../spec/index.ts';
import type { Camera, Opening } from '../../../judge/film/camera.ts';
import type {
  Claims,
  FilmBlock,
  FilmChange,
  FilmGround,
  FilmList,
  FilmStep,
  Outcome,
  Pfn,
} from '../../../../protocol/index.ts';
import type { Operation, Request, Result } from '../case.ts';

/** Rows of more frames are not drawn: of them a film shows the words alone. */
export const MOST_FILMED = 4096;

/** The number of the allocation that holds the block at a head. */
export type SlotAt = (head: Pfn) => number | undefined;

/** A request that is granted or refused. */
type Asked = Extract<Request, { kind: 'allocate' | 'allocate-frames' }>;

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

/** Reports whether an answer to a request is permitted. */
function mayBe({ before, claims }: Shot, command: Asked, outcome: Outcome): boolean {
  const { state } = before;
  const refuted = isOptional(command)
    ? refuteOptional(claims, state, command, outcome)
    : refute(claims, state, command, outcome);
  return refuted === undefined;
}

/** Returns some of the frames that may be granted, and one more if there are more. */
function grantable(shot: Shot, command: Asked): readonly Pfn[] {
  const heads: Pfn[] = [];
  const { arena, origin } = shot.before.state;
  const isBlock = command.kind === 'allocate';
  if (isBlock && !arithmetic.isOrder(arena, command.order)) return heads;
  const size = isBlock ? arithmetic.sizeOf(command.order) : 1;
  for (let head = origin; head < arena.base + arena.pages && heads.length <= MOST_NAMED; head = pfn(head + size)) {
    if (isBlock && !buddy.isWhollyFree(shot.before.state, head, command.order)) continue;
    if (mayBe(shot, command, { kind: 'granted', head })) heads.push(head);
  }
  return heads;
}

/** Returns what is permitted to a request, in words. */
function permittedGrants(shot: Shot, command: Asked): string {
  const kernel = placementOf(shot.claims);
  if (kernel !== undefined && !isOptional(command)) {
    const { outcome } = placement(shot.before, command);
    return outcome.kind === 'granted' ? `frame ${outcome.head}, as Linux ${kernel} grants it` : 'a refusal';
  }
  const heads = grantable(shot, command);
  const named = heads.slice(0, MOST_NAMED).join(', ');
  const grants = heads.length === 0 ? '' : `frame ${named}${heads.length > MOST_NAMED ? ' and more' : ''}`;
  const refusal = mayBe(shot, command, { kind: 'exhausted' }) ? ['a refusal'] : [];
  return [grants, ...refusal].filter((one) => one !== '').join(', or ');
}

/** Returns what is permitted, in words. */
function permitted(shot: Shot): string {
  const { before, command } = shot;
  switch (command?.kind) {
    case undefined:
      return 'nothing is to be done';
    case 'free': {
      const misuse = freeMisuse(before.state, command);
      return misuse === undefined ? 'done' : `rejected as ${misuse}`;
    }
    case 'free-frames':
    case 'free-blocks':
      return 'done';
    case 'resize':
      return cutOff(before.state, command.pages) === undefined ? 'done, or a refusal' : 'a refusal';
    case 'allocate':
    case 'allocate-frames':
      return permittedGrants(shot, command);
  }
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

/** Returns how many frames a request is about. */
function framesOf(
  { arena }: Buddy,
  command: Exclude<Request, { kind: 'resize' | 'free-frames' | 'free-blocks' }>,
): number {
  if (command.kind === 'allocate-frames') return command.frames;
  return arithmetic.isOrder(arena, command.order) ? arithmetic.sizeOf(command.order) : 1;
}

/** Returns the frames that a step is about. */
function placeOf({ before, command, isWrong, operation, result }: Shot): FilmStep['at'] {
  if (command === undefined || command.kind === 'resize' || command.kind === 'free-blocks') return undefined;
  if (command.kind === 'free-frames') return { ground: 0, first: command.run[0], count: command.run[1] };
  const count = framesOf(before.state, command);
  if (command.kind === 'free') return { ground: 0, first: command.head, count };
  if (result.kind === 'granted') return { ground: 0, first: result.head, count };
  const [first] = isWrong ? pointedAt(before.state, operation) : [];
  return first === undefined ? undefined : { ground: 0, first, count };
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
