/** The sources as data: every TypeScript file of the project, or a few files in memory. */

import { ModuleKind, ModuleResolutionKind, Project, ScriptTarget } from 'ts-morph';
import type { CompilerOptions, Node, SourceFile } from 'ts-morph';
import { fileURLToPath } from 'node:url';
import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** The folders that the project's arrows run between. */
export const LAYERS = ['protocol', 'spec', 'src', 'invariants', 'conformance', 'page', 'proof', 'test'] as const;
export type Layer = (typeof LAYERS)[number];

/** Source files, and the folder that their paths are relative to. */
export interface Tree {
  readonly project: Project;
  readonly root: string;
}

/** One objection of an audit: the place, and a sentence about it. */
export interface Finding {
  readonly place: string;
  readonly what: string;
}

export const show = ({ place, what }: Finding): string => `${place}: ${what}`;

/** Returns the place of a node: its file and line. */
export const placeOf = (path: string, node: Node): string => `${path}:${node.getStartLineNumber()}`;

/** The project's folder, ending with a slash. */
export const ROOT: string = fileURLToPath(new URL('../../', import.meta.url));

/** Returns the text of a file of the project; undefined if it is not there. */
export const textOf = (path: string): string | undefined =>
  existsSync(ROOT + path) ? readFileSync(ROOT + path, 'utf8') : undefined;

const OPTIONS: CompilerOptions = {
  target: ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  module: ModuleKind.NodeNext,
  moduleResolution: ModuleResolutionKind.NodeNext,
  strict: true,
  noUncheckedIndexedAccess: true,
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
};

/** Returns the paths of a folder's TypeScript files, from the project's root. */
export const pathsIn = (folder: string): readonly string[] =>
  readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`);

function load(): Tree {
  const project = new Project({ compilerOptions: OPTIONS });
  project.addSourceFilesAtPaths([...LAYERS.map((layer) => `${ROOT}${layer}/**/*.ts`), `${ROOT}*.ts`]);
  return { project, root: ROOT };
}

let loaded: Tree | undefined;

/** Returns the project's own files, read once. */
export const theTree = (): Tree => (loaded ??= load());

/** Returns files that exist only in memory: a test sees an audit fail on them. */
export function memoryTree(files: Readonly<Record<string, string>>): Tree {
  const project = new Project({ compilerOptions: OPTIONS, useInMemoryFileSystem: true });
  for (const [path, text] of Object.entries(files)) project.createSourceFile(`/${path}`, text);
  return { project, root: '/' };
}

export const pathOf = ({ root }: Tree, file: SourceFile): string => file.getFilePath().slice(root.length);

export const layerOf = (path: string): Layer | undefined => LAYERS.find((layer) => path.startsWith(`${layer}/`));

/** Returns the files with their paths, in order of path; only those of `layers`, if any are named. */
export function filesOf(tree: Tree, ...layers: readonly Layer[]): readonly (readonly [string, SourceFile])[] {
  return tree.project
    .getSourceFiles()
    .map((file) => [pathOf(tree, file), file] as const)
    .filter(([path]) => layers.length === 0 || layers.some((layer) => layerOf(path) === layer))
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
}
