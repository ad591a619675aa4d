/** What a step of boot memory looks like in a film: bytes, the last page, and retirement into free lists. */
import { askedOfBoot, bootMisuse, bootPlaced, bootmem, placeBoot, placement } from '../../../spec/index.ts';
import { changeOf } from '../buddy/tell/film.ts';
import type { Boot, Bootmem, Placed } from '../../../spec/index.ts';
import type { BootCommand, BootOutcome, Claims, FilmChange, FilmGround, FilmStep } from '../../../protocol/index.ts';
import { pagedAs } from './wire.ts';
import type { BootResult } from './wire.ts';
import type { Camera } from '../../judge/film/camera.ts';

/** The orders of the zone that a node is retired into. */
const ORDERS = 10;

/** Nodes of more pages, together, are not drawn. */
const MOST_FILMED = 4096;

/** One command, with the nodes around it. */
export interface BootShot {
  readonly before: Boot;
  readonly after: Boot;
  readonly claims: Claims;
  readonly command: BootCommand;
  readonly result: BootResult;
}

const groundOf = ({ node }: Bootmem, n: number): FilmGround => ({
  name: `node ${n}`,
  base: node.start,
  pages: node.end - node.start,
  origin: node.start,
  orders: ORDERS,
  ordered: true,
  map: [node.map, bootmem.mapPagesOf(node)],
  ...pagedAs([node]),
});

/** Returns the zone that a node's pages are handed over into, in Linux's order. */
function zoneOf(state: Bootmem): Placed {
  const { end, start } = state.node;
  const arena = { base: start, pages: end - start, orders: ORDERS, holes: [], alignment: 'base' } as const;
  const { free, map } = bootmem.handedOver(state);
  return [...free, ...map].reduce(
    (placed, frame) => placement(placed, { kind: 'hand-over', frame }).next,
    bootPlaced('2.4', arena),
  );
}

/** Returns what a node became, or what it is if there is none before. */
function nodeChange(from: Bootmem | undefined, to: Bootmem, ground: number): FilmChange {
  if (from === to) return { ground };
  const { lastOffset, lastPos } = bootmem.lastOf(to);
  const retires = to.retired && from?.retired !== true;
  return {
    ...(retires ? changeOf(ground, undefined, zoneOf(to), true, () => undefined) : { ground }),
    taken: to.taken.map(([first, end]) => [first, end] as const),
    ...(to.end === bootmem.addressOf(to.node.start, bootmem.pageSizeOf(to.node))
      ? {}
      : { last: [lastPos, lastOffset] as const }),
    ...(retires ? { retired: true } : {}),
  };
}

/** Says what was answered; `page` is the size of a page. */
function said(outcome: BootOutcome, page: number): string {
  switch (outcome.kind) {
    case 'granted':
      return `address ${outcome.address} was granted: page ${bootmem.pageAround(outcome.address, page)}, byte ${outcome.address % page}`;
    case 'exhausted':
      return 'it was refused';
    case 'done':
      return 'done';
    case 'warned':
      return `done, with a warning: taken already were pages ${outcome.pages.join(' ')}`;
    case 'retired':
      return `${outcome.free} free pages were handed over, and ${outcome.map} of the map`;
    case 'rejected':
      return `it was rejected as ${outcome.misuse}`;
  }
}

const waits = (): boolean => true;

const pageOf = (boot: Boot): number => bootmem.pageSizeOf(boot[0]?.node ?? {});

function permitted({ before, claims, command }: BootShot): string {
  const right = said(placeBoot(before, command, waits).outcome, pageOf(before));
  const misuse = bootMisuse(before, command, waits);
  if (command.kind !== 'allocate' || misuse !== undefined || claims.has('placement:linux-2.4')) return right;
  const grants = `any ${command.size} free bytes that begin at a multiple of ${command.align}`;
  return claims.has('complete') ? `${grants}; a refusal only if there are none` : `${grants}, or a refusal`;
}

/** Returns the pages that a command is about. */
function placeOf({ before, command, result }: BootShot): FilmStep['at'] {
  if (command.kind === 'retire') return undefined;
  const isGrant = result.kind === 'answer' && result.outcome.kind === 'granted';
  if (command.kind === 'allocate' && !isGrant) return undefined;
  const address =
    command.kind === 'allocate'
      ? result.kind === 'answer' && result.outcome.kind === 'granted'
        ? result.outcome.address
        : 0
      : command.address;
  const page = pageOf(before);
  const first = bootmem.pageAround(address, page);
  const count = bootmem.pageAround(address + Math.max(1, command.size) - 1, page) - first + 1;
  const ground = before.findIndex(({ node }) => first >= node.start && first < node.end);
  return ground < 0 ? undefined : { ground, first, count: Math.min(count, MOST_FILMED) };
}

/** Has a camera take one command down. */
export function shootBoot(camera: Camera, shot: BootShot): void {
  const { after, before, command, result } = shot;
  const isDrawn = before.reduce((sum, { node }) => sum + node.end - node.start, 0) <= MOST_FILMED;
  camera.shoot(
    () =>
      isDrawn
        ? { grounds: before.map(groundOf), start: before.map((state, n) => nodeChange(undefined, state, n)) }
        : { grounds: [], start: [] },
    () => {
      const at = placeOf(shot);
      const changes = isDrawn ? after.map((state, n) => nodeChange(before[n], state, n)) : [];
      return {
        asked: askedOfBoot(command),
        answered: result.kind === 'answer' ? said(result.outcome, pageOf(before)) : 'what is no answer',
        permitted: permitted(shot),
        ...(at === undefined || !isDrawn ? {} : { at }),
        changes: changes.filter((one) => Object.keys(one).length > 1),
      };
    },
  );
}
