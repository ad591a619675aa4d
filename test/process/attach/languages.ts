/** The languages of the harnesses, for tests: what has to be installed, and a slip in each example. */
import { spawnSync } from 'node:child_process';
import { LANGUAGES } from '../../../conformance/cli/write/languages.ts';
import type { Language } from '../../../conformance/cli/write/languages.ts';

/** A word of an example, and a wrong one in its place. */
export interface Slip {
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
}

/** What a language needs for a test. */
export interface Tried {
  readonly language: Language;
  /** Programs that must be there, with an argument that makes each say its version. */
  readonly tools: readonly (readonly [program: string, version: string])[];
  readonly slip: Slip;
}

type Wanted = Omit<Tried, 'language'>;

/** A block that joins its buddy begins at the upper of the two, not at the lower. */
const joins = (file: string, right: string, wrong: string): Slip => ({ file, right, wrong });

const WANTED: Readonly<Record<string, Wanted>> = {
  c: {
    tools: [['cc', '--version']],
    slip: joins('example/buddy24.h', 'index &= ~buddy_shl(1, current)', 'index |= buddy_shl(1, current)'),
  },
  'c++': {
    tools: [['c++', '--version']],
    slip: joins('example/buddy.hpp', 'at &= ~(Index{1} << order)', 'at |= Index{1} << order'),
  },
  rust: {
    tools: [['rustc', '--version']],
    slip: joins('example/buddy.rs', 'at &= !(1 << order)', 'at |= 1 << order'),
  },
  go: { tools: [['go', 'version']], slip: joins('example/buddy.go', 'at &^= 1 << order', 'at |= 1 << order') },
  java: {
    tools: [
      ['javac', '-version'],
      ['java', '-version'],
    ],
    slip: joins('example/Buddy.java', 'at &= ~(1L << order)', 'at |= 1L << order'),
  },
  python: {
    tools: [['python3', '--version']],
    slip: joins('example/buddy.py', 'at &= ~(1 << order)', 'at |= 1 << order'),
  },
  javascript: {
    tools: [['node', '--version']],
    slip: joins('example/buddy.js', 'at &= ~(2 ** order)', 'at |= 2 ** order'),
  },
};

/** Every language that has a harness. */
export const TRIED: readonly Tried[] = LANGUAGES.map((language) => {
  const wanted = WANTED[language.name];
  if (wanted === undefined) throw new Error(`nobody says what ${language.name} needs`);
  return { language, ...wanted };
});

/** Returns why a language cannot be tried here; undefined if it can. */
export function lacking({ language, tools }: Tried): string | undefined {
  const missing = tools.find(([program, version]) => spawnSync(program, [version]).status !== 0);
  return missing === undefined ? undefined : `${language.name}: there is no ${missing[0]}`;
}
