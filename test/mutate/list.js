import { mutantsOf } from './mutants.js';
import { readFileSync } from 'node:fs';

/** Prints the mutants of the files that it is given, none of which is run, as JSON: Stryker's and our own. */
const files = process.argv.slice(2);
const mutants = (await Promise.all(files.map((file) => mutantsOf(file, readFileSync(file, 'utf8'))))).flat();

process.stdout.write(
  JSON.stringify(
    mutants.map(({ file, location, declaration, was, mutator, becomes, status }) => ({
      file,
      ...location.start,
      declaration,
      was,
      mutator,
      replacement: becomes,
      ignored: status === 'Ignored',
    })),
  ),
);
