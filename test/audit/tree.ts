/** The sources as data: every TypeScript file of the project, or a few files in memory. */

import { ModuleKind, ModuleResolutionKind, Project, ScriptTarget } from 'ts-morph';
import type { CompilerOptions, SourceFile } from 'ts-morph';
import { fileURLToPath } from 'node:url';
import { readdirSync } from 'node:fs';

/** The folders that the project's arrows run between. */
export const LAYERS = ['protocol', 'spec', 'src', 'invariants', 'conformance', 'proof', 'test'] as const;
export type Layer = (typeof LAYERS)[number];

/** Source files, and the folder that their paths are told from. */
export interface Tree {
  readonly project: Project;
  readonly root: string;
}

/** What an audit objects to, and where. */
export interface Finding {
  readonly place: string;
  readonly what: string;
}

export const show = ({ place, what }: Finding): string => `${place}: ${what}`;

/** The project's folder, with a slash behind it. */
export const ROOT: string = fileURLToPath(new URL('../../', import.meta.url));

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

/** Paths of the TypeScript files of a folder of the project, told from its root. */
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

/** The project's own files: every folder's, since the root's tsconfig.json names none. */
export const theTree = (): Tree => (loaded ??= load());

/** Files that exist only in memory, for an audit to be seen failing on. */
export function memoryTree(files: Readonly<Record<string, string>>): Tree {
  const project = new Project({ compilerOptions: OPTIONS, useInMemoryFileSystem: true });
  for (const [path, text] of Object.entries(files)) project.createSourceFile(`/${path}`, text);
  return { project, root: '/' };
}

export const pathOf = ({ root }: Tree, file: SourceFile): string => file.getFilePath().slice(root.length);

export const layerOf = (path: string): Layer | undefined => LAYERS.find((layer) => path.startsWith(`${layer}/`));

/** Every file with its path; of some folders, where they are named. */
export function filesOf(tree: Tree, ...layers: readonly Layer[]): readonly (readonly [string, SourceFile])[] {
  return tree.project
    .getSourceFiles()
    .map((file) => [pathOf(tree, file), file] as const)
    .filter(([path]) => layers.length === 0 || layers.some((layer) => layerOf(path) === layer))
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
}
