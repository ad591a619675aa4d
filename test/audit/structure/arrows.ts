import { Node, SyntaxKind } from 'ts-morph';
import type { Finding, Layer, Tree } from '../tree.ts';
import { filesOf, layerOf } from '../tree.ts';
import { posix } from 'node:path';
import type { SourceFile } from 'ts-morph';

/** Whom a folder may import from; itself, always. Nothing imports `test`. */
const MAY: Readonly<Record<Layer, readonly Layer[]>> = {
  protocol: [],
  spec: ['protocol'],
  src: ['protocol'],
  invariants: ['protocol'],
  conformance: ['protocol', 'spec', 'invariants'],
  proof: ['protocol', 'spec', 'src', 'invariants', 'conformance'],
  test: ['protocol', 'spec', 'src', 'invariants', 'conformance', 'proof'],
};

/** The folders of `conformance` that bring the judge and this project's own allocators together. */
const MEETING = ['conformance/subjects/', 'conformance/demo/'];

/** The packages that a folder may import; `test` and the configuration files: whatever package.json lists. */
const PACKAGES: Readonly<Partial<Record<Layer, readonly string[]>>> = {
  protocol: [],
  spec: [],
  src: [],
  invariants: [],
  conformance: ['commander', 'zod', 'fast-check'],
  proof: ['z3-solver'],
};

/** The folders that run on nothing but the language. */
const BARE: readonly (Layer | undefined)[] = ['protocol', 'spec', 'src', 'invariants'];

const literal = (node: Node | undefined): string => (Node.isStringLiteral(node) ? node.getLiteralValue() : '');

/** Every specifier that a file names, whatever the form; one that is not a plain string is ''. */
function specifiersOf(file: SourceFile): readonly string[] {
  const declared = [...file.getImportDeclarations(), ...file.getExportDeclarations()]
    .map((declaration) => declaration.getModuleSpecifierValue())
    .filter((specifier) => specifier !== undefined);
  const called = file
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .filter((call) => ['import', 'require'].includes(call.getExpression().getText()))
    .map((call) => literal(call.getArguments()[0]));
  const types = file.getDescendantsOfKind(SyntaxKind.ImportType).map((type) => {
    const argument = type.getArgument();
    return literal(Node.isLiteralTypeNode(argument) ? argument.getLiteral() : undefined);
  });
  return [...declared, ...called, ...types];
}

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function refuseRelative(path: string, specifier: string, exists: (target: string) => boolean): string | undefined {
  const target = posix.join(posix.dirname(path), specifier);
  if (!specifier.endsWith('.ts')) return 'a relative specifier ends with .ts';
  if (!exists(target)) return 'there is no such file';
  const [from, to] = [layerOf(path), layerOf(target)];
  if (to === undefined) return 'it lies in no layer';
  if (from === undefined || from === to || MAY[from].includes(to)) return undefined;
  if (to === 'src' && MEETING.some((folder) => path.startsWith(folder))) return undefined;
  return `${from} does not import ${to}`;
}

function refusePackage(path: string, specifier: string, listed: readonly string[]): string | undefined {
  const layer = layerOf(path);
  if (specifier.startsWith('node:')) return BARE.includes(layer) ? `${layer} runs without Node` : undefined;
  const allowed = (layer && PACKAGES[layer]) ?? listed;
  return allowed.includes(packageOf(specifier))
    ? undefined
    : `${layer ?? 'configuration'} does not import this package`;
}

/** What is imported from another folder than this one: by a user's project, and by broken allocators out of their own folder. */
const ELSEWHERE: readonly [path: string, specifier: RegExp][] = [
  ['test/pack/example/', /^buddy-oracle(\/|$)/u],
  ['test/fault/load.ts', /\.js$|^fuel$/u],
];

const isElsewhere = (path: string, specifier: string): boolean =>
  ELSEWHERE.some(([from, what]) => path.startsWith(from) && what.test(specifier));

/** Imports that no arrow permits, or that are not plain; `listed` are package.json's dependencies, of both kinds. */
export function auditArrows(tree: Tree, own: string, listed: readonly string[]): readonly Finding[] {
  const files = filesOf(tree);
  const paths = new Set(files.map(([path]) => path));
  return files.flatMap(([path, file]) =>
    specifiersOf(file).flatMap((specifier) => {
      const refuse = (): string | undefined => {
        if (isElsewhere(path, specifier)) return undefined;
        if (specifier === '') return 'the specifier is not a plain string';
        if (packageOf(specifier) === own) return 'nothing imports the package by its own name';
        if (/(^|\/)dist(\/|$)/u.test(specifier)) return 'nothing reaches into dist';
        if (!specifier.startsWith('.')) return refusePackage(path, specifier, listed);
        return refuseRelative(path, specifier, (target) => paths.has(target));
      };
      const what = refuse();
      return what === undefined ? [] : [{ place: path, what: `'${specifier}': ${what}` }];
    }),
  );
}

/** `type` beside a name: it leaves an import at run time, where `import type` leaves none. */
export function auditTypeImports(tree: Tree): readonly Finding[] {
  return filesOf(tree).flatMap(([path, file]) =>
    [...file.getImportDeclarations(), ...file.getExportDeclarations()]
      .flatMap((declaration): readonly { isTypeOnly: () => boolean; getText: () => string }[] =>
        Node.isImportDeclaration(declaration) ? declaration.getNamedImports() : declaration.getNamedExports(),
      )
      .filter((name) => name.isTypeOnly())
      .map((name) => ({ place: path, what: `'${name.getText()}' must be a whole 'import type' or 'export type'` })),
  );
}
