/** The audit of style: lengths, names, descriptions, and words of TypeScript that the project does without. */

import type { Finding, Tree } from '../tree.ts';
import { filesOf, layerOf, placeOf } from '../tree.ts';
import { Node, SyntaxKind } from 'ts-morph';
import type { ClassDeclaration, MethodDeclaration } from 'ts-morph';

export const MOST_LINES = 300;
export const MEDIAN_LINES = 80;
export const FUNCTION_LINES = 40;
export const README_LINES = 40;

/** READMEs that may be longer: the root's, those with generated tables, and the wire protocol. */
const LONGER = [
  'README.md',
  'spec/README.md',
  'src/README.md',
  'protocol/README.md',
  'proof/unbounded/README.md',
  'proof/README.md',
  'test/README.md',
];

const isConfiguration = (path: string): boolean => /^[\w.-]+\.config\.ts$/u.test(path);

const linesOf = (node: Node): number => node.getEndLineNumber() - node.getStartLineNumber() + 1;

/** Reports whether a function is what a `describe` holds: a heading's contents rather than a function. */
function isHeading(node: Node): boolean {
  const call = node.getParent();
  return Node.isCallExpression(call) && /^describe\b/u.test(call.getExpression().getText());
}

function objection(node: Node, path: string): string | undefined {
  if (node.getKind() === SyntaxKind.AnyKeyword) return 'says any';
  if (Node.isNonNullExpression(node)) return `'${node.getText()}' asserts that something is there`;
  if (Node.isEnumDeclaration(node)) return `has the enum ${node.getName()}`;
  if (Node.isPropertyDeclaration(node) && node.hasExclamationToken())
    return `'${node.getText()}' asserts that it is set`;
  const exported =
    Node.isExportAssignment(node) || (Node.isModifierable(node) && node.hasModifier(SyntaxKind.DefaultKeyword));
  if (exported && !isConfiguration(path)) return 'has a default export';
  if (Node.isFunctionLikeDeclaration(node) && linesOf(node) > FUNCTION_LINES && !isHeading(node)) {
    return `has a function of ${linesOf(node)} lines`;
  }
  return undefined;
}

/** Reports forbidden words of TypeScript, and files and functions that are too long. */
export function auditStyle(tree: Tree): readonly Finding[] {
  return filesOf(tree).flatMap(([place, file]) => {
    const lines = file.getEndLineNumber();
    const long = lines > MOST_LINES ? [{ place, what: `has ${lines} lines` }] : [];
    const objections = file.getDescendants().flatMap((node) => {
      const what = objection(node, place);
      return what === undefined ? [] : [{ place: placeOf(place, node), what }];
    });
    return [...long, ...objections];
  });
}

/** Reports a median length of the source files that is too large. */
export function auditMedian(tree: Tree): readonly Finding[] {
  const lengths = filesOf(tree, 'protocol', 'spec', 'src', 'invariants', 'conformance', 'proof')
    .map(([, file]) => file.getEndLineNumber())
    .toSorted((one, other) => one - other);
  const median = lengths[lengths.length >> 1] ?? 0;
  return median > MEDIAN_LINES ? [{ place: 'the source files', what: `have a median of ${median} lines` }] : [];
}

/** Reports files and folders whose names say nothing. */
export const auditNames = (paths: readonly string[]): readonly Finding[] =>
  paths
    .filter((path) => /(?:^|[/._-])(?:utils?|helpers?|common|misc)(?:[/._-]|$)/iu.test(path))
    .map((place) => ({ place, what: 'its name says nothing of what it is for' }));

/** What is made from the sources between two markers: a table is as long as it must be. */
const GENERATED = /<!-- generated: (\S+) -->.*?<!-- end: \1 -->\n*/gsu;

/** Returns the READMEs, by path and text, that are too long, their generated parts not counted. */
export const auditReadmes = (texts: ReadonlyMap<string, string>): readonly Finding[] =>
  [...texts]
    .filter(([path]) => /(?:^|\/)README\.md$/u.test(path) && !LONGER.includes(path))
    .map(([place, text]) => ({ place, lines: text.replace(GENERATED, '').trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > README_LINES)
    .map(({ place, lines }) => ({ place, what: `has ${lines} lines` }));

/** Reports whether a sentence stands before a declaration, or before the statement that it is part of. */
function isDescribed(node: Node): boolean {
  if (Node.isSourceFile(node)) return true;
  const holder = Node.isVariableDeclaration(node) ? node.getVariableStatement() : node;
  if (!Node.isJSDocable(holder)) return false;
  return holder.getJsDocs().some((doc) => doc.getDescription().trim() !== '');
}

/** A class's public methods, but for those that an interface of its own asks for, and describes. */
function ownMethods(declared: ClassDeclaration): readonly MethodDeclaration[] {
  const asked = declared.getImplements().flatMap((type) =>
    type
      .getType()
      .getProperties()
      .map((one) => one.getName()),
  );
  const open = declared.getMethods().filter((method) => !/^(?:#|private )/u.test(method.getText()));
  return open.filter((method) => !asked.includes(method.getName()));
}

/** What a name of an index.ts stands for: itself, a class with its methods, or all that a file exports. */
function meant(name: string, declared: Node): readonly (readonly [string, Node])[] {
  if (Node.isSourceFile(declared)) {
    return [...declared.getExportedDeclarations()].flatMap(([one, nodes]) =>
      nodes.map((node) => [`${name}.${one}`, node] as const),
    );
  }
  if (!Node.isClassDeclaration(declared)) return [[name, declared]];
  return [[name, declared], ...ownMethods(declared).map((method) => [`${name}.${method.getName()}`, method] as const)];
}

/** Reports names that an index.ts exports without a description. */
export function auditDocs(tree: Tree): readonly Finding[] {
  return filesOf(tree)
    .filter(([path]) => path === `${layerOf(path) ?? ''}/index.ts`)
    .flatMap(([place, file]) =>
      [...file.getExportedDeclarations()]
        .flatMap(([name, declarations]) => declarations.flatMap((declared) => meant(name, declared)))
        .filter(([, node]) => !isDescribed(node))
        .map(([name]) => ({ place, what: `${name} is public and has no description` })),
    );
}
