/** Everything that a specification of one zone can be asked in a state, and what it answers. */
import { beyondFirstWord, bootShapes, oddShapes, shifted } from '../../../../proof/exhaustive/buddy/shapes.ts';
import { everyState } from '../../../../proof/exhaustive/buddy/census.ts';
import { groundTree } from '../../../../proof/exhaustive/buddy/ground.ts';
import { order, pfn } from '../../../../spec/index.ts';
import type { Buddy, Permitted } from '../../../../spec/index.ts';
import type { Claims, Command, Order, Outcome, Pfn } from '../../../../protocol/index.ts';
import type { Ground } from '../../../../proof/exhaustive/buddy/ground.ts';
import type { Room, Spec } from './room.ts';
import type { Tree } from '../../../../proof/exhaustive/buddy/tree.ts';

/** In the last ones blocks of every order are split and joined, and rows have more than one piece. */
const GROUNDS: readonly Ground[] = [
  ...oddShapes(4),
  ...bootShapes().filter(({ arena }) => arena.pages < 7),
  ...[1, 5].map((shift) => shifted('2.6', shift, 1)),
  beyondFirstWord('2.4', 1, 128),
];

const CLAIMS: readonly Claims[] = [new Set(), new Set(['complete', 'best-fit'])];
const ALL: Claims = new Set(['complete', 'best-fit']);
const PLAIN: readonly Outcome[] = [{ kind: 'done' }, { kind: 'exhausted' }];

/** What is asked about: frames at the edges of the smallest blocks and around the arena, and orders, some of which there are not. */
interface Asked {
  readonly frames: readonly Pfn[];
  readonly orders: readonly Order[];
  readonly counts: readonly number[];
}

function askedOf({ arena }: Ground, tree: Tree): Asked {
  const { base, orders, pages } = arena;
  const leaves = tree.heads.filter((_, node) => tree.orders[node] === tree.least && tree.usable[node] === true);
  const edges = leaves.flatMap((head) => [head - 1, head, head + 1]);
  const frames = [...new Set([-1, ...edges, pages - 1, pages])].map((at) => pfn(base + at));
  return {
    frames: [...frames, pfn(base + 0.5)],
    orders: [-1, 0.5, ...Array.from({ length: orders + 1 }, (_, at) => at)].map(order),
    counts: [1, 2, 3, 4, pages, pages + 1],
  };
}

const granted = (head: Pfn): Outcome => ({ kind: 'granted', head });

/** A state as plain data. */
const drawn = ({ valuesOf }: Spec, { arena, origin, owners, pairs }: Buddy): unknown => [
  arena.pages,
  origin,
  pairs.map((row) => valuesOf(row)),
  valuesOf(owners),
];

const commandsOf = ({ frames, orders }: Asked): readonly Command[] => [
  ...orders.map((of): Command => ({ kind: 'allocate', order: of })),
  ...frames.flatMap((head) => orders.map((of): Command => ({ kind: 'free', head, order: of }))),
  ...frames.map((frame): Command => ({ kind: 'hand-over', frame })),
];

/** What is permitted, refuted, and granted by the kernels, of every command. */
function* commanded(spec: Spec, { kernel }: Ground, asked: Asked, state: Buddy): Iterable<unknown> {
  const lists = spec.arithmetic.ordersOf(state.arena).map((at) => spec.buddy.freeBlocks(state, at));
  for (const command of commandsOf(asked)) {
    const permitted = ({ next, outcome }: Permitted): unknown => [outcome, drawn(spec, next)];
    for (const claims of CLAIMS) yield spec.step(claims, state, command).map(permitted);
    for (const outcome of [...PLAIN, ...asked.frames.map(granted)]) yield spec.refute(ALL, state, command, outcome);
    const { next, outcome } = spec.placement({ kernel, state, lists }, command);
    yield [outcome, next.lists, drawn(spec, next.state)];
  }
}

/** What is said of the state itself. */
function* observed(spec: Spec, { frames, orders }: Asked, state: Buddy): Iterable<unknown> {
  const { buddy } = spec;
  yield [drawn(spec, state), buddy.outstandingBlocks(state), buddy.existing(state.arena)];
  for (const of of orders)
    yield [buddy.anyWhollyFree(state, of), buddy.hasFreeBlock(state, of), buddy.freeBlocks(state, of)];
  for (const frame of frames) {
    const isFree = buddy.isFree(state, frame);
    yield [buddy.ownerOf(state, frame), isFree, buddy.outstandingAround(state, frame)];
    if (isFree) yield buddy.freeBlockAround(state, frame);
  }
}

/** Requests within a range. */
function* ranged(spec: Spec, { frames, orders }: Asked, state: Buddy): Iterable<unknown> {
  for (const of of orders.filter((one) => spec.arithmetic.isWhole(one))) {
    for (const low of frames) {
      for (const end of frames) {
        for (const claims of CLAIMS)
          yield spec.refuteRange(claims, state, { order: of, low, end }, { kind: 'exhausted' });
        yield spec.refuteRange(ALL, state, { order: of, low, end }, granted(low));
      }
    }
  }
}

/** Requests for a number of frames, and what is freed of them; blocks that are freed at once; and arenas that become smaller. */
function* optional(spec: Spec, { counts, frames }: Asked, state: Buddy): Iterable<unknown> {
  for (const count of counts) {
    for (const align of [1, 2, 4]) {
      yield spec.refuteSized(ALL, state, { frames: count, align }, { kind: 'exhausted' });
      for (const head of frames) {
        const wrong = spec.refuteSized(ALL, state, { frames: count, align }, granted(head));
        yield wrong;
        if (wrong !== undefined) continue;
        const taken = spec.afterSized(state, [head, count]);
        yield [drawn(spec, taken), drawn(spec, spec.afterSizedFree(taken, [head, count]))];
      }
    }
  }
  const blocks = spec.buddy.outstandingBlocks(state);
  yield drawn(spec, spec.afterBulk(state, blocks));
  for (const outcome of PLAIN)
    yield [spec.refuteBulk(blocks, outcome), spec.refuteSizedFree([state.arena.base, 2], outcome)];
  for (let pages = 1; pages <= state.arena.pages; pages++) {
    for (const outcome of [...PLAIN, granted(state.arena.base)]) yield spec.refuteResize(state, pages, outcome);
    if (spec.cutOff(state, pages) !== undefined) continue;
    const cut = spec.resized(state, pages);
    yield [drawn(spec, cut), drawn(spec, spec.resized(cut, state.arena.pages))];
  }
}

/** Returns all answers in one state. */
function* answersIn(spec: Spec, ground: Ground, tree: Tree, state: Buddy): Iterable<unknown> {
  const asked = askedOf(ground, tree);
  yield* observed(spec, asked, state);
  yield* commanded(spec, ground, asked, state);
  yield* ranged(spec, asked, state);
  yield* optional(spec, asked, state);
}

const NAMES = ['bulk', 'list', 'misuse', 'pair', 'placement', 'range', 'resize', 'row', 'sized', 'state', 'step'];

/** The specification of one zone. */
export const BUDDY: Room = {
  files: NAMES.map((name) => `spec/buddy/${name}.ts`),
  of: `arenas of up to ${Math.max(...GROUNDS.map(({ arena }) => arena.pages))} frames`,
  eachState: (spec, meet) => {
    for (const ground of GROUNDS) {
      const tree = groundTree(ground);
      spec.refuel();
      everyState(ground, tree, (state: Buddy) => meet(answersIn(spec, ground, tree, state)), 0, spec.buddy);
    }
  },
};
