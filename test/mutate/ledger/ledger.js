import { createHash } from 'node:crypto';
import { declarations, declarationsIn, positionOf } from './declaration.js';
import { readFileSync } from 'node:fs';

/**
 * The ledger of equivalents: mutants that change nothing, each with the evidence that a machine made. An entry speaks of a mutant
 * by its declaration and its place in that, and has a hash of the declaration's text and of the evidence: it moves with its code,
 * and is lost when that changes.
 */
const FILE = new URL('./equivalents.json', import.meta.url);

/** Returns the entries of the ledger. */
export const entries = () => JSON.parse(readFileSync(FILE, 'utf8'));

/** What a mutant is called wherever its declaration stands; `at` is its place in that, in characters. */
const keyOf = ({ file, declaration, at, mutator, was, becomes }) =>
  JSON.stringify([file, declaration, at, mutator, was, becomes]);

/** Returns the hash of an entry over a declaration of this text. */
const hashOf = (entry, text) =>
  createHash('sha256')
    .update(JSON.stringify([keyOf(entry), text, entry.evidence]))
    .digest('hex')
    .slice(0, 16);

/** Returns the mutants of a report's file with what the ledger would call them; places count from 1. */
export function named(file, source, mutants) {
  const find = declarationsIn(file, source);
  return mutants.map((mutant) => {
    const [from, to] = [mutant.location.start, mutant.location.end].map((place) => positionOf(source, place));
    const { name, text, start, clauses } = find(from);
    const { mutatorName, replacement = '' } = mutant;
    const is = { file, declaration: name, at: from - start, mutator: mutatorName, was: source.slice(from, to) };
    return { ...mutant, ...is, becomes: replacement, clauses, text, from, to, source };
  });
}

/** Returns a function that finds a mutant's entry; undefined if it has none, or its declaration has another text by now. */
export function lookUp(ledger) {
  const known = new Map(ledger.map((entry) => [keyOf(entry), entry]));
  return (mutant) => {
    const entry = known.get(keyOf(mutant));
    return entry !== undefined && entry.hash === hashOf(entry, mutant.text) ? entry : undefined;
  };
}

/** Returns a new entry. */
export function entryOf({ file, declaration, at, mutator, was, becomes, text }, evidence) {
  const entry = { file, declaration, at, mutator, was, becomes, evidence };
  return { ...entry, hash: hashOf(entry, text) };
}

/** Returns the mutant of an entry in a source as that is now, or why the entry is lost. */
export function mutantOf(entry, source) {
  const { declaration, file, at, was } = entry;
  const place = `${file} ${declaration}: ${was} -> ${entry.becomes}`;
  const found = declarations(file, source ?? '').filter(({ name }) => name === declaration);
  if (source === undefined) return { lost: `${place}: there is no such file` };
  if (found.length === 0) return { lost: `${place}: there is no such declaration` };
  const same = found.find(({ text }) => hashOf(entry, text) === entry.hash);
  if (same === undefined) return { lost: `${place}: the declaration or the evidence has changed` };
  const from = same.start + at;
  return { mutant: { ...entry, text: same.text, source, from, to: from + was.length } };
}
