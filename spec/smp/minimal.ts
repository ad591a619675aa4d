/** The smallest part of a history that has no order in which each answer is right. */
import { linearize } from './linearize.ts';
import { permissive } from './sequential.ts';
import type { Buddy } from '../buddy/state.ts';
import type { Call, Claims, History } from '../../protocol/index.ts';
import type { Sequential } from './sequential.ts';

const NO_CLAIMS: Claims = new Set();

/** Returns the calls up to the first answer that cannot be right; undefined if there is an order for all. */
function firstRefuted<State>(object: Sequential<State>, start: State, history: History): History | undefined {
  const isRefuted = (until: number): boolean => linearize(object, start, history, until).kind === 'refuted';
  if (!isRefuted(Infinity)) return undefined;
  const ends = history.map(({ returned }) => returned).toSorted((one, other) => one - other);
  let [least, most] = [0, ends.length - 1];
  for (let halvings = 0; halvings <= Math.ceil(Math.log2(ends.length)); halvings++) {
    const middle = (least + most) >> 1;
    if (isRefuted(ends[middle] ?? 0)) most = middle;
    else least = Math.min(middle + 1, most);
  }
  const until = ends[most] ?? 0;
  return history.filter(({ invoked }) => invoked <= until);
}

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

/** Leaves out what can be left out, half of it at a time, then a quarter, down to one call and the free that goes with it. */
function lessened<State>(
  object: Sequential<State>,
  start: State,
  history: History,
  mayGo: (call: Call) => boolean,
): History {
  let rest = history;
  for (let size = 2 ** Math.ceil(Math.log2(history.length + 1)); size >= 1; size /= 2) {
    for (let from = Math.floor(history.length / size) * size; from >= 0; from -= size) {
      const going = rest.slice(from, from + size).filter(mayGo);
      const gone = new Set(going.flatMap((call) => unitOf(rest, call)));
      const less = rest.filter((call) => !gone.has(call));
      if (gone.size > 0 && linearize(object, start, less).kind === 'refuted') rest = less;
    }
  }
  return rest;
}

/**
 * Returns a part of a history that has no order either, as small as it can be made; undefined if the whole has one. What is left
 * ends with the first answer that cannot be right. If it is wrong without any claim, grants go with their frees, and what stays is
 * wrong by itself. Otherwise only refusals and rejections go: a refusal may be right because of any other call.
 * @clause SMP-1
 */
export function smallestRefuted(claims: Claims, start: Buddy, history: History): History | undefined {
  const plain = permissive(NO_CLAIMS);
  const wrong = firstRefuted(plain, start, history);
  if (wrong !== undefined) return lessened(plain, start, wrong, isBySelf);
  const object = permissive(claims);
  const claimed = firstRefuted(object, start, history);
  return claimed === undefined ? undefined : lessened(object, start, claimed, isInert);
}
