/** What must be known of a programming language to make mutants of its sources: no more than its tokens and how it says "no". */
import { extname } from 'node:path';

/** A language, as far as mutants of it are concerned. */
export interface Language {
  /** Comments, directives and texts, which are left as they are; tried in this sequence. */
  readonly skipped: readonly RegExp[];
  /** How a condition that always, and never, holds is written. */
  readonly always: string;
  readonly never: string;
  /** How a statement ends: by a semicolon, or with its line. */
  readonly ends: 'semicolon' | 'line';
  /** What a condition stands in: parentheses, or the words up to this token. */
  readonly condition: '(' | '{' | ':';
  /** What stands in the place of a statement that is dropped; its semicolon stays. */
  readonly nothing: string;
}

const SLASHES = [/\/\/[^\n]*/y, /\/\*[\s\S]*?\*\//y];
const TEXT = /"(?:\\[\s\S]|[^"\\\n])*"/y;
const LETTER = /'(?:\\[^'\n]+|[^'\\\n])'/y;
const DIRECTIVE = /^[ \t]*#(?:[^\\\n]|\\[\s\S])*/my;
const BACKTICKS = /`[^`]*`/y;

const C: Language = {
  skipped: [...SLASHES, DIRECTIVE, TEXT, LETTER],
  always: '1',
  never: '0',
  ends: 'semicolon',
  condition: '(',
  nothing: '',
};

const JAVA: Language = { ...C, skipped: [...SLASHES, TEXT, LETTER], always: 'true', never: 'false' };
const SCRIPT: Language = { ...JAVA, skipped: [...SLASHES, TEXT, /'(?:\\[\s\S]|[^'\\\n])*'/y, BACKTICKS] };
const GO: Language = {
  ...JAVA,
  skipped: [...SLASHES, TEXT, LETTER, BACKTICKS],
  ends: 'line',
  condition: '{',
};
const RUST: Language = { ...JAVA, condition: '{' };

const PYTHON: Language = {
  skipped: [/#[^\n]*/y, /"""[\s\S]*?"""/y, /'''[\s\S]*?'''/y, TEXT, /'(?:\\[\s\S]|[^'\\\n])*'/y],
  always: 'True',
  never: 'False',
  ends: 'line',
  condition: ':',
  nothing: 'pass',
};

const BY_ENDING: ReadonlyMap<string, Language> = new Map([
  ...['.c', '.h'].map((ending) => [ending, C] as const),
  ...['.cc', '.cpp', '.cxx', '.hpp'].map((ending) => [ending, { ...C, always: 'true', never: 'false' }] as const),
  ...['.js', '.cjs', '.mjs', '.ts', '.mts'].map((ending) => [ending, SCRIPT] as const),
  ['.java', JAVA],
  ['.go', GO],
  ['.rs', RUST],
  ['.py', PYTHON],
]);

/** The endings of files that mutants can be made of. */
export const ENDINGS: readonly string[] = [...BY_ENDING.keys()];

/** Returns the language of a file, by the ending of its name; undefined if mutants of it cannot be made. */
export const languageOf = (file: string): Language | undefined => BY_ENDING.get(extname(file).toLowerCase());
