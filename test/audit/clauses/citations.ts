/** The audit of citations: every clause is defined, implemented, held and tested, or has a reason not to be. */

import type { Finding, Layer, Tree } from '../tree.ts';
import { Node, SyntaxKind } from 'ts-morph';
import { filesOf } from '../tree.ts';
import type { SourceFile, VariableDeclaration } from 'ts-morph';

/** The places that cite a clause: files of `spec` and `src`, names of invariants, files of tests. */
export interface Cited {
  readonly spec: readonly string[];
  readonly src: readonly string[];
  readonly invariants: readonly string[];
  readonly tests: readonly string[];
}

/** By clause: the reason why no file of a folder cites it. */
export type Reasons = Readonly<Partial<Record<string, string>>>;

export interface Exempt {
  readonly spec: Reasons;
  readonly src: Reasons;
  readonly invariants: Reasons;
}

const stringOf = (node: Node | undefined): string | undefined =>
  Node.isStringLiteral(node) ? node.getLiteralValue() : undefined;

/** Returns the ids of all clauses in the order of protocol/clause.ts. */
export function idsOf(tree: Tree): readonly string[] {
  const files = filesOf(tree, 'protocol').filter(([path]) => path === 'protocol/clause.ts');
  return files.flatMap(([, file]) =>
    file
      .getTypeAliasOrThrow('Clause')
      .getDescendantsOfKind(SyntaxKind.StringLiteral)
      .map((id) => id.getLiteralValue()),
  );
}

/** Returns the ids of a table of clauses; a table that is spread into it counts in its place. */
function idsInTable(declared: VariableDeclaration): readonly string[] {
  const all = declared.getInitializerIfKindOrThrow(SyntaxKind.ObjectLiteralExpression);
  return all.getProperties().flatMap((entry) => {
    if (Node.isPropertyAssignment(entry)) return stringOf(entry.getNameNode()) ?? [];
    const spread = Node.isSpreadAssignment(entry) ? entry.getExpression() : undefined;
    const tables = Node.isIdentifier(spread) ? spread.getDefinitionNodes() : [];
    return tables.filter((node) => Node.isVariableDeclaration(node)).flatMap(idsInTable);
  });
}

/** Returns the ids that spec/clauses.ts describes. */
export function describedIds(tree: Tree): readonly string[] {
  const files = filesOf(tree, 'spec').filter(([path]) => path === 'spec/clauses.ts');
  return files.flatMap(([, file]) => idsInTable(file.getVariableDeclarationOrThrow('CLAUSES')));
}

/** The ids that a file's comments cite. */
export const tagsOf = (file: SourceFile): readonly string[] =>
  [...file.getFullText().matchAll(/@clauses?\s+([^\s*]+)/gu)].map(([, id]) => id ?? '');

/** The clause of each invariant of a file, with the invariant's name. */
function invariantsOf(file: SourceFile): readonly (readonly [string, string])[] {
  return file.getVariableDeclarations().flatMap((declared) => {
    const value = declared.getInitializer();
    if (!Node.isObjectLiteralExpression(value) || value.getProperty('refute') === undefined) return [];
    const clause = value.getProperty('clause');
    const id = Node.isPropertyAssignment(clause) ? stringOf(clause.getInitializer()) : undefined;
    return id === undefined ? [] : [[id, declared.getName()] as const];
  });
}

/** The names of a file's tests, as they are written. */
export function testNames(file: SourceFile): readonly string[] {
  return file
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .filter((call) => /^(?:test|it|describe)\b/u.test(call.getExpression().getText()))
    .flatMap((call) => {
      const name = call.getArguments()[0];
      const isName =
        Node.isStringLiteral(name) || Node.isNoSubstitutionTemplateLiteral(name) || Node.isTemplateExpression(name);
      return isName ? [name.getText().slice(1, -1)] : [];
    });
}

const ID = /\b[A-Z]+-\d+\b/gu;

/** The ids in a test's name: `PAIR-3 · what it says`, `PAIR-3, PAIR-4 · what it says`. */
const idsInName = (name: string): readonly string[] => name.match(ID) ?? [];

/** Returns the part of a test's name before ` · `: every id in it is meant as a clause. */
const headOf = (name: string): string => (name.includes(' · ') ? name.slice(0, name.indexOf(' · ')) : '');

/** Test files outside the audits. */
export const testFiles = (tree: Tree): readonly (readonly [string, SourceFile])[] =>
  filesOf(tree, 'test').filter(([path]) => path.endsWith('.test.ts') && !path.startsWith('test/audit/'));

/** Returns all that cites each clause. */
export function citations(tree: Tree): ReadonlyMap<string, Cited> {
  const tags = (layer: Layer): readonly (readonly [string, readonly string[]])[] =>
    filesOf(tree, layer).map(([path, file]) => [path, tagsOf(file)] as const);
  const [spec, src] = [tags('spec'), tags('src')];
  const invariants = filesOf(tree, 'invariants').flatMap(([, file]) => invariantsOf(file));
  const tests = testFiles(tree).map(([path, file]) => [path, testNames(file).flatMap(idsInName)] as const);
  const citing = (files: readonly (readonly [string, readonly string[]])[], id: string): readonly string[] =>
    files.filter(([, ids]) => ids.includes(id)).map(([path]) => path);
  return new Map(
    idsOf(tree).map((id) => {
      const named = invariants.filter(([clause]) => clause === id).map(([, name]) => name);
      return [id, { spec: citing(spec, id), src: citing(src, id), invariants: named, tests: citing(tests, id) }];
    }),
  );
}

/** Reports citations of clauses that do not exist, in comments and in names of tests. */
export function auditUnknown(tree: Tree): readonly Finding[] {
  const familyOf = (id: string): string => id.replace(/\d+$/u, '');
  const ids = new Set(idsOf(tree));
  const families = new Set([...ids].map(familyOf));
  const tagged = filesOf(tree).flatMap(([place, file]) =>
    place.startsWith('test/audit/') ? [] : tagsOf(file).map((id) => ({ place, id })),
  );
  const named = testFiles(tree).flatMap(([place, file]) =>
    testNames(file).flatMap((name) => {
      const isMeant = (id: string): boolean => families.has(familyOf(id)) || headOf(name).includes(id);
      return idsInName(name)
        .filter(isMeant)
        .map((id) => ({ place, id }));
    }),
  );
  const described = describedIds(tree).map((id) => ({ place: 'spec/clauses.ts', id }));
  return [...tagged, ...named, ...described]
    .filter(({ id }) => !ids.has(id))
    .map(({ place, id }) => ({ place, what: `there is no clause ${id}` }));
}

const FOLDERS = ['spec', 'src', 'invariants'] as const;

/** Reports clauses without a citation or a reason, clauses with both, and clauses without data or a test. */
export function auditCitations(tree: Tree, exempt: Exempt): readonly Finding[] {
  const described = describedIds(tree);
  return [...citations(tree)].flatMap(([place, cited]) => {
    const folders = FOLDERS.flatMap((folder) => {
      const reason = exempt[folder][place];
      if (cited[folder].length === 0) return reason === undefined ? [`is cited nowhere in ${folder}`] : [];
      return reason === undefined
        ? []
        : [`is cited in ${folder} (${cited[folder].join(', ')}), but has a reason not to be`];
    });
    const data = described.includes(place) ? [] : ['has no data in spec/clauses.ts'];
    const tests = cited.tests.length === 0 ? ['is in the name of no test'] : [];
    return [...data, ...folders, ...tests].map((what) => ({ place, what }));
  });
}
