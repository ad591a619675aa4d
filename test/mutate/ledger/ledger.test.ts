/**
 * Tests that each entry of the ledger has its evidence: made anew, it says the same. `npm run mutate -- --ledger` is this test with
 * leave to write: it makes evidence for what lives in the last report.
 */
import { entries, entryOf, lookUp, mutantOf, named } from './ledger.js';
import { commit } from '../run/chosen.js';
import { evidenceOf } from './evidence.ts';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { placesDiffer, shiftsDiffer } from './range.ts';
import { patience } from '../../arbitrary/campaign.ts';
import { ROOT, textOf } from '../../audit/tree.ts';
import type { Entry, Placed } from './ledger.js';
import type { Report } from '../report/scores.js';

const LEDGER = new URL('./equivalents.json', import.meta.url);

/** A report for whose survivors evidence is made, and written. */
const REPORT = process.env['BUDDY_ORACLE_LEDGER'];

/** The mutants of a report that nothing excuses so far. */
function survivorsOf(report: Report, ledger: readonly Entry[]): readonly Placed[] {
  const find = lookUp(ledger);
  return Object.entries(report.files)
    .flatMap(([file, { source, mutants }]) => named(file, source, mutants))
    .filter((mutant) => ['Survived', 'NoCoverage'].includes(mutant.status) && find(mutant) === undefined);
}

test.runIf(REPORT !== undefined)('evidence is made for what lives in a report', { timeout: 2 ** 30 }, async () => {
  const report = JSON.parse(readFileSync(ROOT + (REPORT ?? ''), 'utf8')) as Report;
  const kept = entries().filter((entry) => !('lost' in mutantOf(entry, textOf(entry.file))));
  const made: Entry[] = [];
  for (const mutant of survivorsOf(report, kept)) {
    const evidence = await evidenceOf(mutant);
    const brief = `${mutant.file} ${mutant.declaration}: ${mutant.was} -> ${mutant.becomes}`.replaceAll(/\s+/gu, ' ');
    console.log(`${evidence === undefined ? 'no evidence' : `${evidence.kind}: ${evidence.says}`}   ${brief}`);
    if (evidence !== undefined) made.push(entryOf(mutant, evidence));
  }
  const sorted = [...kept, ...made].toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  writeFileSync(LEDGER, `${JSON.stringify(sorted, undefined, 2)}\n`);
});

/** One of so many entries whose evidence takes seconds has it made anew, another one at each commit; all where evidence is made. */
const TURNS = 4;

const turn = REPORT === undefined ? Number.parseInt(commit().slice(0, 6), 16) % TURNS : undefined;

const isQuick = ({ evidence }: Entry): boolean => evidence.kind === 'types' || evidence.kind === 'range';

const all = entries();
const now = all.filter((entry, n) => turn === undefined || isQuick(entry) || n % TURNS === turn);
const later = all.filter((entry) => !now.includes(entry));

test.skip.each(later)('at another commit: $file $declaration: $was -> $becomes', () => undefined);

test.each(now)('$file $declaration: $was -> $becomes', { timeout: 4 * patience }, async (entry) => {
  const found = mutantOf(entry, textOf(entry.file));
  expect('mutant' in found && (await evidenceOf(found.mutant))).toEqual(entry.evidence);
});

/** A mutant of src, by its text, which stands there once in its declaration. */
function mutantIn(file: string, mutator: string, was: string, becomes: string): Placed {
  const source = textOf(file) ?? '';
  const lines = source.slice(0, source.indexOf(was)).split('\n');
  const start = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  const more = was.split('\n');
  const last = more.at(-1)?.length ?? 0;
  const end = { line: start.line + more.length - 1, column: more.length === 1 ? start.column + last : last + 1 };
  const raw = { mutatorName: mutator, replacement: becomes, status: 'Survived', location: { start, end } };
  const [mutant] = named(file, source, [raw]);
  if (mutant?.was !== was) throw new Error(`${file} has no ${was}`);
  return mutant;
}

test('what does not compile, and what is the same in all states, is evidence', { timeout: 4 * patience }, async () => {
  const retired = mutantIn('src/boot/reserve.ts', 'StringLiteral', `'retired'`, '""');
  expect(await evidenceOf(retired)).toMatchObject({ kind: 'types' });
  const sum = 'index + (1 << current) - 2 * (index & (1 << current))';
  expect(await evidenceOf(mutantIn('src/buddy/buddy.ts', 'Scratch', 'index ^ (1 << current)', sum))).toMatchObject({
    kind: 'states',
  });
});

test.each([
  ['SkipToggle', 'zone.markUsed(page, order);', ';'],
  ['EqualityOperator', 'current !== zone.orders - 1', 'current === zone.orders - 1'],
])('a mutant that changes something has no evidence: %s', { timeout: 4 * patience }, async (mutator, was, becomes) => {
  expect(await evidenceOf(mutantIn('src/buddy/buddy.ts', mutator, was, becomes))).toBeUndefined();
});

test('nor has one that the exploration does not reach', { timeout: 4 * patience }, async () => {
  const far = mutantIn('src/buddy/allocator.ts', 'Scratch', 'pages < 1', 'pages <= 0');
  expect(await evidenceOf(far)).toBeUndefined();
});

test('a shift of what is never negative may have a sign, another may not', async () => {
  const shiftOf = (file: string, was: string, becomes: string): Placed => mutantIn(file, 'SignedShift', was, becomes);
  const size = shiftOf('src/buddy/buddy.ts', 'size >>>= 1', 'size >>= 1');
  expect(await evidenceOf(size)).toEqual({ kind: 'range', says: `the same for size from 0 to ${2 ** 30}` });
  const ones = shiftOf('src/words/bitmap.ts', '-1 >>> (32 - last)', '-1 >> (32 - last)');
  expect(await evidenceOf(ones)).toBeUndefined();
});

test('z3 knows the two shifts apart where the range has negative numbers', async () => {
  expect([await shiftsDiffer(2 ** 31 - 1), await shiftsDiffer(2 ** 31)]).toEqual([false, true]);
});

test('z3 knows them apart where there are as many places as a negative number becomes', async () => {
  expect([await placesDiffer(1, 2 ** 30), await placesDiffer(1, 2 ** 30 + 1)]).toEqual([false, true]);
});
