/** Both sides of the lockstep of one zone: asked the same, compared completely after each command. */
import { orderFor } from '../../../spec/arithmetic.ts';
import { placement } from '../../../spec/index.ts';
import { isUntouchedAround } from '../../arbitrary/region.ts';
import { Model } from './model.ts';
import { Real } from './real.ts';
import { order } from '../../../spec/unit.ts';
import type { Command, Outcome } from '../../../protocol/index.ts';
import type { Coverage } from './coverage.ts';
import type { Create } from './real.ts';
import type { Touched } from '../../../conformance/kinds/buddy/compare/zone-words.ts';
import type { Surroundings } from '../../arbitrary/region.ts';
import type { ZoneShape } from '../../../src/index.ts';

/** A zone, how much of it waits to be handed over, and what lies around its region. */
export interface Start {
  readonly shape: ZoneShape;
  /** Of every hundred frames. */
  readonly waiting: number;
  readonly around: Surroundings;
}

function isSame(a: Outcome, b: Outcome): boolean {
  if (a.kind === 'granted') return b.kind === 'granted' && a.head === b.head;
  if (a.kind === 'rejected') return b.kind === 'rejected' && a.misuse === b.misuse && a.clause === b.clause;
  return a.kind === b.kind;
}

const said = (outcome: Outcome): string => Object.values(outcome).join(' ');

/** After this many commands, and at the end, what no observation shows is compared too. */
const HIDDEN_EVERY = 64;
/** After this many commands, and at the end, the maps' bits are recorded as covered. */
const MAPS_EVERY = 8;

/** Asks both sides the same, and stops at the first thing that differs. `pages` is what an allocation was asked for in. */
export function ask(model: Model, real: Real, command: Command, pages?: number): void {
  model.write(pages ?? command);
  const { outcome, next } = placement(model.placed, command);
  const still = outcome.kind === 'exhausted' || outcome.kind === 'rejected';
  if (still) real.remember();
  const answer = answerOf(model, real, command, pages);
  if (!isSame(outcome, answer)) stop(model, `it was answered ${said(answer)}, but ${said(outcome)} is right`);
  model.take(command, outcome, next);
  const { seen } = model;
  look(model, real, seen.commands % HIDDEN_EVERY === 0 ? 'all' : touchedBy(command, outcome));
  if (still && real.hasChanged()) stop(model, `STEP-2 refuted: it was ${outcome.kind}, but the region has changed`);
  if (seen.commands % MAPS_EVERY === 0) seen.sawMaps(real.observation);
  if (seen.commands % HIDDEN_EVERY === 0) lookInside(model, real);
}

function answerOf(model: Model, real: Real, command: Command, pages: number | undefined): Outcome {
  try {
    return pages === undefined ? real.answer(command) : real.allocator.allocatePages(pages);
  } catch (error) {
    throw new Error(`it threw: ${String(error)}\n${model.script()}`, { cause: error });
  }
}

/** A request in pages: the allocator rounds it up itself. */
export function askPages(model: Model, real: Real, pages: number): void {
  model.seen.saw('request in pages');
  ask(model, real, { kind: 'allocate', order: orderFor(pages) }, pages);
}

function touchedBy(command: Command, outcome: Outcome): Touched {
  if (command.kind === 'allocate') {
    return outcome.kind === 'granted' ? { head: outcome.head, order: command.order } : 'nothing';
  }
  if (outcome.kind !== 'done') return 'nothing';
  return command.kind === 'free' ? command : { head: command.frame, order: order(0) };
}

function look(model: Model, real: Real, touched: Touched): void {
  const difference = real.refute(model.placed, touched);
  if (difference === undefined) return;
  const { clause, place, facts } = difference;
  stop(model, `${clause} refuted at ${place}: ${facts[0]}, but ${facts[1]}`);
}

function lookInside(model: Model, real: Real): void {
  const hidden = real.refuteHidden(model.placed);
  if (hidden !== undefined) stop(model, hidden);
}

function stop(model: Model, what: string): never {
  throw new Error(`${what}\n${model.script()}`);
}

/** Returns both sides as they start: the model's frames are handed over to the allocator one by one, ascending. */
export function both({ shape, waiting, around }: Start, seen: Coverage, create?: Create): { model: Model; real: Real } {
  const model = new Model(shape, waiting, seen);
  const real = new Real(shape, around, create);
  for (const frame of model.ready) {
    const outcome = answerOf(model, real, { kind: 'hand-over', frame }, undefined);
    if (outcome.kind !== 'done') stop(model, `HAND-1 refuted: frame ${frame} was answered ${said(outcome)}`);
  }
  look(model, real, 'all');
  return { model, real };
}

/** Empties the arena: every block freed, every frame handed over. */
export function empty(model: Model, real: Real): void {
  while (model.live[0] !== undefined) ask(model, real, { kind: 'free', ...model.live[0] });
  while (model.waiting[0] !== undefined) ask(model, real, { kind: 'hand-over', frame: model.waiting[0] });
}

/** Checks what must hold at the end of a run. */
export function finish(model: Model, real: Real): void {
  lookInside(model, real);
  model.seen.sawMaps(real.observation);
  if (!isUntouchedAround(model.shape, real.region)) stop(model, 'STEP-2 refuted: bytes around the region have changed');
}
