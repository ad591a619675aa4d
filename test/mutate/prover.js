import { Instrumenter } from './instrumenter.js';
import { mkdirSync, writeFileSync } from 'node:fs';

/**
 * Gives each mutant of the code of one zone to the proofs by induction, which must refute it: `node test/mutate/prover.js`, after
 * `npx tsc -b proof`. Files may be named. Prints the mutants that live, and writes reports/prover.json.
 */
const { Program, sourceText } = await import('../../dist/proof/front/program.js');
const { EXEMPT } = await import('../../dist/proof/front/subset.js');
const { allQuestions } = await import('../../dist/proof/inductive/code/shapes.js');
const { decideByCadical } = await import('../../dist/proof/inductive/code/decide.js');

const FILES = [
  'src/words/bug.ts',
  'src/words/field.ts',
  'src/words/list-head.ts',
  'src/buddy/allocator.ts',
  'src/buddy/answer.ts',
  'src/buddy/arithmetic.ts',
  'src/buddy/buddy.ts',
  'src/buddy/owner.ts',
  'src/buddy/page-buddy.ts',
  'src/buddy/zone.ts',
];

const silent = { debug: () => undefined, info: () => undefined, warn: console.error, isDebugEnabled: () => false };
const named = process.argv.slice(2);
const files = (named.length > 0 ? named : FILES).map((name) => ({ name, mutate: true, content: sourceText(name) }));
const options = { ignorers: [], excludedMutations: [], plugins: null };
const { mutants } = await new Instrumenter(silent).instrument(files, options);
const base = new Program();

/** The place of a position in a text; Stryker counts lines and columns from 0. */
const placeOf = (text, { line, column }) =>
  text
    .split('\n')
    .slice(0, line)
    .reduce((sum, row) => sum + row.length + 1, column);

/** The lines of a file that are exempt from the form: no proof is about them. */
function exemptLines(path) {
  const outside = base.module(path).outside.filter(({ within }) => EXEMPT.has(`${path} ${within}`));
  return outside.map(({ span }) => span);
}

function verdict(path, text) {
  try {
    const program = new Program((file) => (file === path ? text : sourceText(file)), base);
    for (const question of allQuestions(program)) {
      const { failed } = decideByCadical(question);
      if (failed !== undefined)
        return { is: 'refuted', by: `${question.name}: ${failed.goal}`, picture: failed.picture };
    }
    return { is: 'alive' };
  } catch (error) {
    return { is: 'refused', by: error.message };
  }
}

const results = [];
for (const { fileName, location, mutatorName, replacement, status } of mutants) {
  if (status === 'Ignored') continue;
  const text = sourceText(fileName);
  const [from, to] = [placeOf(text, location.start), placeOf(text, location.end)];
  const line = location.start.line + 1;
  const mutant = { file: fileName, line, mutator: mutatorName, was: text.slice(from, to), replacement };
  const isExempt = exemptLines(fileName).some(([first, last]) => line >= first && line <= last);
  const result = {
    ...mutant,
    ...(isExempt ? { is: 'exempt' } : verdict(fileName, text.slice(0, from) + replacement + text.slice(to))),
  };
  results.push(result);
  if (result.is === 'alive' || result.is === 'refused') {
    const brief = (code) => code.replaceAll(/\s+/gu, ' ').slice(0, 70);
    console.log(
      `${result.is}  ${fileName}:${line}  ${brief(mutant.was)}  ->  ${brief(replacement)}  ${result.by ?? ''}`,
    );
  }
}

const count = (is) => results.filter((result) => result.is === is).length;
const [refuted, alive, refused] = ['refuted', 'alive', 'refused'].map(count);
console.log(
  `refuted ${refuted}, outside the subset ${refused}, alive ${alive}, exempt ${count('exempt')}, total ${results.length}`,
);
mkdirSync('reports', { recursive: true });
writeFileSync('reports/prover.json', `${JSON.stringify(results, undefined, 2)}\n`);
