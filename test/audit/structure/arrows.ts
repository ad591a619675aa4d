/** The audit of arrows between layers, and of the packages that a layer may import. */

import { Node } from 'ts-morph';
import type { Finding, Layer, Tree } from '../tree.ts';
import { filesOf, layerOf } from '../tree.ts';
import { posix } from 'node:path';
import { writtenIn } from './imports.ts';

/** The layers that a layer may import from, besides itself. Nothing imports `test`. */
const MAY: Readonly<Record<Layer, readonly Layer[]>> = {
  protocol: [],
  spec: ['protocol'],
  src: ['protocol'],
  invariants: ['protocol'],
  conformance: ['protocol', 'spec', 'invariants'],
  page: ['protocol', 'spec', 'src', 'invariants'],
  proof: ['protocol', 'spec', 'src', 'invariants', 'conformance'],
  test: ['protocol', 'spec', 'src', 'invariants', 'conformance', 'page', 'proof'],
};

/** The folders of `conformance` that bring this project's own allocators together with the judge, or with what a kernel printed. */
const MEETING = ['conformance/subjects/', 'conformance/demo/', 'conformance/firmware/'];

/** The packages that a layer may import. `test` and the configuration files may import all that package.json lists. */
const PACKAGES: Readonly<Partial<Record<Layer, readonly string[]>>> = {
  protocol: [],
  spec: [],
  src: [],
  invariants: [],
  conformance: ['commander', 'zod', 'fast-check'],
  page: ['preact'],
  proof: ['z3-solver', 'ts-morph'],
};

/** The layers that need nothing but the language: no Node. */
const BARE: readonly (Layer | undefined)[] = ['protocol', 'spec', 'src', 'invariants', 'page'];

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Stryker loads its plugin as it is, in JavaScript; tests see what a declaration beside a file says of it. */
const DECLARED = /^(?<module>test\/mutate\/.+)\.js$/u;

function refuseRelative(path: string, specifier: string, exists: (target: string) => boolean): string | undefined {
  const target = posix.join(posix.dirname(path), specifier).replace(DECLARED, '$<module>.d.ts');
  if (!target.endsWith('.ts')) return 'a relative specifier ends with .ts';
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

/**
 * Imports that resolve outside this project: those of a user's project, those of broken allocators in a folder of their own, and a
 * user's module that is named when a run begins.
 */
const ELSEWHERE: readonly [path: string, specifier: RegExp][] = [
  ['test/pack/exports.ts', /^buddy-oracle(\/|$)/u],
  ['test/fault/load.ts', /\.js$|^fuel$/u],
  ['conformance/subjects/concurrent.ts', /^$/u],
  ['conformance/subjects/thread.ts', /^$/u],
];

const isElsewhere = (path: string, specifier: string): boolean =>
  ELSEWHERE.some(([from, what]) => path.startsWith(from) && what.test(specifier));

/** Reports imports that no arrow permits or that are not plain strings. `listed`: the dependencies and devDependencies of package.json. */
export function auditArrows(tree: Tree, own: string, listed: readonly string[]): readonly Finding[] {
  const files = filesOf(tree);
  const paths = new Set(files.map(([path]) => path));
  return files.flatMap(([path, file]) =>
    writtenIn(file).flatMap(({ specifier }) => {
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

/** Reports `type` before a name: the import stays at run time, while that of `import type` does not. */
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
