/** The states from which callers go on: a zone after some requests and frees by one caller, whose blocks both may free. */

import { Calls, isOfZone, printed, told } from './calls.ts';
import { Comparison } from '../../conformance/kinds/buddy/compare/zone.ts';
import { Monitor } from './monitor.ts';
import { bootPlaced, freeFrames, placement } from '../../spec/buddy/placement.ts';
import { order as orderFrom, pfn } from '../unit.ts';
import { outstandingBlocks } from '../../spec/buddy/state.ts';
import { linuxOne } from '../../spec/smp/sequential.ts';
import { restore, siteOf, wordsOf } from './site.ts';
import type { Arena, Block, Command } from '../../protocol/index.ts';
import type { Caller, Callers, State, World } from './state.ts';
import type { Manner } from './calls.ts';
import type { Placed } from '../../spec/index.ts';
import type { Site } from './site.ts';
import type { Specified } from './monitor.ts';
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

/** Returns a zone as the specification has it: each call takes effect in one step. */
const zoneOf = (site: Site): Specified<Placed> => ({
  keyOf: linuxOne.keyOf,
  step: (placed, _, command) => {
    if (!isOfZone(command)) throw new Error(`a zone is not asked to ${printed(command)}`);
    const { outcome, next } = placement(placed, command);
    return { next, answer: told(outcome) };
  },
  counts: (placed) => [freeFrames(placed)],
  compare: (placed, words) => {
    restore(site, words);
    return new Comparison().compare(placed, site.allocator.observe());
  },
});

/** Returns a caller that has made no call yet. */
export const callerOf = (left: number, held: readonly Block[]): Caller => ({
  left,
  step: undefined,
  command: undefined,
  asleep: false,
  held,
});

/** Returns the world of a question and its first state. */
export function startOf(question: Question): { readonly world: World; readonly state: State } {
  const { program, shape, manner, callers, calls, granted, lockOf } = question;
  const site = siteOf(program, shape, lockOf);
  for (const order of granted) site.allocator.allocate(orderFrom(order));
  const monitor = new Monitor(zoneOf(site));
  const placed = placedOf(question);
  const held = outstandingBlocks(placed.state);
  return {
    world: { calls: new Calls(site, manner), callers, monitor },
    state: {
      words: wordsOf(site),
      callers: [callerOf(calls[0], held), callerOf(calls[1], held)],
      possible: monitor.start(placed),
    },
  };
}
