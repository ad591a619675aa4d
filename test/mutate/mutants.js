import { Instrumenter } from './instrumenter.js';
import { named } from './ledger/ledger.js';

/** The mutants that a run over some files would have, Stryker's and our own. None of them is run. */
const SILENT = { debug: () => undefined, info: () => undefined, warn: console.error, isDebugEnabled: () => false };
const OPTIONS = { ignorers: [], excludedMutations: [], plugins: null };

/** Stryker counts lines and columns from 0 here, and from 1 in a report. */
const oneBased = ({ line, column }) => ({ line: line + 1, column: column + 1 });

const asReported = (mutant) => {
  const { start, end } = mutant.location;
  return { ...mutant, location: { start: oneBased(start), end: oneBased(end) } };
};

/** Returns the mutants of a file with this text, as the ledger names those of a report. */
export async function mutantsOf(file, text) {
  const inputs = [{ name: file, mutate: true, content: text }];
  const { mutants } = await new Instrumenter(SILENT).instrument(inputs, OPTIONS);
  return named(file, text, mutants.map(asReported));
}
