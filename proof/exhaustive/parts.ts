/** The parts of the proof that go through every state. */
import { ALL, FEWER, bootGround, bootGrounds, bootStatesOf } from './boot/ground.ts';
import { Census } from './buddy/census.ts';
import { Explorer } from './buddy/explore.ts';
import { availableParallelism } from 'node:os';
import { MORE_SHIFTS, QUICK_SHIFTS, besides, beyondFirstWord, bootShapes, oddShapes, shifted } from './buddy/shapes.ts';
import { denyAll } from './buddy/deny.ts';
import { exploreBoot } from './boot/boot.ts';
import { exploreLists } from './buddy/lists.ts';
import { exploreOrbits } from './orbits/threads.ts';
import { grouped, must } from '../result.ts';
import { holdAll } from './buddy/hold.ts';
import { whole } from './buddy/tree.ts';
import { orbitsOf, statesOf } from '../../conformance/kinds/buddy/exhaustive/numbering.ts';
import { permitAll } from './buddy/permit.ts';
import { sourceBeside } from '../tool.ts';
import { spin } from '../spin.ts';
import { timed, transitions } from './tally.ts';
import type { BootGround } from './boot/ground.ts';
import type { Ground } from './buddy/ground.ts';
import type { Kernel } from '../../protocol/index.ts';
import type { Part } from '../result.ts';
import type { Tally } from './tally.ts';

const KERNELS = ['2.4', '2.6'] as const;
/** Steps at 16 pages: every outstanding block freed, and each order taken out of each block of the smallest that suffices. */
const STEPS_16 = 5_673_528;
const STEPS_32_ORBITS = 56_332_494;

const ground = (kernel: Kernel, of: number): Ground => ({ kernel, arena: whole(of), boot: false });

/** Explores a ground; every state of its tree must be met once by the specification and reached by the allocator. */
function explored(of: Ground): Tally {
  const census = new Census(of);
  const { states } = census.tree;
  must(census.met === states && census.twice === 0, `the specification has ${census.met} states, not ${states}`);
  const tally = new Explorer(census).explore();
  must(tally.states === states, `${tally.states} of ${states} states were reached`);
  holdAll(census);
  return tally;
}

function wholeArenas(kernel: Kernel): string {
  const sizes = [0, 1, 2, 3].map((of) => {
    const { states } = explored(ground(kernel, of));
    must(states === statesOf(of), `${states} states, but the closed form says ${statesOf(of)}`);
    return grouped(states);
  });
  const [census, drawn] = timed(() => new Census(ground(kernel, 4)));
  const tally = new Explorer(census).explore();
  must(tally.states === statesOf(4) && census.met === tally.states, `${tally.states} states, not ${statesOf(4)}`);
  must(transitions(tally) === STEPS_16, `${transitions(tally)} transitions, not ${STEPS_16}`);
  const [held, holding] = timed(() => holdAll(census));
  const rate = (transitions(tally) / tally.processor / 1e6).toFixed(1);
  return (
    `${sizes.join(', ')}, ${grouped(tally.states)} states; ${grouped(tally.frees)} frees and ${grouped(tally.grants)} grants in ` +
    `${tally.processor.toFixed(1)} s of processor time (${rate} million a second); states by the specification ${drawn.toFixed(1)} s, ` +
    `invariants on ${grouped(held)} states ${holding.toFixed(1)} s`
  );
}

/** Explores grounds that have the states of 2^of pages, and of 16 the steps too. */
function asMany(of: number, grounds: readonly Ground[]): string {
  let [processor, steps] = [0, 0];
  for (const one of grounds) {
    const census = new Census(one);
    must(census.met === statesOf(of) && census.twice === 0, `the specification has ${census.met} states`);
    must(census.outside === 0, `${census.outside} states differ in a word outside the window`);
    const tally = new Explorer(census).explore();
    must(tally.states === statesOf(of), `${tally.states} states were reached, not ${statesOf(of)}`);
    steps = transitions(tally);
    must(of !== 4 || steps === STEPS_16, `${steps} transitions, not ${STEPS_16}`);
    processor += tally.processor;
  }
  const each = `${grouped(statesOf(of))} states and ${grouped(steps)} transitions`;
  return `${grounds.length} arenas, each ${each}; steps ${processor.toFixed(1)} s of processor time`;
}

const shifts = (all: readonly number[]): readonly Ground[] =>
  all.flatMap((s) => KERNELS.map((kernel) => shifted(kernel, s)));

function denied(of: number): string {
  const all = KERNELS.map((kernel) => denyAll(ground(kernel, of)));
  const sum = (count: (one: (typeof all)[number]) => number): string =>
    grouped(all.reduce((n, one) => n + count(one), 0));
  return `${sum(({ states }) => states)} states; ${sum(({ refused }) => refused)} refusals, ${sum(({ rejected }) => rejected)} rejections`;
}

function permitted(of: number): string {
  const { states, permitted: right, refuted } = permitAll(new Census(ground('2.4', of)));
  return `${grouped(states)} states; ${grouped(right)} steps permitted, ${grouped(refuted)} grants refuted`;
}

function shapes(grounds: readonly Ground[]): string {
  let [states, steps] = [0, 0];
  for (const one of grounds) {
    const tally = explored(one);
    states += tally.states;
    steps += transitions(tally);
  }
  return `${grounds.length} arenas, ${grouped(states)} states, ${grouped(steps)} transitions`;
}

function lists(): string {
  return KERNELS.map((kernel) => {
    const { states, steps } = exploreLists(kernel, whole(3));
    must(states === 1829, `${states} states, not 1,829`);
    return `${kernel}: ${grouped(states)} states, ${grouped(steps)} steps`;
  }).join('; ');
}

async function swapped(): Promise<string> {
  const { orbits, grants, frees, reached, states } = await exploreOrbits(5, Math.min(2, availableParallelism()));
  must(orbits === orbitsOf(5) && reached === orbits, `${orbits} orbits, ${reached} reached, not ${orbitsOf(5)}`);
  must(states === BigInt(statesOf(5)), `the orbits have ${states} states, not ${statesOf(5)}`);
  must(grants + frees === STEPS_32_ORBITS, `${grants + frees} transitions, not ${STEPS_32_ORBITS}`);
  return `${grouped(orbits)} orbits of ${grouped(states)} states, ${grouped(grants + frees)} transitions`;
}

function spun(): string {
  const { stored, matched, errors, seconds } = spin(sourceBeside(import.meta.url, './spin/buddy.pml'));
  const steps = stored + matched - 2;
  must(errors === 0 && stored === statesOf(4) + 1, `${stored} states, ${errors} errors`);
  must(steps === STEPS_16, `${steps} transitions, not ${STEPS_16}`);
  return `${grouped(stored)} states with the one before its first step, ${grouped(steps)} transitions, ${seconds.toFixed(1)} s in SPIN`;
}

/** Explores nodes; the words of every state that there can be must be met. */
function booted(grounds: readonly BootGround[]): string {
  const sum = { states: 0, steps: 0, granted: 0, rejected: 0, retired: 0, beyond: 0 };
  for (const one of grounds) {
    const { beyond, images, states, steps } = exploreBoot(one);
    must(
      images === bootStatesOf(one),
      `${images} states by their words, but the closed form says ${bootStatesOf(one)}`,
    );
    sum.states += states;
    sum.steps += Object.values(steps).reduce((all, count) => all + count, 0);
    sum.granted += steps.granted;
    sum.rejected += steps.rejected;
    sum.retired += steps.retired;
    sum.beyond += beyond;
  }
  return (
    `${grounds.length} nodes, ${grouped(sum.states)} states, ${grouped(sum.steps)} steps: ${grouped(sum.granted)} grants, ` +
    `${grouped(sum.rejected)} rejections, ${grouped(sum.retired)} retirements; ${grouped(sum.beyond)} led to other offsets`
  );
}

const ONE_NODE =
  'several nodes; states whose last grant ends at an offset that is not in the list of proof/exhaustive/boot/ground.ts';

const ONE_ZONE =
  'other sizes; several callers at once; the order of lists, which is ascending but for the block that is wanted';

export const EXHAUSTIVE: readonly Part[] = [
  ...KERNELS.map((kernel): Part => ({
    claim: `${kernel}: from every state of 1, 2, 4, 8 and 16 pages, every free and every allocation does what the specification says`,
    how: 'the allocator of src put into each state, every word compared after each step',
    limits: ONE_ZONE,
    run: () => wholeArenas(kernel),
  })),
  {
    claim:
      'the first claim for 32 and for 1,024 pages, of which only blocks of order 1 and above, and of order 6 and above, are asked for; 2.4 and 2.6',
    how: 'the same, every word of the zone compared after each step: the states are as many as at 16 pages',
    limits: `${ONE_ZONE}; blocks of lower orders, which are met while the frames are handed over alone`,
    run: () => asMany(4, shifts(QUICK_SHIFTS)),
  },
  {
    claim: 'the same for 64, 128, 256 and 512 pages and orders from 2, 3, 4 and 5 on',
    how: 'the same',
    limits: 'the same',
    long: true,
    run: () => asMany(4, shifts(MORE_SHIFTS)),
  },
  {
    claim: '2.4: the same for 16 pages after 1,024 holes, so that each map bit is beyond the first word of its order',
    how: 'the same; the states are as many as at 8 pages',
    limits: 'the same',
    run: () => asMany(3, [beyondFirstWord('2.4', 3)]),
  },
  {
    claim: '2.4: the same for 32 pages after 1,024 holes',
    how: 'the same',
    limits: 'the same',
    long: true,
    run: () => asMany(4, [beyondFirstWord('2.4')]),
  },
  {
    claim: 'every refusal and every rejection is right, and changes no bit, in every state of 8 pages, 2.4 and 2.6',
    how: 'everything that must be denied, asked of the allocator of src',
    limits: 'frames and orders further than one beside the arena',
    run: () => denied(3),
  },
  {
    claim: 'the same in every state of 16 pages',
    how: 'the same',
    limits: 'the same',
    long: true,
    run: () => denied(4),
  },
  {
    claim:
      'the steps above are those of the specification: it permits them, no other grant, and goes to the same states; 8 pages',
    how: 'refute and after of spec, asked in every state',
    limits: 'nothing of src',
    run: () => permitted(3),
  },
  {
    claim: 'the same for 16 pages',
    how: 'the same',
    limits: 'the same',
    long: true,
    run: () => permitted(4),
  },
  {
    claim:
      'the first claim for arenas that are no power of two, with holes, on any base, with several top blocks, or with too many orders',
    how: 'the same, every arena of up to 10 pages in a list of forms; 16 pages with 4 and with 6 orders',
    limits: 'forms that are not in the list of proof/exhaustive/buddy/shapes.ts',
    run: () => shapes([...oddShapes(10), ...besides('2.4')]),
  },
  {
    claim: 'the same up to 14 pages',
    how: 'the same',
    limits: 'the same',
    long: true,
    run: () => shapes([...oddShapes(14), ...besides('2.4'), ...besides('2.6')]),
  },
  {
    claim: 'frames may be handed over in any order, and allocated and freed between, in arenas of up to 8 pages',
    how: 'the same, with frames that boot memory holds as part of the state',
    limits: 'the boot memory allocator itself, which is below',
    run: () => shapes(bootShapes()),
  },
  {
    claim:
      'boot memory: from every state of a node of 1 to 4 pages, every range, request and retirement does what the specification says',
    how: 'the boot memory of src put into each state, every word of it and of the zones compared after each step',
    limits: ONE_NODE,
    run: () => booted([1, 2, 3, 4].flatMap((pages) => bootGrounds(pages, ALL))),
  },
  {
    claim: 'boot memory: the same with each taken byte as part of the state, nodes of 1 to 3 pages, fewer requests',
    how: 'the same',
    limits: ONE_NODE,
    run: () => booted([1, 2, 3].flatMap((pages) => bootGrounds(pages, FEWER, 'bytes'))),
  },
  {
    claim: 'boot memory: as the first, nodes of 5 pages, and two of 6; each byte, nodes of 4 pages',
    how: 'the same',
    limits: ONE_NODE,
    long: true,
    run: () =>
      booted([
        ...bootGrounds(5, ALL),
        bootGround(0, 6, 0, ALL, 'words'),
        bootGround(3, 6, 4, ALL, 'words'),
        ...bootGrounds(4, FEWER, 'bytes'),
      ]),
  },
  {
    claim: 'boot memory: as the first, two nodes of 10 pages, ranges of whole pages and fewer requests',
    how: 'the same',
    limits: `${ONE_NODE}; other requests`,
    long: true,
    run: () => booted([bootGround(0, 10, 0, FEWER, 'words'), bootGround(3, 10, 7, FEWER, 'words')]),
  },
  {
    claim:
      'with the order of the lists as part of the state: every state of 8 pages, every command, each step as placement says',
    how: 'placement of spec and every invariant beside the allocator of src, step by step',
    limits: 'more than 8 pages',
    run: lists,
  },
  {
    claim: '2.4: the first claim for 32 pages, up to swapping buddies',
    how: 'one state of each orbit, every word compared after each step; threads',
    limits: 'states that are not the one that stands for their orbit: README.md says why they need not be looked at',
    long: true,
    run: swapped,
  },
  {
    claim: 'a model written by itself has as many states and transitions at 16 pages, and its map is right in each',
    how: 'SPIN',
    limits: 'the code: it is a model',
    run: spun,
  },
];
