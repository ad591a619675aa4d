/** The languages that there are harnesses for: which files a user gets, and how they are built and started. */

import { dirname, join } from 'node:path';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One harness, as `new` writes it. */
export interface Language {
  readonly name: string;
  /** Its folder in conformance/harness. */
  readonly folder: string;
  /** Paths in that folder. The first is the harness, the second attaches the example, the others are the example. */
  readonly files: readonly [harness: string, attach: string, ...example: string[]];
  /** The second half of the harness, which the first one needs, if it has one. */
  readonly half?: string;
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
    files: ['oracle.h', 'attach.c', 'threads.h', 'example/buddy24.h', 'example/buddy26.h'],
    half: 'oracle_arena.h',
    build: 'cc -O2 -std=c99 -o judged attach.c',
    start: './judged',
  },
  {
    name: 'c++',
    folder: 'cpp',
    files: ['oracle.hpp', 'attach.cpp', 'threads.hpp', 'example/buddy.hpp'],
    half: 'oracle_arena.hpp',
    build: 'c++ -O2 -std=c++17 -o judged attach.cpp',
    start: './judged',
  },
  {
    name: 'rust',
    folder: 'rust',
    files: ['oracle.rs', 'attach.rs', 'threads.rs', 'example/buddy.rs'],
    build: 'rustc --edition 2021 -O -o judged attach.rs',
    start: './judged',
  },
  {
    name: 'go',
    folder: 'go',
    files: ['oracle.go', 'attach.go', 'threads.go', 'attach_threads.go', 'example/buddy.go', 'go.mod'],
    half: 'oracle_arena.go',
    build: 'go build -o judged .',
    start: './judged',
  },
  {
    name: 'java',
    folder: 'java',
    files: ['Oracle.java', 'Attach.java', 'Threads.java', 'AttachThreads.java', 'example/Buddy.java'],
    build: 'javac -d out Attach.java Oracle.java example/Buddy.java',
    start: 'java -cp out Attach',
  },
  {
    name: 'python',
    folder: 'python',
    files: ['harness.py', 'attach.py', 'example/buddy.py'],
    build: undefined,
    start: 'python3 attach.py',
  },
  {
    name: 'javascript',
    folder: 'javascript',
    files: ['harness.js', 'attach.js', 'example/buddy.js', 'harness.d.ts'],
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
