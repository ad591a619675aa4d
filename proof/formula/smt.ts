/** Formulas as a question in SMT-LIB, and the answer read back. */

import type { Formulas, Literal } from './formula.ts';

const isVariable = (formulas: Formulas, at: number): boolean => formulas.nodes[at]?.kind === 'variable';

/** Returns a question in SMT-LIB: whether the formulas can hold together, and if so with which values. */
export function smtOf(formulas: Formulas, asserted: readonly Literal[]): string {
  const nameOf = (at: number): string => {
    const node = formulas.nodes[at];
    if (node?.kind === 'true') return 'true';
    return node?.kind === 'variable' ? node.name : `n${at}`;
  };
  const said = (literal: Literal): string =>
    (literal & 1) === 0 ? nameOf(literal >> 1) : `(not ${nameOf(literal >> 1)})`;
  const lines = ['(set-logic QF_FD)'];
  const nodes = formulas.below(asserted);
  for (const at of nodes) {
    const node = formulas.nodes[at];
    if (node?.kind === 'variable') lines.push(`(declare-const ${node.name} Bool)`);
    if (node?.kind === 'and' || node?.kind === 'xor') {
      lines.push(`(define-fun n${at} () Bool (${node.kind} ${said(node.left)} ${said(node.right)}))`);
    }
    if (node?.kind === 'if') {
      const [condition, left, right] = [said(node.condition), said(node.left), said(node.right)];
      lines.push(`(define-fun n${at} () Bool (ite ${condition} ${left} ${right}))`);
    }
  }
  for (const literal of asserted) lines.push(`(assert ${said(literal)})`);
  lines.push('(check-sat)');
  const names = nodes.filter((at) => isVariable(formulas, at)).map(nameOf);
  if (names.length > 0) lines.push(`(get-value (${names.join(' ')}))`);
  return `${lines.join('\n')}\n`;
}

/** A solver's answer: unsatisfiable, or satisfiable with the values of the variables. */
export type Answer = { readonly kind: 'unsat' } | { readonly kind: 'sat'; readonly isTrue: (name: string) => boolean };

/** The one error that an answer may contain: an unsatisfiable question has no values. */
const NO_VALUES = /^\(error "[^"]*model is not available"?\)?$/u;

/** Reads an answer. Throws if it says neither, or anything else. */
export function readAnswer(text: string): Answer {
  const [verdict, ...rest] = text.split('\n');
  const wrong = rest.find((line) => line.includes('error') && !(verdict === 'unsat' && NO_VALUES.test(line)));
  if (wrong !== undefined) throw new Error(`the solver answered: ${wrong}`);
  if (verdict === 'unsat') return { kind: 'unsat' };
  if (verdict !== 'sat') throw new Error(`the solver answered: ${text.slice(0, 200)}`);
  const holding = new Set([...text.matchAll(/\(([\w.]+) true\)/gu)].map(([, name]) => name ?? ''));
  return { kind: 'sat', isTrue: (name) => holding.has(name) };
}
