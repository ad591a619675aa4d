/** A state of two callers of one zone, and the steps that may come next. */

import { outcomeOf, printed, told } from './calls.ts';
import type { Access } from './run/access.ts';
import type { Answer, Callable } from './calls.ts';
import type { Asked, End, Step } from './steps.ts';
import type { Block } from '../../protocol/index.ts';
import type { Held, Possible } from './monitor.ts';

/** Who the two callers are: processors of their own, or one processor and the handler of its interrupt. */
export type Callers = 'two processors' | 'a processor and its handler';

/** One caller: how many calls it may still make, where in a call it is, whether it sleeps, and the blocks that it may free. */
export interface Caller {
  readonly left: number;
  readonly step: Step | undefined;
  readonly command: Asked | undefined;
  readonly asleep: boolean;
  readonly held: readonly Block[];
}

export interface State {
  readonly words: readonly number[];
  readonly callers: readonly [Caller, Caller];
  readonly possible: Possible;
}

/** What may come next: a step of a caller. If there is a command, it is the first of which one knows that it is of this call. */
export interface Move {
  readonly caller: 0 | 1;
  readonly command: Asked | undefined;
}

/** Why a state or a step is wrong. */
export interface Wrong {
  readonly kind: 'bug' | 'answer' | 'zone' | 'deadlock';
  readonly what: string;
}

/** A step that was taken: what it did, what it found there, and how the call ended if it did. */
export interface Taken {
  readonly caller: 0 | 1;
  readonly begins: Asked | undefined;
  readonly access: Access;
  readonly found: number;
  readonly slept: boolean;
  readonly answer: string | undefined;
}

/** Where a move leads. */
export type Moved =
  | { readonly kind: 'state'; readonly state: State; readonly taken: Taken }
  | { readonly kind: 'wrong'; readonly wrong: Wrong; readonly taken: Taken };

/** Two callers, what they can do, and what they are held to. */
export interface World {
  readonly calls: Callable;
  readonly callers: Callers;
  readonly monitor: Held;
  /** Set if callers choose late: the step with which a processor begins a call that may be any of these. */
  readonly beginAny?: (processor: number, commands: readonly Asked[]) => Step;
}

/** Returns the processor that a caller runs on. */
export const processorOf = ({ callers }: World, caller: 0 | 1): number => (callers === 'two processors' ? caller : 0);

const isBetween = ({ step }: Caller): boolean => step === undefined;

const NO_COMMANDS: readonly Asked[] = [];
/** By the blocks that a caller may free: what it may begin. */
const BEGINNINGS = new WeakMap<readonly Block[], readonly Asked[]>();

/** Returns what a caller may begin, worked out once for the same blocks. */
function commandsOf({ calls }: World, { left, held }: Caller): readonly Asked[] {
  if (left === 0) return NO_COMMANDS;
  const known = BEGINNINGS.get(held);
  if (known !== undefined) return known;
  const commands = calls.beginnings(held);
  BEGINNINGS.set(held, commands);
  return commands;
}

/** Reports whether a caller can go on at all: a handler keeps its processor until it ends, and begins only with interrupts on. */
function mayRun(world: World, { words, callers }: State, caller: 0 | 1): boolean {
  if (callers[caller].asleep) return false;
  if (world.callers === 'two processors') return true;
  if (caller === 0) return isBetween(callers[1]);
  return !isBetween(callers[1]) || words[world.calls.site.interrupts[0] ?? 0] === 1;
}

const GOES_ON: readonly [Move, Move] = [
  { caller: 0, command: undefined },
  { caller: 1, command: undefined },
];

/** Returns where a caller is; between calls the beginning of the next, unless that is chosen at once. */
function hereOf(world: World, { callers }: State, caller: 0 | 1): Step | undefined {
  const { left, step } = callers[caller];
  if (step !== undefined || left === 0 || world.beginAny === undefined) return step;
  return world.beginAny(processorOf(world, caller), commandsOf(world, callers[caller]));
}

/** Returns all that may come next. */
export function movesOf(world: World, state: State): readonly Move[] {
  const moves: Move[] = [];
  for (const caller of [0, 1] as const) {
    if (!mayRun(world, state, caller)) continue;
    const here = hereOf(world, state, caller);
    if (here === undefined) {
      for (const command of commandsOf(world, state.callers[caller])) moves.push({ caller, command });
    } else if (here.choices.length === 0) moves.push(GOES_ON[caller]);
    else for (const { command } of here.choices) moves.push({ caller, command });
  }
  return moves;
}

/** Returns the step that a move takes. */
export function stepOf(world: World, state: State, { caller, command }: Move): Step {
  const here = hereOf(world, state, caller);
  if (command === undefined) {
    if (here === undefined) throw new Error('a caller without a call does not go on');
    return here;
  }
  const chosen = here?.choices.find((choice) => choice.command === command);
  return chosen?.step ?? world.calls.first(processorOf(world, caller), command);
}

/** Returns the calls that a caller may still make after a step: the first of a call is that of one of them. */
export const leftAfter = ({ left, step }: Caller): number => (step === undefined ? left - 1 : left);

/** Carries out an access. Returns what the word held. */
export function access(words: number[], one: Access): number {
  const found = words[one.word] ?? 0;
  if (one.kind === 'write') words[one.word] = one.value;
  else if (one.kind === 'add') words[one.word] = found + one.value;
  return found;
}

/** Returns what the code learns by an access: what it read, or nothing. */
export const learnt = ({ kind }: Access, found: number): number => (kind === 'read' || kind === 'add' ? found : 0);

const sorted = (held: readonly Block[]): readonly Block[] =>
  held.toSorted((one, other) => one.head - other.head || one.order - other.order);

/** Returns the blocks that a caller may free after its call was answered. */
function heldAfter(held: readonly Block[], command: Asked, answer: Answer): readonly Block[] {
  if ('order' in command && answer.kind === 'granted') {
    return sorted([...held, { head: answer.head, order: command.order }]);
  }
  if (command.kind !== 'free' && command.kind !== 'free-pages') return held;
  return held.filter(({ head, order }) => head !== command.head || order !== command.order);
}

/** Returns the state in which one caller is another than before; what it did may have woken the other. */
function withCaller(
  state: State,
  words: readonly number[],
  next: Move,
  mine: Caller,
  by: Access,
  possible: Possible,
): State {
  const other = wokenBy(by, state.callers[next.caller === 0 ? 1 : 0]);
  return { words, callers: next.caller === 0 ? [mine, other] : [other, mine], possible };
}

/** Takes one step. */
export function move(world: World, state: State, next: Move): Moved {
  const { caller, command } = next;
  const step = stepOf(world, state, next);
  const one = state.callers[caller];
  const by = step.access;
  const asked = command ?? one.command;
  if (by === undefined) throw new Error('a call that has ended does not go on');
  const words = state.words.slice();
  const found = access(words, by);
  const slept = by.kind === 'sleep' && found === by.value;
  const begun = command === undefined ? state.possible : world.monitor.begin(state.possible, caller, command);
  const taken: Taken = { caller, begins: command, access: by, found, slept, answer: undefined };
  const after = slept ? step : step.after(learnt(by, found));
  if (after.end !== undefined) return ended(world, { ...state, words, possible: begun }, next, asked, taken, after.end);
  const mine: Caller = { left: leftAfter(one), step: after, command: asked, asleep: slept, held: one.held };
  return { kind: 'state', state: withCaller(state, words, next, mine, by, begun), taken };
}

/** Ends a call: holds its answer to the specification. */
function ended(world: World, state: State, next: Move, asked: Asked | undefined, taken: Taken, end: End): Moved {
  if (end.kind === 'stopped') {
    const { file, line } = end.at;
    return { kind: 'wrong', wrong: { kind: 'bug', what: `bug: ${end.why} (${file}:${line})` }, taken };
  }
  if (asked === undefined) throw new Error('a call is answered before it is chosen');
  const outcome = outcomeOf(asked, end.value);
  const answer = told(outcome);
  const possible = world.monitor.end(state.possible, next.caller, answer);
  if (possible === undefined) {
    const what = `${printed(asked)} was answered '${answer}', and in no order of the calls it is`;
    return { kind: 'wrong', wrong: { kind: 'answer', what }, taken: { ...taken, answer } };
  }
  const one = state.callers[next.caller];
  const held = heldAfter(one.held, asked, outcome);
  const mine: Caller = { left: leftAfter(one), step: undefined, command: undefined, asleep: false, held };
  const after = withCaller(state, state.words, next, mine, taken.access, possible);
  return { kind: 'state', state: after, taken: { ...taken, answer } };
}

/** Returns a caller after a step of the other: a wake ends its sleep. */
function wokenBy(by: Access, caller: Caller): Caller {
  const { step } = caller;
  if (!caller.asleep || by.kind !== 'wake' || step?.access?.word !== by.word) return caller;
  return { ...caller, asleep: false, step: step.after(0) };
}

/** Returns a text that two states share if and only if they go on alike. */
export function keyOf({ words, callers, possible }: State): string {
  const parts = callers.map(
    ({ left, step, asleep, held }) =>
      `${left},${step?.id ?? ''}${asleep ? 's' : ''},${held.map(({ head, order }) => `${head}.${order}`).join('')}`,
  );
  return `${words.join()};${parts.join(';')};${possible.id}`;
}

/** Reports whether no caller is in a call. */
export const isQuiet = ({ callers }: State): boolean => callers.every(isBetween);

/** Compares the zone with the specification's, completely, while no caller is in a call: one of the orders must have led to it. */
export function wrongZone({ monitor }: World, { words, possible }: State): Wrong | undefined {
  const first = monitor.wrong(possible, words);
  if (first === undefined) return undefined;
  const facts = `${first.clause} at ${first.place}: ${first.facts.join(', but ')}`;
  return { kind: 'zone', what: `the zone is as no order leaves it: ${facts}` };
}
