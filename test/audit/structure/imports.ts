/** The imports between the project's files, in every form that TypeScript has. */

import { Node, SyntaxKind } from 'ts-morph';
import type { Tree } from '../tree.ts';
import { filesOf } from '../tree.ts';
import { posix } from 'node:path';
import type { SourceFile } from 'ts-morph';

/** One import of a file of the project by another. */
export interface Import {
  readonly from: string;
  readonly to: string;
  /** Whether it imports types alone. */
  readonly types: boolean;
  /** What it imports by name; empty for a form that names nothing. */
  readonly names: readonly string[];
}

/** An import as findings and lists of exceptions write it. */
export const edge = ({ from, to }: Pick<Import, 'from' | 'to'>): string => `${from} -> ${to}`;

type Written = Pick<Import, 'types' | 'names'> & { readonly specifier: string };

const literal = (node: Node | undefined): string => (Node.isStringLiteral(node) ? node.getLiteralValue() : '');

function declaredIn(file: SourceFile): readonly Written[] {
  const imports = file.getImportDeclarations().map((one) => ({
    specifier: one.getModuleSpecifierValue(),
    types: one.isTypeOnly(),
    names: one.getNamedImports().map((name) => name.getName()),
  }));
  const exports = file.getExportDeclarations().flatMap((one) => {
    const specifier = one.getModuleSpecifierValue();
    const names = one.getNamedExports().map((name) => name.getName());
    return specifier === undefined ? [] : [{ specifier, types: one.isTypeOnly(), names }];
  });
  return [...imports, ...exports];
}

/** Returns every specifier that a file names, in order of form; one that is not a plain string is ''. */
export function writtenIn(file: SourceFile): readonly Written[] {
  const called = file
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .filter((call) => ['import', 'require'].includes(call.getExpression().getText()))
    .map((call) => ({ specifier: literal(call.getArguments()[0]), types: false, names: [] }));
  const types = file.getDescendantsOfKind(SyntaxKind.ImportType).map((type) => {
    const argument = type.getArgument();
    const specifier = literal(Node.isLiteralTypeNode(argument) ? argument.getLiteral() : undefined);
    return { specifier, types: true, names: [] };
  });
  return [...declaredIn(file), ...called, ...types];
}

/** Returns the imports of files that exist, in the order of the importing files' paths. */
export function importsOf(tree: Tree): readonly Import[] {
  const files = filesOf(tree);
  const paths = new Set(files.map(([path]) => path));
  return files.flatMap(([from, file]) =>
    writtenIn(file)
      .map(({ specifier, ...rest }) => ({ from, to: posix.join(posix.dirname(from), specifier), ...rest }))
      .filter(({ to }) => to !== from && paths.has(to)),
  );
}
