/** A program: the files of `src` by their paths, read when they are needed, and what their names mean. */

import { Project, ScriptTarget } from 'ts-morph';
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { readModule } from './read/module.ts';
import type { ClassForm, Meaning, Method, Module } from './form.ts';

const ROOT = new URL('../../', new URL(import.meta.url.replace(/\/dist\//u, '/')));

/** Returns the text of a file of the project, by its path from the top. */
export const sourceText = (path: string): string => readFileSync(fileURLToPath(new URL(path, ROOT)), 'utf8');

export class Program {
  readonly #modules = new Map<string, Module>();
  readonly #project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    compilerOptions: { target: ScriptTarget.ES2023 },
  });
  readonly #textOf: (path: string) => string;

  readonly #base: Program | undefined;

  /**
   * `textOf`: the text of a file by its path, so that a changed file can be read in place of one. `base`: a program that has
   * read the files that are not changed.
   */
  constructor(textOf: (path: string) => string = sourceText, base?: Program) {
    this.#textOf = textOf;
    this.#base = base;
  }

  /** Returns the text that a file is read from. */
  text(path: string): string {
    return this.#textOf(path);
  }

  module(path: string): Module {
    const known = this.#modules.get(path);
    if (known !== undefined) return known;
    const text = this.#textOf(path);
    if (this.#base?.text(path) === text) return this.#base.module(path);
    const module = readModule(path, this.#project.createSourceFile(`/${path}`, text));
    this.#modules.set(path, module);
    return module;
  }

  /** Returns what a name means in a file, wherever it is imported from; undefined if the file has none that can be read. */
  meaning(path: string, name: string): Exclude<Meaning, { kind: 'import' }> | undefined {
    const meaning = this.module(path).names.get(name);
    return meaning?.kind === 'import' ? this.meaning(meaning.module, meaning.name) : meaning;
  }

  /** Returns a function of a file. Throws, with the objection, if it cannot be read. */
  function(path: string, name: string): Method {
    const meaning = this.meaning(path, name);
    if (meaning?.kind === 'method') return meaning.method;
    throw new Error(`${path} has no function ${name} that can be read: ${this.#objections(path)}`);
  }

  class(path: string, name: string): ClassForm {
    const meaning = this.meaning(path, name);
    if (meaning?.kind === 'class') return meaning.form;
    throw new Error(`${path} has no class ${name}`);
  }

  /** Returns a method of a class or of one that it extends. */
  method({ module, base, methods }: ClassForm, name: string): Method | undefined {
    const own = methods.get(name);
    return own ?? (base === undefined ? undefined : this.method(this.class(module, base), name));
  }

  #objections(path: string): string {
    return this.module(path)
      .outside.map(({ at, instead }) => `line ${at.line}: '${at.text}': ${instead}`)
      .join('; ');
  }
}
