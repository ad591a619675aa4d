/** The tokens of a source text, of whatever language. */
import type { Language } from './language.ts';

/** A word, a number or a sign, and where it stands. */
export interface Token {
  readonly kind: 'word' | 'number' | 'sign';
  readonly text: string;
  /** The bounds of its characters in the source. */
  readonly from: number;
  readonly end: number;
  /** Counted from 1. */
  readonly line: number;
}

const NUMBER = /(?:0[xX][\da-fA-F_]+|0[bB][01_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)\w*/y;
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/uy;

/** Longer signs first. */
const SIGNS = [
  ['>>>='],
  ['<<=', '>>=', '>>>', '===', '!==', '...', '&&=', '||=', '??=', '**=', '//=', '..='],
  ['->', '=>', '::', '<<', '>>', '<=', '>=', '==', '!=', '&&', '||', '??', '++', '--', ':=', '&^', '//', '**', '..'],
  ['+=', '-=', '*=', '/=', '%=', '&=', '|=', '^='],
].flat();

/** Returns the match of an expression at a place; undefined if it has none there. */
function matchAt(expression: RegExp, text: string, at: number): string | undefined {
  expression.lastIndex = at;
  const [found] = expression.exec(text) ?? [];
  return found === '' ? undefined : found;
}

/** Returns the tokens of a text, without comments, directives and texts in quotes. */
export function tokensOf(text: string, { skipped }: Language): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (let at = 0; at < text.length;) {
    const passed = skipped.map((one) => matchAt(one, text, at)).find((one) => one !== undefined);
    const number = passed === undefined ? matchAt(NUMBER, text, at) : undefined;
    const word = passed === undefined && number === undefined ? matchAt(WORD, text, at) : undefined;
    const here = SIGNS.find((one) => text.startsWith(one, at)) ?? text[at] ?? '';
    const whole = passed ?? number ?? word ?? here;
    if (passed === undefined && whole.trim() !== '') {
      const kind = number !== undefined ? 'number' : word !== undefined ? 'word' : 'sign';
      tokens.push({ kind, text: whole, from: at, end: at + whole.length, line });
    }
    line += whole.split('\n').length - 1;
    at += whole.length;
  }
  return tokens;
}
