/** The states from which callers go on: a zone after some requests and frees by one caller, whose blocks both may free. */

import { Calls } from './calls.ts';
import { Monitor } from './monitor.ts';
import { bootPlaced, placement } from '../../spec/buddy/placement.ts';
import { order as orderFrom, pfn } from '../unit.ts';
import { outstandingBlocks } from '../../spec/buddy/state.ts';
import { siteOf, wordsOf } from './site.ts';
import type { Arena, Command } from '../../protocol/index.ts';
import type { Caller, Callers, State, World } from './state.ts';
import type { Manner } from './calls.ts';
import type { Placed } from '../../spec/index.ts';
import type { Program } from '../front/program.ts';
import type { ZoneShape } from '../../src/buddy/shape.ts';

/** What is explored. */
export interface Question {
  readonly program: Program;
  readonly shape: ZoneShape;
  readonly manner: Manner;
  readonly callers: Callers;
  /** The calls that each caller may make. */
  readonly calls: readonly [number, number];
  /** The orders of blocks that are outstanding before, in the order in which they were granted. */
  readonly granted: readonly number[];
  /** The lock that each processor takes: 0 is the zone's own, 1 that of another zone. */
  readonly lockOf?: readonly [number, number];
}

/** Returns the arena of a shape, as the specification has it. */
export const arenaOf = ({ base, pages, orders, holes, kernel }: ZoneShape): Arena => ({
  base,
  pages,
  orders,
  holes,
  alignment: kernel === '2.4' ? 'base' : 'absolute',
});

/** Returns the zone of a question before the first call. */
function placedOf({ shape, granted }: Question): Placed {
  const commands: readonly Command[] = [
    ...Array.from({ length: shape.pages }, (_, n): Command => ({ kind: 'hand-over', frame: pfn(shape.base + n) })),
    ...granted.map((order): Command => ({ kind: 'allocate', order: orderFrom(order) })),
  ];
  return commands.reduce(
    (placed, command) => placement(placed, command).next,
    bootPlaced(shape.kernel, arenaOf(shape)),
  );
}

/** Returns the world of a question and its first state. */
export function startOf(question: Question): { readonly world: World; readonly state: State } {
  const { program, shape, manner, callers, calls, granted, lockOf } = question;
  const site = siteOf(program, shape, lockOf);
  for (const order of granted) site.allocator.allocate(orderFrom(order));
  const monitor = new Monitor();
  const placed = placedOf(question);
  const held = outstandingBlocks(placed.state);
  const caller = (left: number): Caller => ({ left, step: undefined, command: undefined, asleep: false, held });
  return {
    world: { calls: new Calls(site, manner), callers, monitor },
    state: {
      words: wordsOf(site),
      callers: [caller(calls[0]), caller(calls[1])],
      possible: monitor.start(placed),
    },
  };
}
