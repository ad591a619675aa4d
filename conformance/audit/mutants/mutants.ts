/** The mutants of a source text: each is one small change that a test of it should notice. */
import { languageOf } from './language.ts';
import { tokensOf } from './token.ts';
import type { Language } from './language.ts';
import type { Token } from './token.ts';

/** How a mutant was made. */
export type Mutator = 'operator' | 'constant' | 'condition' | 'statement';

/** One change of a text: what stands between two places becomes something else. */
export interface Mutant {
  readonly mutator: Mutator;
  readonly from: number;
  readonly end: number;
  readonly to: string;
  /** Where it begins: a line counted from 1. */
  readonly line: number;
}

/** Signs between two operands, and what they become. */
const BETWEEN: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '//': '*',
  '<<': '>>',
  '>>': '<<',
  '>>>': '<<',
  '&': '|',
  '|': '&',
  '^': '|',
  '&^': '&',
};

/** Signs and words that become others wherever they stand. */
const ANYWHERE: Readonly<Record<string, string>> = {
  '==': '!=',
  '!=': '==',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  and: 'or',
  or: 'and',
  '++': '--',
  '--': '++',
  '+=': '-=',
  '-=': '+=',
  '*=': '/=',
  '&=': '|=',
  '|=': '&=',
  '^=': '|=',
  '<<=': '>>=',
  '>>=': '<<=',
  '!': '',
  '~': '',
  not: '',
  true: 'false',
  false: 'true',
  True: 'False',
  False: 'True',
};

/** Words that no operand is. */
const NO_OPERANDS = new Set(
  'if else while for do switch case return and or not in is let const var fn func def struct enum match throw new'.split(
    ' ',
  ),
);

const isOperand = (token: Token | undefined): boolean =>
  token !== undefined && (token.kind === 'sign' ? /^[)\]]$/u.test(token.text) : !NO_OPERANDS.has(token.text));

const startsOperand = (token: Token | undefined): boolean =>
  token !== undefined && (token.kind === 'sign' ? /^[([!~*&-]$/u.test(token.text) : !NO_OPERANDS.has(token.text));

const changing = (mutator: Mutator, { end, from, line }: Token, to: string): Mutant => ({
  mutator,
  from,
  end,
  to,
  line,
});

/** Reports whether a sign stands as far from what is before it as from what is behind it: `a * b`, and not `char *b`. */
const isCentred = (text: string, { end, from }: Token): boolean =>
  /\s/u.test(text[from - 1] ?? '') === /\s/u.test(text[end] ?? '');

function operators(source: string, tokens: readonly Token[]): readonly Mutant[] {
  return tokens.flatMap((token, n): Mutant | [] => {
    const { kind, text } = token;
    const anywhere = kind === 'number' || !Object.hasOwn(ANYWHERE, text) ? undefined : ANYWHERE[text];
    if (anywhere !== undefined) return changing('operator', token, anywhere);
    const between = kind === 'sign' && Object.hasOwn(BETWEEN, text) ? BETWEEN[text] : undefined;
    const isBetween = isCentred(source, token) && isOperand(tokens[n - 1]) && startsOperand(tokens[n + 1]);
    return between === undefined || !isBetween ? [] : changing('operator', token, between);
  });
}

/** Whole numbers become the next one, and those above 0 the one before, too. */
function constants(tokens: readonly Token[]): readonly Mutant[] {
  return tokens.flatMap((token): readonly Mutant[] => {
    const [, digits = '', suffix = ''] =
      /^(0[xX][\da-fA-F]+|\d+)([uUlLzZ]*|n|[iu](?:8|16|32|64|128|size))$/u.exec(token.text) ?? [];
    if (token.kind !== 'number' || digits === '') return [];
    const value = BigInt(digits);
    const others = value > 0n ? [value + 1n, value - 1n] : [1n];
    return others.map((other) => changing('constant', token, `${other}${suffix}`));
  });
}

const OPENING = '([{';
const CLOSING = ')]}';

/** Returns the index of the first token at or after `from`, outside what is opened since, that is `wanted`; undefined if none is. */
function indexOutside(tokens: readonly Token[], from: number, wanted: (token: Token) => boolean): number | undefined {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) return undefined;
    if (depth === 0 && wanted(token)) return at;
    if (token.kind !== 'sign') continue;
    if (OPENING.includes(token.text)) depth++;
    if (CLOSING.includes(token.text) && --depth < 0) return undefined;
  }
  return undefined;
}

/** The tokens of a condition after `if` or `while`: from the first to the one behind its last. */
function conditionAfter(
  tokens: readonly Token[],
  n: number,
  { condition }: Language,
): readonly [number, number] | undefined {
  const isOpen = tokens[n + 1]?.text === '(';
  if (condition === '(') {
    if (!isOpen) return undefined;
    const close = indexOutside(tokens, n + 2, ({ text }) => text === ')');
    return close === undefined ? undefined : [n + 2, close];
  }
  const end = indexOutside(tokens, n + 1, ({ text }) => text === condition);
  return end === undefined ? undefined : [n + 1, end];
}

/** A condition that declares something must stay: what follows needs it. */
const declares = (tokens: readonly Token[]): boolean =>
  tokens.some(({ text }) => text === 'let' || text === ':=' || text === ';' || text === '=');

function conditions(tokens: readonly Token[], language: Language): readonly Mutant[] {
  return tokens.flatMap(({ kind, text }, n): readonly Mutant[] => {
    if (kind !== 'word' || !['if', 'elif', 'while'].includes(text)) return [];
    const [first, behind] = conditionAfter(tokens, n, language) ?? [0, 0];
    const inside = tokens.slice(first, behind);
    const [start, last] = [inside[0], inside.at(-1)];
    if (start === undefined || last === undefined || declares(inside)) return [];
    const become = (to: string): Mutant => ({
      mutator: 'condition',
      from: start.from,
      end: last.end,
      to,
      line: start.line,
    });
    return text === 'while' ? [become(language.never)] : [become(language.always), become(language.never)];
  });
}

/** Words that a statement which may be dropped does not begin with, beside those that a block follows. */
const KEPT = new Set(
  'return throw goto case default import from package use using typedef type struct enum union class interface static extern const let var fn func def pub impl mod namespace global nonlocal assert public private protected final'.split(
    ' ',
  ),
);

/** Reports whether a statement is a call, an assignment or a jump: none that declares something. */
function isDroppable(tokens: readonly Token[]): boolean {
  const [first, second] = tokens;
  if (first === undefined || KEPT.has(first.text) || NO_OPERANDS.has(first.text)) return false;
  if (first.text === 'break' || first.text === 'continue') return tokens.length === 1;
  if (first.kind === 'sign') return first.text === '++' || first.text === '--' || first.text === '*';
  if (first.kind !== 'word' || second === undefined || second.kind === 'word') return false;
  if (second.text === '*' || second.text === ':=' || second.text === ':' || second.text === '<') return false;
  return tokens.some(({ text }) => text === '(' || /^(?:[^=!<>]?=|<<=|>>=|\+\+|--)$/u.test(text));
}

/** The statements of a text: what stands between two ends at the same depth. */
function statements(tokens: readonly Token[], { ends, nothing }: Language): readonly Mutant[] {
  return tokens.flatMap((token, n): readonly Mutant[] => {
    const before = tokens[n - 1];
    const begins =
      ends === 'line'
        ? before === undefined || before.line < token.line
        : before === undefined || /^[;{}]$/u.test(before.text);
    if (!begins) return [];
    const end =
      ends === 'semicolon'
        ? indexOutside(tokens, n, ({ text }) => text === ';')
        : (indexOutside(tokens, n + 1, ({ line }) => line > token.line) ?? tokens.length);
    const parts = tokens.slice(n, end);
    const last = parts.at(-1);
    if (end === undefined || last === undefined || !isDroppable(parts)) return [];
    // Without its end, so that a statement is left that does nothing.
    const isBlock = parts.some(({ text }) => text === '{');
    if (isBlock || (ends === 'line' && last.line !== token.line)) return [];
    return [{ mutator: 'statement', from: token.from, end: last.end, to: nothing, line: token.line }];
  });
}

/** Returns the mutants of a file's text, by their places; undefined if its language is not known. */
export function mutantsOf(file: string, text: string): readonly Mutant[] | undefined {
  const language = languageOf(file);
  if (language === undefined) return undefined;
  const tokens = tokensOf(text, language);
  return [
    ...operators(text, tokens),
    ...constants(tokens),
    ...conditions(tokens, language),
    ...statements(tokens, language),
  ].toSorted((a, b) => a.from - b.from || a.end - b.end);
}

/** Returns a text with one mutant in it. */
export const mutated = (text: string, { end, from, to }: Mutant): string => text.slice(0, from) + to + text.slice(end);
