/** Tests that our mutators find every operator on bits and every number of the sources. */

import { patience } from '../arbitrary/campaign.ts';
import { Node, Project, SyntaxKind } from 'ts-morph';
import { expect, test } from 'vitest';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { tmpdir } from 'node:os';

interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly column: number;
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
const SOURCES = ['spec', 'src', 'invariants'].flatMap((folder) =>
  readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== 'index.ts' && !/clause(?:s|-text)\.ts$/u.test(name))
    .map((name) => `${ROOT}${folder}/${name}`),
);

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

const isNumber = (node: Node): boolean =>
  Node.isNumericLiteral(node) && !isType(node) && !Node.isPropertyAssignment(node.getParent());

/** Where another parser than Stryker's finds an operator on bits, or a number, that a program reckons with. */
function placesIn(file: string): readonly string[] {
  const source = new Project({ useInMemoryFileSystem: true }).createSourceFile('/x.ts', readFileSync(file, 'utf8'));
  const nodes = source.getDescendants().filter((node) => isOnBits(node) || isNumber(node));
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

test('no operator on bits and no number of the sources is without its mutants', { timeout: patience }, () => {
  const having = new Set(mutants.filter(({ mutator }) => [...OURS, ...THEIRS].includes(mutator)).map(placeOf));
  const places = SOURCES.flatMap(placesIn);
  expect(places.length).toBeGreaterThan(200);
  expect(places.filter((place) => !having.has(place))).toEqual([]);
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
