import { Instrumenter } from './instrumenter.js';
import { readFileSync } from 'node:fs';

/** Prints the mutants of the files that it is given, none of which is run, as JSON: Stryker's and our own. */
const silent = { debug: () => undefined, info: () => undefined, warn: console.error, isDebugEnabled: () => false };
const files = process.argv.slice(2).map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') }));
const options = { ignorers: [], excludedMutations: [], plugins: null };
const { mutants } = await new Instrumenter(silent).instrument(files, options);
process.stdout.write(
  JSON.stringify(
    mutants.map(({ fileName, location: { start }, mutatorName, replacement, status }) => ({
      file: fileName,
      line: start.line + 1,
      column: start.column + 1,
      mutator: mutatorName,
      replacement,
      ignored: status === 'Ignored',
    })),
  ),
);
