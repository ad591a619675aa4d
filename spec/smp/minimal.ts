/** The smallest part of a history that has no order in which each answer is right. */
import { linearize } from './linearize.ts';
import { permissive } from './sequential.ts';
import type { Buddy } from '../buddy/state.ts';
import type { Call, Claims, History } from '../../protocol/index.ts';
import type { Sequential } from './sequential.ts';

const NO_CLAIMS: Claims = new Set();

/**
 * Returns the calls that leave together with one: a grant takes along the first free of its block that was made after it had
 * returned. One that was made before then, while the grant was under way, is that of whoever held the block before.
 */
function unitOf(history: History, call: Call): History {
  const { command, outcome } = call;
  if (command.kind !== 'allocate' || outcome.kind !== 'granted') return [call];
  const { head } = outcome;
  const { order } = command;
  const isOfIt = (one: Call['command']): boolean => one.kind === 'free' && one.head === head && one.order === order;
  const freed = history
    .filter(({ command: one, invoked }) => isOfIt(one) && invoked > call.returned)
    .toSorted((one, other) => one.invoked - other.invoked);
  return [call, ...freed.slice(0, 1)];
}

const isInert = ({ outcome }: Call): boolean => outcome.kind === 'exhausted' || outcome.kind === 'rejected';
/** A free that was carried out stays while its grant does: without it the next grant of the block would be wrong. */
const isBySelf = (call: Call): boolean => call.command.kind === 'allocate' || isInert(call);

/** Leaves out a part of a history if it is refuted without; else what can be of its later half, and then of its earlier half. */
function lessened(isRefuted: (calls: History) => boolean, history: History, part: History): History {
  const gone = new Set(part.flatMap((call) => unitOf(history, call)));
  const less = history.filter((call) => !gone.has(call));
  if (isRefuted(less)) return less;
  if (part.length === 1) return history;
  const half = part.length / 2;
  return lessened(isRefuted, lessened(isRefuted, history, part.slice(half)), part.slice(0, half));
}

/** Returns the smallest part that is found by leaving out some calls up to the first answer that no order explains. */
function refutedPart<State>(
  object: Sequential<State>,
  start: State,
  history: History,
  mayGo: (call: Call) => boolean,
): History | undefined {
  const found = linearize(object, start, history);
  if (found.kind === 'linearizable') return undefined;
  const explained = new Set(found.longest);
  const until = Math.min(...history.filter((call) => !explained.has(call)).map(({ returned }) => returned));
  const calls = history.filter(({ invoked }) => invoked <= until);
  return lessened((less) => linearize(object, start, less).kind === 'refuted', calls, calls.filter(mayGo));
}

/**
 * Returns a part of a history that has no order either, as small as it can be made; undefined if the whole has one. What is left
 * ends with the first answer that cannot be right. If it is wrong without any claim, grants go with their frees, and what stays is
 * wrong by itself. Otherwise only refusals and rejections go: a refusal may be right because of any other call.
 * @clause SMP-1
 */
export const smallestRefuted = (claims: Claims, start: Buddy, history: History): History | undefined =>
  refutedPart(permissive(NO_CLAIMS), start, history, isBySelf) ??
  refutedPart(permissive(claims), start, history, isInert);
