/** What a step on a machine looks like in a film: every zone with its marks, and how a request found its block. */
import { arithmetic, placeMachine } from '../../../spec/index.ts';
import { answered } from './compare.ts';
import { asked } from './operation.ts';
import { changeOf, groundOf } from '../buddy/tell/film.ts';
import type { Camera } from '../../judge/film/camera.ts';
import type { Claims, FilmChange, FilmGround, FilmStep, PageCommand, Pfn, Round } from '../../../protocol/index.ts';
import type { MachineOperation, MachineResult } from './operation.ts';
import type { MachineState, ZoneState } from '../../../spec/index.ts';

/** Machines of more frames are not drawn. */
const MOST_FILMED = 4096;

/** One step, with the states around it. */
export interface MachineShot {
  readonly before: MachineState;
  readonly after: MachineState;
  readonly claims: Claims;
  readonly operation: MachineOperation;
  readonly command: PageCommand | undefined;
  readonly rounds: readonly Round[];
  readonly result: MachineResult;
  readonly slotAt: (head: Pfn) => number | undefined;
}

/** What each row of the kernel's table means to a reader. */
const LINES = {
  low: 'a zone above its low mark',
  wake: 'the class zone asks to be balanced; kswapd is woken',
  min: 'a zone above its minimum',
  emergency: 'any zone with a block, because the task may ignore the marks',
  'nothing left': 'the end: no zone has a block',
  'cannot wait': 'the end: the request cannot wait',
  reclaim: 'direct reclaim',
  again: 'once more a zone above its minimum',
  'too large': 'the end: too large to be tried again',
  'no progress': 'the end: reclaim frees nothing',
} as const;

const nameOf = (of: Pick<ZoneState, 'node' | 'name'> | undefined): string =>
  of === undefined ? '' : `node ${of.node} ${of.name}`;

const isPlaced = (claims: Claims): boolean => claims.has('placement:linux-2.4');

const zoneGround = (of: ZoneState, ordered: boolean): FilmGround => ({
  ...groundOf(nameOf(of), of.placed.state, ordered),
  watermarks: of.watermarks,
});

/** Returns what a zone became, or what it is if there is none before. */
function zoneChange(from: ZoneState | undefined, to: ZoneState, ground: number, shot: MachineShot): FilmChange {
  const change = changeOf(ground, from?.placed, to.placed, isPlaced(shot.claims), shot.slotAt);
  return from?.needBalance === to.needBalance ? change : { ...change, asks: to.needBalance };
}

const zoneOf = ({ zones }: MachineState, frame: number): number =>
  zones.findIndex(({ placed: { state } }) => frame >= state.arena.base && frame < state.arena.base + state.arena.pages);

/** Returns how the request went through the kernel's table, who was woken and what was reclaimed. */
function notesOf({ before, claims, command, result, rounds }: MachineShot): readonly string[] {
  const trail =
    command === undefined || !isPlaced(claims)
      ? []
      : placeMachine(before, command, rounds).trail.map(
          ({ line, node, zone: at }) =>
            `on node ${node}: ${LINES[line]}${at === undefined ? '' : ` (${nameOf(before.zones[at])})`}`,
        );
  const freed = rounds
    .slice(0, result.reclaims)
    .map(
      ({ freed: blocks }) =>
        `reclaim freed ${blocks.map(({ head, order }) => `frame ${head} as order ${order}`).join(', ') || 'nothing'}`,
    );
  const { outcome } = result;
  const from = outcome.kind === 'granted' ? nameOf(before.zones[zoneOf(before, outcome.head)]) : '';
  return [
    ...(from === '' ? [] : [`the block came from ${from}`]),
    ...(result.woken ? ['kswapd was woken'] : []),
    ...freed,
    ...trail,
  ];
}

function permitted({ before, claims, command, rounds }: MachineShot): string {
  if (command === undefined) return 'done: there is nothing to do';
  const { outcome, used, woken } = placeMachine(before, command, rounds);
  const more = `${woken ? ', kswapd woken' : ''}${used > 0 ? `, after ${used} ${used === 1 ? 'reclaim' : 'reclaims'}` : ''}`;
  const right = `${answered(outcome)}${more}`;
  return isPlaced(claims) ? `Linux 2.4: ${right}` : `for example what Linux 2.4 does: ${right}`;
}

/** Returns the frames that a step is about. */
function placeOf({ before, command, result }: MachineShot): FilmStep['at'] {
  if (command === undefined || command.kind === 'kswapd') return undefined;
  const { outcome } = result;
  const head = 'head' in command ? command.head : outcome.kind === 'granted' ? outcome.head : undefined;
  const ground = head === undefined ? -1 : zoneOf(before, head);
  const arena = before.zones[ground]?.placed.state.arena;
  if (head === undefined || arena === undefined) return undefined;
  const count = 'order' in command && arithmetic.isOrder(arena, command.order) ? arithmetic.sizeOf(command.order) : 1;
  return { ground, first: head, count };
}

/** Has a camera take one step down. */
export function shootMachine(camera: Camera, shot: MachineShot): void {
  const { after, before, claims, operation, result } = shot;
  const isDrawn = before.zones.reduce((sum, { placed }) => sum + placed.state.arena.pages, 0) <= MOST_FILMED;
  camera.shoot(
    () =>
      isDrawn
        ? {
            grounds: before.zones.map((one) => zoneGround(one, isPlaced(claims))),
            start: before.zones.map((one, n) => zoneChange(undefined, one, n, shot)),
          }
        : { grounds: [], start: [] },
    () => {
      const at = placeOf(shot);
      const changes = isDrawn ? after.zones.map((one, n) => zoneChange(before.zones[n], one, n, shot)) : [];
      const { outcome } = result;
      return {
        asked: asked(operation),
        answered: outcome.kind === 'nonsense' ? 'what is no answer' : answered(outcome),
        permitted: permitted(shot),
        notes: notesOf(shot),
        ...(at === undefined || !isDrawn ? {} : { at }),
        changes: changes.filter((one) => Object.keys(one).length > 1),
      };
    },
  );
}
