import { Instrumenter } from './instrumenter.js';
import { declarationsIn, positionOf } from './ledger/declaration.js';
import { readFileSync } from 'node:fs';

/** Prints the mutants of the files that it is given, none of which is run, as JSON: Stryker's and our own. */
const silent = { debug: () => undefined, info: () => undefined, warn: console.error, isDebugEnabled: () => false };
const files = process.argv.slice(2).map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') }));
const options = { ignorers: [], excludedMutations: [], plugins: null };
const { mutants } = await new Instrumenter(silent).instrument(files, options);
const declared = new Map(files.map(({ name, content }) => [name, { content, find: declarationsIn(name, content) }]));

/** Stryker counts lines and columns from 0 here. */
const oneBased = ({ line, column }) => ({ line: line + 1, column: column + 1 });

process.stdout.write(
  JSON.stringify(
    mutants.map(({ fileName, location, mutatorName, replacement, status }) => {
      const { content, find } = declared.get(fileName);
      const [start, end] = [location.start, location.end].map(oneBased);
      const [from, to] = [start, end].map((place) => positionOf(content, place));
      return {
        file: fileName,
        ...start,
        declaration: find(from).name,
        was: content.slice(from, to),
        mutator: mutatorName,
        replacement,
        ignored: status === 'Ignored',
      };
    }),
  ),
);
