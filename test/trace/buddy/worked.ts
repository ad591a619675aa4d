/** Plays worked traces on any allocator, up to the first deviation. */

import { answerOf, handOverAll, pictureOf } from '../played.ts';
import { order, pfn } from '../../../spec/unit.ts';
import { plainShape } from '../../arbitrary/arena.ts';
import { regionFor } from '../../arbitrary/region.ts';
import { WORKED } from './worked-traces.ts';
import type { Create, Playable } from '../played.ts';
import type { Step, Trace } from './worked-traces.ts';

/** Where an allocator first does something else than a trace says. */
export interface Deviation {
  readonly trace: string;
  readonly step: number;
  readonly observed: string;
  readonly expected: string;
}

/** Carries out `a ORDER` or `f FRAME ORDER`; any other word is no command. */
function carryOut(allocator: Playable, command: string): string {
  const [word, first, second] = command.split(' ');
  if (word === 'a') return answerOf(allocator.allocate(order(Number(first))));
  if (word === 'f') return answerOf(allocator.free(pfn(Number(first)), order(Number(second))));
  throw new Error(`'${command}' is no command`);
}

/** Returns the first difference from a step of a trace, if any. The first step of a trace has no command. */
function deviation(allocator: Playable, [command, answer, free, picture]: Step): [string, string] | undefined {
  if (command !== '') {
    const observed = carryOut(allocator, command);
    if (observed !== answer) return [`${command} is answered ${observed}`, `${command} must be answered ${answer}`];
  }
  const seen = allocator.observe();
  if (free !== undefined && seen.freeCount !== free) return [`${seen.freeCount} free frames`, `${free} free frames`];
  if (picture === undefined || pictureOf(seen) === picture) return undefined;
  return [pictureOf(seen), picture];
}

function play(create: Create, trace: Trace): Deviation | undefined {
  const at = (step: number, observed: string, expected: string): Deviation => ({
    trace: trace.name,
    step,
    observed,
    expected,
  });
  const shape = plainShape(trace.kernel, trace.pages, trace.orders, trace.base);
  const created = create(shape, regionFor(shape));
  if (created.kind === 'rejected') return at(0, created.why, 'a zone');
  handOverAll(created.allocator, shape);
  for (const [number, step] of trace.steps.entries()) {
    const deviating = deviation(created.allocator, step);
    if (deviating !== undefined) return at(number, ...deviating);
  }
  return undefined;
}

/** Plays every worked trace on allocators of this make; the first deviation, or undefined. What is thrown is a deviation. */
export function playTraces(create: Create): Deviation | undefined {
  for (const trace of WORKED) {
    try {
      const found = play(create, trace);
      if (found !== undefined) return found;
    } catch (error) {
      return { trace: trace.name, step: -1, observed: String(error), expected: 'an answer to everything' };
    }
  }
  return undefined;
}
