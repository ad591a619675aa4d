/** Decides questions: cadical goes through the goals one by one and keeps what it learns; z3 is asked for all at once. */

import { createHash } from 'node:crypto';
import { cnfOf, clausesOf, dimacsOf } from '../../formula/cnf.ts';
import { FALSE, TRUE, not } from '../../formula/formula.ts';
import { inFolder, run } from '../../tool.ts';
import { readAnswer, smtOf } from '../../formula/smt.ts';
import { valuesIn } from '../../formula/values.ts';
import { writeFileSync } from 'node:fs';
import type { Goal, Question } from './question.ts';
import type { Literal } from '../../formula/formula.ts';
import type { Solver } from '../solve.ts';

/** The result of a question: a goal that fails, with a picture of how, if there is one. */
export interface Decided {
  readonly goals: number;
  readonly failed: Failure | undefined;
}

export interface Failure {
  readonly goal: string;
  readonly picture: string;
}

/** Decides a question. */
export type Decide = (question: Question) => Promise<Decided> | Decided;

const SATISFIABLE = 10;

/** Returns the picture of a counterexample; checks first that it is one, by the values alone. */
function failureOf(question: Question, isTrue: (name: string) => boolean): Failure {
  const valueOf = valuesIn(question.formulas, isTrue);
  const broken = question.goals.filter(({ holds }) => !valueOf(holds));
  if (broken.length === 0 || !question.hypotheses.every(valueOf)) {
    throw new Error(`the solver's counterexample is none: ${question.name}`);
  }
  const names = broken.slice(0, 3).map(({ name }) => `  ${name}`);
  const more = broken.length > names.length ? [`  and ${broken.length - names.length} more`] : [];
  const picture = [question.name, 'fails:', ...names, ...more, question.draw(valueOf)].join('\n');
  return { goal: broken[0]?.name ?? '', picture };
}

/** Returns the clauses of hypotheses and goals, and what is asked one after the other: each goal's negation, then nothing. */
function incremental({ formulas, hypotheses }: Question, goals: readonly Goal[]): string {
  const roots = [TRUE, ...hypotheses, ...goals.map(({ holds }) => holds)];
  const numbers = new Map(formulas.below(roots).map((at, n) => [at, n + 1] as const));
  const said = (literal: Literal): number => {
    const number = numbers.get(literal >> 1) ?? 0;
    return (literal & 1) === 0 ? number : -number;
  };
  const lines = ['p inccnf'];
  for (const [at, number] of numbers) {
    const node = formulas.nodes[at];
    if (node !== undefined) for (const clause of clausesOf(node, number, said)) lines.push(`${clause.join(' ')} 0`);
  }
  for (const literal of hypotheses) lines.push(`${said(literal)} 0`);
  for (const { holds } of goals) lines.push(`a ${-said(holds)} 0`);
  lines.push(`a ${said(TRUE)} 0`);
  return `${lines.join('\n')}\n`;
}

/** Returns a counterexample of some goals, which there must be. */
function counterexample(question: Question, goals: readonly Goal[]): Failure {
  const { formulas, hypotheses, real } = question;
  const asserted = [...hypotheses, ...real, not(formulas.all(goals.map(({ holds }) => holds)))];
  return inFolder((folder) => {
    writeFileSync(`${folder}/clauses`, dimacsOf(cnfOf(formulas, asserted)));
    const { status, output } = run('cadical', ['-q', 'clauses'], folder);
    if (status !== SATISFIABLE) throw new Error(`cadical finds no counterexample any more: ${question.name}`);
    const holding = new Set(
      [...output.matchAll(/^v (.*)$/gmu)].flatMap(([, row]) => (row ?? '').split(' ').map(Number)),
    );
    const names = new Map(formulas.below(asserted).map((at, n) => [n + 1, formulas.nodes[at]] as const));
    const isTrue = new Set(
      [...names].flatMap(([n, node]) => (node?.kind === 'variable' && holding.has(n) ? [node.name] : [])),
    );
    return failureOf(question, (name) => isTrue.has(name));
  });
}

/** Has cadical answer, one after the other, what is asked of some clauses. Returns its answers. */
const ask = (cubes: string): readonly string[] =>
  inFolder((folder) => {
    writeFileSync(`${folder}/cubes`, cubes);
    const { output } = run('cadical', ['-n', 'cubes'], folder);
    return [...output.matchAll(/CUBE \d+ (\w+)/gu)].map(([, answer]) => answer ?? '');
  });

function decidedBy(answersTo: typeof ask, question: Question): Decided {
  const goals = question.goals.filter(({ holds }) => holds !== TRUE);
  const refuted = goals.find(({ holds }) => holds === FALSE);
  if (refuted !== undefined) return { goals: question.goals.length, failed: counterexample(question, [refuted]) };
  if (goals.length === 0) return { goals: question.goals.length, failed: undefined };
  const answers = answersTo(incremental(question, goals));
  const bad = goals.find((_, at) => answers[at] === 'SATISFIABLE');
  if (bad !== undefined) return { goals: question.goals.length, failed: counterexample(question, [bad]) };
  if (answers.at(goals.length) !== 'SATISFIABLE') {
    throw new Error(`the impossible is supposed, or cadical failed: ${question.name}: ${answers.join(' ')}`);
  }
  return { goals: question.goals.length, failed: undefined };
}

/** Decides a question with cadical. */
export const decideByCadical = (question: Question): Decided => decidedBy(ask, question);

/** Returns a function that decides questions with cadical, and asks it about the same clauses once. */
export function rememberingCadical(): (question: Question) => Decided {
  const known = new Map<string, readonly string[]>();
  const remembered: typeof ask = (cubes) => {
    const key = createHash('sha256').update(cubes).digest('base64');
    const answers = known.get(key) ?? ask(cubes);
    known.set(key, answers);
    return answers;
  };
  return (question) => decidedBy(remembered, question);
}

/** Returns a function that decides questions with z3, each goal by itself if the question says so. */
export const decideByZ3 =
  ({ ask }: Solver): Decide =>
  async (question) => {
    const { formulas, hypotheses, goals } = question;
    const all = [formulas.all(goals.map(({ holds }) => holds))];
    if (readAnswer(await ask(smtOf(formulas, [TRUE, ...hypotheses]))).kind === 'unsat') {
      throw new Error(`the impossible is supposed: ${question.name}`);
    }
    for (const claim of question.apart === true ? goals.map(({ holds }) => holds) : all) {
      if (claim === TRUE) continue;
      const answer = readAnswer(await ask(smtOf(formulas, [...hypotheses, not(claim)])));
      if (answer.kind === 'unsat') continue;
      const again = readAnswer(await ask(smtOf(formulas, [...hypotheses, ...question.real, not(claim)])));
      const { isTrue } = again.kind === 'sat' ? again : answer;
      return { goals: goals.length, failed: failureOf(question, isTrue) };
    }
    return { goals: goals.length, failed: undefined };
  };
