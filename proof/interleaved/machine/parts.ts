/** The parts of the proof about machines: every interleaving of two callers of a machine's zones, and faults of its locks. */

import { ASKS, MACHINE_FAULTS, RACE, SMALL, scheduleOfMachine } from './faults.ts';
import { explore, sumOf } from '../explore.ts';
import { foundBy } from '../shortest.ts';
import { grouped, must } from '../../result.ts';
import { startOfMachine } from './start.ts';
import type { MachineQuestion } from './start.ts';
import type { Part } from '../../result.ts';

type Ground = Pick<MachineQuestion, 'calls' | 'callers' | 'asks' | 'granted'>;

const { cannotWait, isExempt, ofDma, waits, waitsForPair } = ASKS;
const PROCESSORS = { callers: 'two processors', calls: [1, 1] } as const;
const HANDLER = { callers: 'a processor and its handler', calls: [2, 2] } as const;

/** One call each: of every request, from machines in which more and more is granted. */
export const QUICK: readonly Ground[] = [
  { ...PROCESSORS, asks: [cannotWait, waits, ofDma, isExempt], granted: [] },
  { ...PROCESSORS, asks: [cannotWait, waits, waitsForPair], granted: [cannotWait] },
  { ...PROCESSORS, asks: [cannotWait, waits, isExempt], granted: [cannotWait, cannotWait] },
  { ...PROCESSORS, asks: [waits, isExempt], granted: [isExempt, isExempt, isExempt, isExempt] },
  { ...HANDLER, asks: [cannotWait, waits, ofDma, isExempt], granted: [cannotWait] },
];

/** Two calls of each of two processors. */
const LONG: readonly Ground[] = [{ ...PROCESSORS, calls: [2, 2], asks: [cannotWait, waits], granted: [cannotWait] }];

/** Explores some grounds. Returns what was gone through. */
function explored(grounds: readonly Ground[]): string {
  const tallies = grounds.map((ground) => explore(startOfMachine({ machine: SMALL, ...ground })));
  const { interleavings, quiet, steps } = sumOf(tallies);
  return (
    `${grounds.length} starts, ${grouped(interleavings)} interleavings, ${grouped(steps)} steps, ` +
    `${grouped(quiet)} machines compared between calls`
  );
}

/** Shows that the steps are needed. */
function raced(): string {
  const { schedule } = scheduleOfMachine(RACE);
  must(schedule?.wrong.kind === 'answer', `held to a machine at once: ${schedule?.wrong.what ?? 'nothing goes wrong'}`);
  return `${schedule?.steps.length ?? 0} steps: both processors find the count above the mark before either takes a page`;
}

const HOW =
  '__alloc_pages, rmqueue and __free_pages of src, read by front/, one access to a shared word at a time; spec/machine/run/in-steps.ts says what answers, and which machine, the steps of both calls can come to (SMP-6)';
const LIMITS =
  'other requests and starts than those of the list; get_page and hand-over; more callers, calls, nodes or pages; reclaim that frees something, and kswapd; round-robin; memory that processors see in different orders';

const part = (claim: string, grounds: readonly Ground[]): Part => ({
  claim,
  how: HOW,
  limits: LIMITS,
  run: () => explored(grounds),
});

export const INTERLEAVED_MACHINE: readonly Part[] = [
  part(
    'a machine of two zones with locks, watermarks read outside them: whichever of these requests, or a free, two processors each make, or two a processor and its handler, the answers and the machine are those of an order of their steps',
    QUICK,
  ),
  { ...part('a machine of two zones with locks: the same with two calls of each of two processors', LONG), long: true },
  {
    claim: 'held to a machine whose requests take effect at once, the code is wrong: the steps are needed',
    how: HOW,
    limits: 'one schedule',
    run: raced,
  },
  {
    claim: "every fault of a machine's locks in a list is found",
    how: 'the code of src with a text changed; the shortest schedule that goes wrong',
    limits: 'faults that are not in the list of proof/interleaved/machine/faults.ts',
    run: () => MACHINE_FAULTS.map((fault) => foundBy(fault, scheduleOfMachine(fault).schedule)).join('; '),
  },
];
