/** Replays of what the buddy systems of 2.4.22 and 2.6.24 were recorded to do. */

import { expect, test } from 'vitest';
import { mutating } from '../../arbitrary/campaign.ts';
import { allocatorOver } from '../../lockstep/buddy/real.ts';
import { arenaOf } from '../../arbitrary/arena.ts';
import { bitsOf, handOverAll, listOf } from '../played.ts';
import { exactlyOne } from '../../../spec/buddy/pair.ts';
import { firstFrame, recordings, shapeOf } from './recording.ts';
import { order, pfn } from '../../../spec/unit.ts';
import { placement, startPlaced, valuesOf } from '../../../spec/index.ts';
import { regionFor } from '../../arbitrary/region.ts';
import type { Command, Kernel, Observation, Outcome } from '../../../protocol/index.ts';
import type { Placed } from '../../../spec/index.ts';
import type { RecordedState, Recording } from './recording.ts';

/** One side of a replay: the allocator, or its specification. */
interface Side {
  answer(command: Command): Outcome;
  state(): RecordedState;
}

function allocatorSide(kernel: Kernel, recording: Recording): Side {
  const shape = shapeOf(kernel, recording);
  const allocator = allocatorOver(shape, regionFor(shape));
  handOverAll(allocator, shape);
  const seen: Observation = allocator.observe();
  const bits = (): readonly string[] => seen.maps.map((_, at) => bitsOf(seen, at));
  return {
    answer: (command) => (command.kind === 'free' ? allocator.free(command.head, command.order) : allocate(command)),
    state: () => ({
      free: seen.freeCount,
      lists: Array.from({ length: recording.orders }, (_, at) => listOf(seen, at)),
      ...(kernel === '2.4' ? { bits: bits() } : {}),
    }),
  };

  function allocate(command: Command): Outcome {
    return command.kind === 'allocate' ? allocator.allocate(command.order) : { kind: 'done' };
  }
}

function specificationSide(kernel: Kernel, recording: Recording): Side {
  let placed: Placed = startPlaced(kernel, arenaOf(shapeOf(kernel, recording)));
  const bits = (): readonly string[] =>
    placed.state.pairs.slice(0, -1).map((row) =>
      valuesOf(row)
        .map((pair) => (exactlyOne(pair) ? '1' : '0'))
        .join(''),
    );
  return {
    answer: (command) => {
      const { outcome, next } = placement(placed, command);
      placed = next;
      return outcome;
    },
    state: () => ({
      free: placed.lists.reduce((sum, list, at) => sum + list.length * 2 ** at, 0),
      lists: placed.lists,
      ...(kernel === '2.4' ? { bits: bits() } : {}),
    }),
  };
}

function commandOf(text: string, first: number): Command {
  const [word, one, two] = text.split(' ');
  if (word === 'alloc') return { kind: 'allocate', order: order(Number(one)) };
  if (word === 'free') return { kind: 'free', head: pfn(first + Number(one)), order: order(Number(two)) };
  throw new Error(`'${text}' is no command`);
}

/** An outcome as it is recorded. */
function recorded(outcome: Outcome, first: number): number | string {
  if (outcome.kind === 'granted') return outcome.head - first;
  if (outcome.kind === 'exhausted') return -1;
  return outcome.kind === 'done' ? 'ok' : outcome.misuse;
}

/** Compared as text: 40,000 states, and each is a few short lists. */
function sameState(state: RecordedState, expected: RecordedState, first: number): boolean {
  const text = ({ free, lists, bits }: RecordedState, from: number): string =>
    `${free} ${lists.map((list) => list.map((frame) => frame - from).join(',')).join(';')} ${(bits ?? []).join(';')}`;
  return text(state, first) === text(expected, 0);
}

/** Under Stryker each twelfth case is enough to kill what any of them kills. */
const NTH = mutating ? 12 : 1;

/** Replays every recorded step; counts them. */
function replay(
  kernel: Kernel,
  sideOf: (kernel: Kernel, recording: Recording) => Side,
): [cases: number, steps: number] {
  let steps = 0;
  const cases = recordings(kernel, NTH);
  for (const [number, recording] of cases.entries()) {
    const side = sideOf(kernel, recording);
    const first = firstFrame(kernel, recording);
    if (!sameState(side.state(), recording.start, first))
      expect(side.state(), `case ${number}`).toEqual(recording.start);
    for (const [text, answer, state] of recording.steps) {
      const place = `case ${number}, step ${steps}: ${text}`;
      const given = recorded(side.answer(commandOf(text, first)), first);
      if (given !== answer) expect(given, place).toBe(answer);
      if (state !== undefined && !sameState(side.state(), state, first)) expect(side.state(), place).toEqual(state);
      steps++;
    }
  }
  return [cases.length, steps];
}

test('PLACE-1, PLACE-2, PLACE-4, MAP-2, COUNT-1 · 2.4 does in every recorded step what the kernel did', () => {
  expect(replay('2.4', allocatorSide)).toEqual(mutating ? [20, expect.any(Number)] : [240, 31_690]);
});

test('PLACE-1, PLACE-2, PLACE-4, PLACE-5, PAIR-4 · so does its specification', () => {
  expect(replay('2.4', specificationSide)).toEqual(mutating ? [20, expect.any(Number)] : [240, 31_690]);
});

test('PLACE-1, PLACE-3, PLACE-4, COUNT-1 · 2.6 does in every recorded step what the kernel did', () => {
  expect(replay('2.6', allocatorSide)).toEqual(mutating ? [20, expect.any(Number)] : [240, 30_249]);
});

test('PLACE-1, PLACE-3, PLACE-4, PLACE-5, PAIR-4 · so does its specification', () => {
  expect(replay('2.6', specificationSide)).toEqual(mutating ? [20, expect.any(Number)] : [240, 30_249]);
});
