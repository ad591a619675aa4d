/** Tests that our mutators find every operator on bits and every number of the sources. */

import { Node, Project, SyntaxKind } from 'ts-morph';
import { expect, test } from 'vitest';
import { MISTAKES } from './mistakes/mistakes.js';
import { allFiles } from './run/chosen.js';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { tmpdir } from 'node:os';

interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly declaration: string;
  readonly was: string;
  readonly mutator: string;
  readonly replacement: string;
  readonly ignored: boolean;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The mutants that a run would have, in a process of its own: Stryker's instrumenter is not this one's to add to. */
function mutantsOf(files: readonly string[]): readonly Mutant[] {
  const list = fileURLToPath(new URL('./list.js', import.meta.url));
  const printed = execFileSync(process.execPath, [list, ...files], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return JSON.parse(printed) as readonly Mutant[];
}

/** What `stryker.conf.json` says is mutated. */
const SOURCES = allFiles().map((file) => ROOT + file);

const OURS: readonly string[] = ['BitwiseOperator', 'ShiftOperator', 'SignedShift', 'NumberLiteral'];

/** Stryker has mutators for these itself. */
const THEIRS: readonly string[] = ['UnaryOperator', 'AssignmentOperator'];

const isOnBits = (node: Node): boolean =>
  (Node.isBinaryExpression(node) && /^(?:[&|^]|<<|>>>?)=?$/u.test(node.getOperatorToken().getText())) ||
  (Node.isPrefixUnaryExpression(node) && node.getOperatorToken() === SyntaxKind.TildeToken);

/** Whether a number, with its sign, is a type and not a value. */
const isType = (node: Node): boolean => {
  const parent = node.getParent();
  return Node.isLiteralTypeNode(Node.isPrefixUnaryExpression(parent) ? parent.getParent() : parent);
};

/** Stryker takes all of `x as T` for a type, and mutates nothing there; only the judge has such code. */
const isCast = (node: Node): boolean => node.getAncestors().some((around) => Node.isAsExpression(around));

const isNumber = (node: Node): boolean =>
  Node.isNumericLiteral(node) && !isType(node) && !Node.isPropertyAssignment(node.getParent());

/** Where another parser than Stryker's finds an operator on bits, or a number, that a program reckons with. */
function placesIn(file: string): readonly string[] {
  const source = new Project({ useInMemoryFileSystem: true }).createSourceFile('/x.ts', readFileSync(file, 'utf8'));
  const nodes = source.getDescendants().filter((node) => (isOnBits(node) || isNumber(node)) && !isCast(node));
  return nodes.map((node) => {
    const { line, column } = source.getLineAndColumnAtPos(node.getStart());
    return `${file}:${line}:${column}`;
  });
}

const placeOf = ({ column, file, line }: Mutant): string => `${file}:${line}:${column}`;

function ownOf(text: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  const file = join(folder, 'snippet.ts');
  writeFileSync(file, text);
  const own = mutantsOf([file]).filter(({ mutator }) => OURS.includes(mutator));
  rmSync(folder, { recursive: true });
  return own.map(({ replacement }) => replacement);
}

test('every operator on bits becomes its siblings, every number one more and one less; types and names stay', () => {
  const text = `
    export const f = (a: number, b: 7): number => (a & b) | (a ^ b);
    export const g = (a: number): unknown => ({ 3: a << a, four: a >> a, [a >>> a]: -5 });
    export const h = (a: number): number => { a ^= a; a >>>= a; return 0; };
  `;
  const siblings = ['a & b & (a ^ b)', 'a | b', 'a & b', 'a | b', 'a &= a', 'a |= a'];
  const shifts = ['a >> a', 'a << a', 'a << a', 'a >>> a', 'a >> a', 'a <<= a', 'a >>= a'];
  expect(ownOf(text).toSorted()).toEqual([...siblings, ...shifts, '6', '4', '1', '-1'].toSorted());
});

const mutants = mutantsOf(SOURCES);

test('no operator on bits and no number of the sources is without its mutants', () => {
  const having = new Set(mutants.filter(({ mutator }) => [...OURS, ...THEIRS].includes(mutator)).map(placeOf));
  const places = SOURCES.flatMap(placesIn);
  expect(places.length).toBeGreaterThan(200);
  expect(places.filter((place) => !having.has(place))).toEqual([]);
});

const bare = (code: string): string => code.replaceAll(/\s/gu, '');

/** Where an allocator can make a mistake: each declaration once. */
function declarationsOf(name: string): readonly string[] {
  const own = mutants.filter(({ file, mutator }) => mutator === name && file.startsWith(`${ROOT}src/`));
  return [...new Set(own.map(({ declaration, file }) => `${file.slice(ROOT.length)} ${declaration}`))];
}

test.each(MISTAKES)('$name can be made where it is meant for, and nowhere else in src', ({ at, name }) => {
  expect(declarationsOf(name).toSorted()).toEqual(at.toSorted());
  const same = mutants.filter(({ mutator, replacement, was }) => mutator === name && bare(was) === bare(replacement));
  expect(same).toEqual([]);
});

test('mistakes have names of their own, and are many', () => {
  expect(new Set(MISTAKES.map(({ name }) => name)).size).toBe(MISTAKES.length);
  expect(MISTAKES.length).toBeGreaterThanOrEqual(40);
});

test('no two mutants of a place are the same', () => {
  const places = mutants.map((mutant) => `${placeOf(mutant)} ${bare(mutant.was)} ${bare(mutant.replacement)}`);
  expect(places.filter((place, n) => places.indexOf(place) !== n)).toEqual([]);
});

/** A comment that has mutants of the next line left out, with the mutators and the reason that it names. */
const DISABLED = /^\s*\/\/ Stryker disable next-line (?<mutators>\w+(?:,\w+)*): (?<why>\S.*)$/u;

test('every mutant that is left out has a reason, and every reason leaves out a mutant', () => {
  const ignored = mutants.filter((mutant) => mutant.ignored);
  const kinds = ({ file, line, mutator }: Mutant): string => `${file}:${line} ${mutator}`;
  const comments = SOURCES.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((text, index) => (text.includes('Stryker') ? [{ file, line: index + 1, text }] : [])),
  );
  const named = comments.flatMap(({ file, line, text }) => {
    const mutators = DISABLED.exec(text)?.groups?.['mutators']?.split(',') ?? [`no reason: ${text}`];
    return mutators.map((mutator) => `${file}:${line + 1} ${mutator}`);
  });
  expect([...new Set(ignored.map(kinds))].toSorted()).toEqual(named.toSorted());
});
