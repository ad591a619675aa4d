/** The steps of one caller held against the running code: every word and every answer. */

import { access, learnt } from './state.ts';
import { Calls, outcomeOf, printed, told } from './calls.ts';
import { outstandingBlocks } from '../../spec/buddy/state.ts';
import { order as orderFrom } from '../unit.ts';
import { placement, startPlaced } from '../../spec/buddy/placement.ts';
import { arenaOf } from './start.ts';
import { siteOf, wordsOf } from './site.ts';
import type { Command, Outcome } from '../../protocol/index.ts';
import type { Placed } from '../../spec/index.ts';
import type { Program } from '../front/program.ts';
import type { Site } from './site.ts';
import type { ZoneShape } from '../../src/buddy/shape.ts';

/** Returns a command that is a free every other time, if there is something to free. */
function chosen({ state }: Placed, n: number, orders: number): Command {
  const blocks = outstandingBlocks(state);
  const block = blocks[(7 * n) % Math.max(blocks.length, 1)];
  if (n % 2 === 1 && block !== undefined) return { kind: 'free', ...block };
  return { kind: 'allocate', order: orderFrom((n >> 1) % (orders - 1)) };
}

function ran({ allocator }: Site, command: Command): Outcome {
  switch (command.kind) {
    case 'allocate':
      return allocator.allocate(command.order);
    case 'free':
      return allocator.free(command.head, command.order);
    case 'hand-over':
      return allocator.handOver(command.frame);
  }
}

/** Compares some commands of one caller. Returns their number. Throws at the first difference. */
export function compareAnswers(program: Program, shape: ZoneShape, count: number): number {
  const site = siteOf(program, shape);
  const calls = new Calls(site, 'bare');
  let placed = startPlaced(shape.kernel, arenaOf(shape));
  const words = [...wordsOf(site)];
  for (let n = 0; n < count; n++) {
    const command = chosen(placed, n, shape.orders);
    let step = calls.first(0, command);
    while (step.access !== undefined) step = step.after(learnt(step.access, access(words, step.access)));
    const said =
      step.end?.kind === 'answered' ? told(outcomeOf(command, step.end.value)) : (step.end?.why ?? 'nothing');
    const must = told(ran(site, command));
    if (said !== must) throw new Error(`${printed(command)}: the answer is ${must}, and by the form ${said}`);
    const at = wordsOf(site).findIndex((word, one) => word !== words[one]);
    if (at >= 0) throw new Error(`${printed(command)}: word ${at} differs`);
    placed = placement(placed, command).next;
  }
  return count;
}
