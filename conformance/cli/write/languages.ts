/** The languages that there are harnesses for: which files a user gets, and how they are built and started. */

import { dirname, join } from 'node:path';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One harness, as `new` writes it. */
export interface Language {
  readonly name: string;
  /** Its folder in conformance/harness. */
  readonly folder: string;
  /** The harness, and what attaches an allocator to it; paths in that folder, as all that follow. */
  readonly harness: string;
  readonly attach: string;
  /** The allocator to be replaced: the first is what is built unless more is asked for. */
  readonly example: readonly [string, ...string[]];
  /** What the harness needs besides: its second half, its part for several threads, types. */
  readonly parts: readonly string[];
  /** Builds it, in its folder; undefined if nothing is to be built. */
  readonly build: string | undefined;
  /** Starts it, in its folder. */
  readonly start: string;
  /** Files that are written beside, by path. */
  readonly beside?: Readonly<Record<string, string>>;
}

export const LANGUAGES: readonly Language[] = [
  {
    name: 'c',
    folder: 'c',
    harness: 'oracle.h',
    attach: 'attach.c',
    example: ['example/buddy24.h', 'example/buddy26.h'],
    parts: ['oracle_arena.h', 'threads.h'],
    build: 'cc -O2 -std=c99 -o judged attach.c',
    start: './judged',
  },
  {
    name: 'c++',
    folder: 'cpp',
    harness: 'oracle.hpp',
    attach: 'attach.cpp',
    example: ['example/buddy.hpp'],
    parts: ['oracle_arena.hpp', 'threads.hpp'],
    build: 'c++ -O2 -std=c++17 -o judged attach.cpp',
    start: './judged',
  },
  {
    name: 'rust',
    folder: 'rust',
    harness: 'oracle.rs',
    attach: 'attach.rs',
    example: ['example/buddy.rs'],
    parts: ['threads.rs'],
    build: 'rustc --edition 2021 -O -o judged attach.rs',
    start: './judged',
  },
  {
    name: 'go',
    folder: 'go',
    harness: 'oracle.go',
    attach: 'attach.go',
    example: ['example/buddy.go'],
    parts: ['oracle_arena.go', 'threads.go', 'attach_threads.go', 'go.mod'],
    build: 'go build -o judged .',
    start: './judged',
  },
  {
    name: 'java',
    folder: 'java',
    harness: 'Oracle.java',
    attach: 'Attach.java',
    example: ['example/Buddy.java'],
    parts: ['Threads.java', 'AttachThreads.java'],
    build: 'javac -d out Attach.java Oracle.java example/Buddy.java',
    start: 'java -cp out Attach',
  },
  {
    name: 'python',
    folder: 'python',
    harness: 'harness.py',
    attach: 'attach.py',
    example: ['example/buddy.py'],
    parts: [],
    build: undefined,
    start: 'python3 attach.py',
  },
  {
    name: 'javascript',
    folder: 'javascript',
    harness: 'harness.js',
    attach: 'attach.js',
    example: ['example/buddy.js'],
    parts: ['harness.d.ts'],
    build: undefined,
    start: 'node attach.js',
    beside: { 'package.json': '{ "private": true, "type": "module" }\n' },
  },
];

/** Returns a language by its name, or by what else it is called. */
export function languageOf(name: string): Language | undefined {
  const other = { cpp: 'c++', golang: 'go', js: 'javascript', ts: 'javascript', typescript: 'javascript' }[name];
  return LANGUAGES.find((one) => one.name === (other ?? name));
}

/** Returns the folder of the package: what is built lies one folder deeper in it than what it is built of. */
export function packageFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const root = ['../../..', '../../../..']
    .map((up) => join(here, up))
    .find((one) => existsSync(join(one, 'package.json')));
  if (root === undefined) throw new Error('the package has no package.json');
  return root;
}

/** Returns the folder of the harnesses. */
export const harnesses = (): string => join(packageFolder(), 'conformance/harness');
