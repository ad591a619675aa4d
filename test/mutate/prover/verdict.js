/** What the proofs by induction say of a mutant: that it is wrong, that they cannot read it, that it does the same, or neither. */
const { Program, sourceText } = await import('../../../dist/proof/front/program.js');
const { EXEMPT } = await import('../../../dist/proof/front/subset.js');
const { allQuestions } = await import('../../../dist/proof/inductive/code/shapes.js');
const { sameQuestions } = await import('../../../dist/proof/inductive/code/same.js');
const { rememberingCadical } = await import('../../../dist/proof/inductive/code/decide.js');

const base = new Program();
const ask = rememberingCadical();

/** A solver that failed: it says nothing of the mutant, and no mutant may count as found by it. */
class SolverFailure extends Error {}

/** Decides a question. Throws a `SolverFailure` if the solver does not. */
function decide(question) {
  try {
    return ask(question);
  } catch (error) {
    throw new SolverFailure(`${question.name}: ${error.message}`, { cause: error });
  }
}

/** Reports whether a line is of a function that is exempt from the form: no proof is about it. */
function isExempt(file, line) {
  const outside = base.module(file).outside.filter(({ within }) => EXEMPT.has(`${file} ${within}`));
  return outside.some(({ span: [first, last] }) => line >= first && line <= last);
}

/** Returns the first question that fails, with its picture; undefined if none does. */
function failing(questions) {
  for (const question of questions) {
    const { failed } = decide(question);
    if (failed !== undefined) return { by: `${question.name}: ${failed.goal}`, picture: failed.picture };
  }
  return undefined;
}

function verdictOn(program) {
  const wrong = failing(allQuestions(program));
  if (wrong !== undefined) return { is: 'refuted', ...wrong };
  const other = failing(sameQuestions([base, program]));
  return other === undefined ? { is: 'same' } : { is: 'alive', by: other.by };
}

/** Returns what the proofs come to over a mutant: unread, if it cannot be read or carried out. Throws if the solver fails. */
export function verdict({ becomes, file, from, location, source, to }) {
  if (isExempt(file, location.start.line)) return { is: 'exempt' };
  const text = source.slice(0, from) + becomes + source.slice(to);
  try {
    return verdictOn(new Program((path) => (path === file ? text : sourceText(path)), base));
  } catch (error) {
    if (error instanceof SolverFailure) throw error;
    return { is: 'unread', by: error.message };
  }
}

/** Has the proofs answer for the code as it is. Throws if it is wrong, or not the same as itself. */
export function proveBase() {
  const wrong = failing(allQuestions(base)) ?? failing(sameQuestions([base, base]));
  if (wrong !== undefined) throw new Error(wrong.picture);
}
