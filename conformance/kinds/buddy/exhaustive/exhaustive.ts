import { Budget } from '../../../judge/budget.ts';
import { Coverage, freesOf, statesOf } from './explored.ts';
import { Plan } from './tour.ts';
import { Runner } from '../../../judge/runner.ts';
import { Sightings } from '../coverage.ts';
import { claimsOf, conclude, optionsOf, unusable } from '../../../judge/judge.ts';
import { confirm } from '../../../judge/reproduce.ts';
import { pfn } from '../../../unit.ts';
import type { Case } from '../case.ts';
import type { Judgement, Options, Search, Start } from '../../../judge/judge.ts';

/** How much of all that there is a run saw. */
export interface Exhausted {
  readonly states: number;
  readonly ofStates: number;
  readonly frees: number;
  readonly ofFrees: number;
}

/** Sizes of arenas of which every state can be built. */
export const EXHAUSTIBLE: readonly number[] = [1, 2, 4, 8, 16];

/** States in a case: so many that opening an arena costs little, so few that what is found is found again fast. */
const STATES = 200;
const GRAIN = 500;
/** How often the states that were not met are tried again: an allocator may take another half than it did. */
const ROUNDS = 4;

/** States that are still to be met, cut into cases. */
function* rounds(coverage: Coverage): Generator<readonly number[]> {
  const states = statesOf(coverage.top);
  for (let round = 0; round < ROUNDS && coverage.states < states; round++) {
    // What is split furthest comes first: it shows which half of each block is granted first.
    if (round === 0) yield [finest(coverage.top)];
    let next: number[] = [];
    for (let rank = 0; rank < states; rank++) {
      if (!coverage.has(rank)) next.push(rank);
      if (next.length === STATES || (rank === states - 1 && next.length > 0)) {
        yield next;
        next = [];
      }
    }
  }
}

/** The state in which every frame is outstanding by itself. */
const finest = (of: number): number => (of === 0 ? 1 : finest(of - 1) * (statesOf(of - 1) + 1));

async function visitAll(
  runner: Runner,
  coverage: Coverage,
  { progress, stop }: Options,
): Promise<Omit<Search, 'flaky'>> {
  const { top } = coverage;
  const shape = { base: pfn(0), pages: 2 ** top, orders: top + 1, reserved: [] };
  const grain = Math.min(runner.hello.maxBatch, GRAIN);
  const { sightings } = runner.context;
  const budget = new Budget(Infinity, stop);
  let cases = 0;
  let before: Case | undefined;
  for (const ranks of rounds(coverage)) {
    if (await budget.look()) return { cases, finding: undefined, reproduced: true, interrupted: true };
    if (cases % 16 === 0) progress?.(cases, sightings, false);
    const plan = new Plan(coverage);
    for (const rank of ranks) plan.visit(rank);
    const of: Case = { shape, script: plan.operations, drain: false };
    sightings.watch = (state, command, outcome) => coverage.watch(state, command, outcome);
    const found = await runner.run(of, grain);
    sightings.watch = undefined;
    cases++;
    if (found !== undefined) {
      const confirmed = await confirm(runner, found, before === undefined ? [] : [before], grain);
      return { cases, finding: confirmed ?? found, reproduced: confirmed !== undefined, interrupted: false };
    }
    if (sightings.counts['arena unsupported'] > 0) break;
    before = of;
  }
  return { cases, finding: undefined, reproduced: true, interrupted: false };
}

/**
 * Puts a subject into every state of an arena of `pages` frames, a power of two up to 16, and tries every order in each. What it
 * did not get into, the judgement misses. The subject is closed at the end.
 */
export async function judgeExhaustively(
  start: Start,
  pages: number,
  given: Partial<Options> = {},
): Promise<Judgement & { readonly exhausted?: Exhausted }> {
  const options = optionsOf(given);
  const from = performance.now();
  const runner = await Runner.start(start, (hello) => claimsOf(hello, options), new Sightings());
  if (!(runner instanceof Runner)) return unusable(runner, options);
  const coverage = new Coverage(Math.log2(pages));
  const found = await visitAll(runner, coverage, options);
  const judgement = await conclude(runner, { ...found, flaky: 0 }, options, from, true);
  const { top, states, frees } = coverage;
  const exhausted = { states, ofStates: statesOf(top), frees, ofFrees: freesOf(top) };
  const left = exhausted.ofStates - states;
  const missing = judgement.verdict === 'conforms' && left > 0 ? [`${left} of ${exhausted.ofStates} states`] : [];
  return { ...judgement, missing, exhausted };
}

const grouped = (n: number): string => n.toLocaleString('en-US');

/** What was seen of all, in words. */
export const exhaustedLine = ({ states, ofStates, frees, ofFrees }: Exhausted): string =>
  `${grouped(states)} of ${grouped(ofStates)} states, every order tried in each; ${grouped(frees)} of ${grouped(ofFrees)} frees passed through`;
