import { mutantsOf } from './mutants.js';
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

const given = process.argv.slice(2);
const files = given.length > 0 ? given : FILES;
const mutants = (await Promise.all(files.map((file) => mutantsOf(file, sourceText(file))))).flat();
const base = new Program();

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
for (const { file, location, mutator, was, becomes, status, source, from, to } of mutants) {
  if (status === 'Ignored') continue;
  const { line } = location.start;
  const isExempt = exemptLines(file).some(([first, last]) => line >= first && line <= last);
  const result = {
    ...{ file, line, mutator, was, replacement: becomes },
    ...(isExempt ? { is: 'exempt' } : verdict(file, source.slice(0, from) + becomes + source.slice(to))),
  };
  results.push(result);
  if (result.is === 'alive' || result.is === 'refused') {
    const brief = (code) => code.replaceAll(/\s+/gu, ' ').slice(0, 70);
    console.log(`${result.is}  ${file}:${line}  ${brief(was)}  ->  ${brief(becomes)}  ${result.by ?? ''}`);
  }
}

const count = (is) => results.filter((result) => result.is === is).length;
const [refuted, alive, refused] = ['refuted', 'alive', 'refused'].map(count);
console.log(
  `refuted ${refuted}, outside the subset ${refused}, alive ${alive}, exempt ${count('exempt')}, total ${results.length}`,
);
mkdirSync('reports', { recursive: true });
writeFileSync('reports/prover.json', `${JSON.stringify(results, undefined, 2)}\n`);
