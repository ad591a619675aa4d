import { FILES, recorded, sourcesHash } from './score.js';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mutantsOf } from '../mutants.js';
import { proveBase, verdict } from './verdict.js';

/**
 * Gives each mutant of the code of one zone to the proofs by induction: `node test/mutate/prover/prover.js [FILES] [--record]`, after
 * `npx tsc -b proof`. They must refute it, show that it does the same, or refuse to read it, as it is outside the subset; lines of
 * constructors and of what prints are exempt. Prints those that are not read, and those that live; fails if any lives, and ends if
 * the solver fails. Writes reports/prover.json. `--record`: keeps what it came to.
 */
const RECORD = new URL('./recorded.json', import.meta.url);
const given = process.argv.slice(2).filter((argument) => argument !== '--record');
const files = given.length > 0 ? given : FILES;

/** The verdicts that are printed, mutant by mutant. */
const TOLD = new Set(['alive', 'unread']);

const brief = (code) => code.replaceAll(/\s+/gu, ' ').slice(0, 100);

async function resultsOf(file) {
  const mutants = await mutantsOf(file, readFileSync(file, 'utf8'));
  return mutants.map((mutant) => {
    const { becomes, location, mutator, was } = mutant;
    const { line } = location.start;
    const result = { file, line, mutator, was, becomes, ...verdict(mutant) };
    if (TOLD.has(result.is)) {
      console.log(`${result.is}  ${file}:${line}  ${brief(was)}  ->  ${brief(becomes)}  ${brief(result.by)}`);
    }
    return result;
  });
}

const sources = sourcesHash();
proveBase();
const results = [];
for (const file of files) {
  const own = await resultsOf(file);
  results.push(...own);
  console.log(`${file}: ${JSON.stringify(recorded({}, own)[file])}`);
  mkdirSync('reports', { recursive: true });
  writeFileSync('reports/prover.json', `${JSON.stringify(results, undefined, 2)}\n`);
}

if (process.argv.includes('--record')) {
  const about = { date: new Date().toISOString().slice(0, 10), sources };
  const record = recorded(JSON.parse(readFileSync(RECORD, 'utf8')), results, about);
  writeFileSync(RECORD, `${JSON.stringify(record, undefined, 2)}\n`);
}
process.exitCode = results.some(({ is }) => is === 'alive') ? 1 : 0;
