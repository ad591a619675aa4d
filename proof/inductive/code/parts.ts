/** The parts of `npm run prove` that are about the code itself. */

import {
  KERNELS,
  LARGE,
  SIXTEEN,
  SMALL,
  TINY,
  WIDE,
  arena,
  besidesQuestions,
  listQuestions,
  zoneQuestions,
} from './shapes.ts';
import { Program } from '../../front/program.ts';
import { SHAPES, compareAll } from '../../front/compare.ts';
import { Skipped, grouped, must } from '../../result.ts';
import { certifyClauses } from '../refutation/certificate.ts';
import { cnfOf } from '../../formula/cnf.ts';
import { failures } from './tight.ts';
import { mkdirSync, writeFileSync } from 'node:fs';
import { not } from '../../formula/formula.ts';
import { stepQuestion } from './step.ts';
import { decideByCadical, decideByZ3 } from './decide.ts';
import { packagedZ3 } from '../solve.ts';
import { run } from '../../tool.ts';
import { tmpdir } from 'node:os';
import type { Operation } from './call.ts';
import type { Decide } from './decide.ts';
import type { Part } from '../../result.ts';
import type { Question } from './question.ts';
import type { ZoneShape } from '../../../src/index.ts';

/** Decides questions one after the other. Throws with the picture of the first that fails. */
export async function decideAll(decide: Decide, questions: Iterable<Question>): Promise<string> {
  let [asked, goals] = [0, 0];
  for (const question of questions) {
    const decided = await decide(question);
    if (decided.failed !== undefined) throw new Error(decided.failed.picture);
    asked++;
    goals += decided.goals;
  }
  return `${grouped(asked)} questions, ${grouped(goals)} goals`;
}

/** Throws `Skipped` if there is no cadical. */
const cadical = (): string => `cadical ${run('cadical', ['--version'], tmpdir()).output.trim()}`;

function hasCadical(): boolean {
  try {
    cadical();
    return true;
  } catch (error) {
    if (error instanceof Skipped) return false;
    throw error;
  }
}

/** Works with cadical if the machine has it, else with the z3 that npm installs. */
async function withAny(work: (decide: Decide) => Promise<string>): Promise<string> {
  if (hasCadical()) return `${cadical()}: ${await work(decideByCadical)}`;
  const solver = await packagedZ3();
  try {
    return `${solver.name}: ${await work(decideByZ3(solver))}`;
  } finally {
    solver.end();
  }
}

/** Draws how the code goes wrong without each part of the invariant. */
async function tight(decide: Decide, program: Program): Promise<string> {
  const pictures = await failures(decide, program);
  mkdirSync('reports', { recursive: true });
  writeFileSync('reports/tightness.txt', `${pictures.join('\n\n')}\n`);
  return `${pictures.length} counterexamples, drawn in reports/tightness.txt`;
}

const withCadical = async (questions: () => Iterable<Question>): Promise<string> =>
  `${cadical()}: ${await decideAll(decideByCadical, questions())}`;

function* ofShapes(program: Program, shapes: readonly ZoneShape[]): Generator<Question> {
  for (const shape of shapes) yield* zoneQuestions(program, shape);
}

const compared = (steps: number): string => {
  const all = compareAll(steps);
  must(all === steps * SHAPES.length, 'too few steps were compared');
  return `${grouped(all)} steps in ${SHAPES.length} arenas`;
};

const HOW = 'the functions of src, read by ts-morph and carried out on unknown words of 32 bits; each goal by itself';
const LIMITS =
  'the constructors, which make a zone before; larger zones; that a finite list has a first page, and that ranks may be numbered anew';

function* smallQuestions(program: Program): Generator<Question> {
  for (const shape of TINY) yield* besidesQuestions(program, shape);
  yield* ofShapes(program, SMALL);
}

/** Returns the sizes of some arenas, each once. */
const sizesOf = (shapes: readonly ZoneShape[]): readonly ZoneShape[] => [
  ...new Map(shapes.map((shape) => [`${shape.pages} ${shape.orders}`, shape] as const)).values(),
];

/** The operations whose refutations are checked: each does the most work of its kind. */
const CERTIFIED: readonly Operation[] = [
  { name: 'free', order: 0 },
  { name: 'allocate', order: 0 },
  { name: 'handOver' },
];

/** Refutes, for each kernel and operation, that any goal fails, and checks cadical's refutation. */
function certified(program: Program, pages: number, orders: number): string {
  const rows = KERNELS.flatMap((kernel) =>
    CERTIFIED.map((operation) => {
      const { formulas, hypotheses, goals } = stepQuestion(program, arena(kernel, 0, pages, orders), operation);
      const claim = formulas.all(goals.map(({ holds }) => holds));
      const { checked, checking } = certifyClauses(cnfOf(formulas, [...hypotheses, not(claim)]));
      return `${kernel} ${operation.name}: ${grouped(checked.added)} clauses, checked in ${checking.toFixed(1)} s`;
    }),
  );
  return `${cadical()}; ${rows.join('; ')}`;
}

const CERTIFICATE =
  'all goals at once as clauses, refuted by cadical; its proof checked by proof/inductive/refutation/drat.ts';

/** The parts about the form that code is read into. */
const FORM: readonly Part[] = [
  {
    claim: 'the form that proof/front reads src into does what the running code does: every word, every answer',
    how: 'random steps of the face, misuse among them, of both kernels',
    limits: 'states that were not met',
    run: () => compared(500),
  },
  {
    claim: 'the same, longer',
    how: 'random steps of the face, misuse among them, of both kernels',
    limits: 'states that were not met',
    long: true,
    run: () => compared(5000),
  },
];

/** Returns the parts about a program, which take minutes at most. */
const quick = (program: Program): readonly Part[] => [
  {
    claim: 'src: listAdd, listDel and nextOf keep any lists as lists, in their order',
    how: HOW,
    limits: 'more than 8 pages',
    run: () => withAny((decide) => decideAll(decide, listQuestions(program, 8, 4))),
  },
  {
    claim:
      'src, 2.4 and 2.6: from any state that satisfies the invariant, allocate, free and handOver answer as specified, grant the right block, keep every link, bit, mark, count and owner, and reach no bug',
    how: HOW,
    limits: LIMITS,
    run: () => withAny((decide) => decideAll(decide, smallQuestions(program))),
  },
  {
    claim: 'src: no part of the invariant can be spared: without it an operation goes wrong in something else',
    how: HOW,
    limits: 'at 4 and 6 pages',
    run: () => withAny((decide) => tight(decide, program)),
  },
  {
    claim: 'src: the same at 16 pages, in one block and in three, and lists of each of these sizes',
    how: HOW,
    limits: LIMITS,
    run: () =>
      withCadical(function* () {
        for (const { pages, orders } of sizesOf([...SMALL, ...SIXTEEN])) yield* listQuestions(program, pages, orders);
        yield* ofShapes(program, SIXTEEN);
      }),
  },
  {
    claim: 'src: free and allocate at order 0, and handOver, at 8 pages, without trust in a solver',
    how: CERTIFICATE,
    limits: 'the reading of src, and the translation into clauses',
    run: () => certified(program, 8, 4),
  },
];

/** Returns the parts about a program that only `--full` runs. */
const long = (program: Program): readonly Part[] => [
  {
    claim: 'src: the same at 16 pages, without trust in a solver',
    how: CERTIFICATE,
    limits: 'the reading of src, and the translation into clauses',
    long: true,
    run: () => certified(program, 16, 5),
  },
  {
    claim: 'src: the same at 70 pages, whose lowest map has three words',
    how: HOW,
    limits: LIMITS,
    long: true,
    run: () => withCadical(() => ofShapes(program, WIDE)),
  },
  {
    claim: 'src: the same at 32, 64 and 70 pages, and lists of 32',
    how: HOW,
    limits: `${LIMITS}; lists of more than 32 pages`,
    long: true,
    run: () =>
      withCadical(function* () {
        yield* listQuestions(program, 32, 6);
        yield* ofShapes(program, LARGE);
      }),
  },
];

/** Returns the parts about a program: the code of src, or one that is broken. */
export const induction = (program: Program): readonly Part[] => [...quick(program), ...long(program)];

export const CODE: readonly Part[] = [...FORM, ...induction(new Program())];
