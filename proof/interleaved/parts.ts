/** The parts of the proof about several callers: every interleaving with the lock, and what goes wrong without it. */
import { FAULTS, WITHOUT, scheduleOf } from './faults.ts';
import { Program } from '../front/program.ts';
import { compareCounts, compareShortest } from './spin/model.ts';
import { explore, sumOf } from './explore.ts';
import { foundBy } from './shortest.ts';
import { grouped } from '../result.ts';
import { heldAgainstWhole } from './reduction/seen.ts';
import { shapeOf } from './site.ts';
import { startOf } from './start.ts';
import type { Callers } from './state.ts';
import type { Kernel } from '../../protocol/index.ts';
import type { LockFault } from './faults.ts';
import type { Part } from '../result.ts';
import type { Question } from './start.ts';

const KERNELS = ['2.4', '2.6'] as const;

/** How many pages there are, how many calls each caller makes, and the orders of what is outstanding before. */
interface Ground {
  readonly pages: number;
  readonly calls: number;
  readonly granted: readonly number[];
}

/** Returns the questions of some grounds. */
function questionsOf(kernel: Kernel, callers: Callers, grounds: readonly Ground[]): readonly Question[] {
  const program = new Program();
  return grounds.map(({ pages, calls, granted }) => {
    const shape = shapeOf(kernel, pages);
    return { program, shape, manner: 'locked', callers, calls: [calls, calls], granted };
  });
}

/** Explores some grounds. Returns what was gone through. */
function locked(kernel: Kernel, callers: Callers, grounds: readonly Ground[]): string {
  const tallies = questionsOf(kernel, callers, grounds).map((question) => explore(startOf(question)));
  const sum = sumOf(tallies);
  return (
    `${grounds.length} starts, ${grouped(sum.interleavings)} interleavings, ${grouped(sum.branchings)} states in which they part, ` +
    `${grouped(sum.steps)} steps, ${grouped(sum.quiet)} zones compared between calls`
  );
}

/** Finds each fault by its shortest schedule. */
const found = (faults: readonly LockFault[]): string =>
  faults.map((fault) => foundBy(fault, scheduleOf(fault).schedule)).join('; ');

const CLAIM =
  'every call is answered as in some order of the calls, by the very block that Linux gives, and leaves that zone';
const HOW =
  'the functions of src/smp and src/buddy, read by front/, one access to a shared word at a time; steps whose order nobody can see are taken in one order, and callers choose what they ask where calls part; the zone is compared completely between calls';
const LIMITS =
  'more callers, calls or pages; several interrupts nested in one another; hand-overs; memory that processors see in different orders';

const ground = (pages: number, calls: number, ...granted: readonly number[]): Ground => ({ pages, calls, granted });

/** No call has been made before, or some blocks are outstanding, which either caller may free. */
const QUICK: readonly Ground[] = [
  ground(4, 2),
  ground(8, 2),
  ground(4, 1, 0, 1),
  ground(4, 1, 0, 0, 0, 0),
  ground(8, 1, 0, 0, 0),
];
const INTERRUPTED: readonly Ground[] = [ground(4, 3), ground(4, 3, 0, 0), ground(4, 3, 0, 1), ground(8, 3)];
const LONG: readonly Ground[] = [
  ground(4, 3),
  ground(4, 2, 0, 0),
  ground(4, 2, 0, 1),
  ground(4, 2, 0, 0, 0, 0),
  ground(8, 2, 0, 0, 0),
];

/** On 8 pages no call has been made before: the other states are those that three calls of each lead to. */
const LONGEST: readonly Ground[] = [ground(8, 3)];

const UNSEEN =
  'blocks that are outstanding before; that the reduction leaves nothing else out is argued in reduction/independent.ts, and seen with two calls each';

/** Where the search that leaves steps out is held against the one that leaves none out. */
const SMALL: readonly Ground[] = [ground(4, 2), ground(8, 2)];

/** Returns a part for each kernel. */
const parts = (what: string, callers: Callers, grounds: readonly Ground[]): readonly Part[] =>
  KERNELS.map((kernel) => ({
    claim: `${kernel}, ${what}`,
    how: HOW,
    limits: LIMITS,
    run: () => locked(kernel, callers, grounds),
  }));

/** Compares the explorer with SPIN. */
function modelled(): string {
  return [
    compareCounts('two processors', 1),
    ...[1, 2].map((each) => compareCounts('a processor and its handler', each)),
    compareShortest(),
  ].join('; ');
}

const MODELLED = {
  how: 'a model for SPIN in proof/interleaved/spin, written by hand; both go through all states, no step left out; the shortest schedule is searched by both',
  limits: '2.4, 4 pages; the reduction',
} as const;

export const INTERLEAVED: readonly Part[] = [
  ...parts(
    `two processors and the lock: whatever two calls each makes on 4 and 8 pages, ${CLAIM}; one call each from more starts`,
    'two processors',
    QUICK,
  ),
  ...parts(
    'a processor and the handler of its interrupt: the same with three calls each, on 4 and 8 pages',
    'a processor and its handler',
    INTERRUPTED,
  ),
  ...parts(
    'two processors: the same with three calls each on 4 pages, and two calls each from more starts',
    'two processors',
    LONG,
  ).map((part): Part => ({ ...part, long: true })),
  ...parts(
    'two processors: the same with three calls each on 8 pages, from a zone that is wholly free',
    'two processors',
    LONGEST,
  ).map((part): Part => ({ ...part, limits: `${part.limits}; ${UNSEEN}`, long: true })),
  ...KERNELS.map((kernel): Part => ({
    claim: `${kernel}, two processors: leaving out what only differs in an order that nobody can see leaves out nothing else`,
    how: 'two calls each on 4 and 8 pages, by the search with the reduction and by one that takes every step in every state and chooses at once: each call learns the same of words, each zone between calls is the same, nothing goes wrong in one alone; test/proof/interleaved/reduction.test.ts compares what is wrong for each fault, too',
    limits: 'three calls; that the same calls are seen together',
    long: true,
    run: () => questionsOf(kernel, 'two processors', SMALL).map(heldAgainstWhole).join('; '),
  })),
  {
    claim: 'without the lock, and with interrupts left on, it goes wrong: an answer is wrong, or nobody can go on',
    how: 'the same code, all schedules in the order of their length, none left out; the shortest of each is drawn in proof/interleaved/README.md',
    limits: 'one call of each caller, on 4 pages',
    run: () => found(WITHOUT),
  },
  {
    claim: 'every fault of the lock in a list is found',
    how: 'the code of src with a text changed; the shortest schedule that goes wrong',
    limits: 'faults that are not in the list of proof/interleaved/faults.ts',
    run: () => found(FAULTS),
  },
  {
    claim: 'of a model under SPIN: it has as many states and steps, and goes wrong after as many',
    ...MODELLED,
    run: modelled,
  },
  {
    claim: 'the same with two calls of each of two processors',
    ...MODELLED,
    long: true,
    run: () => compareCounts('two processors', 2),
  },
];
