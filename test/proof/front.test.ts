/** Tests of the form that src is read into: each construct, what lies outside, and random steps held against the running code. */

import { Formulas, TRUE, not } from '../../proof/formula/formula.ts';
import { Program } from '../../proof/front/program.ts';
import { Run, numberOf } from '../../proof/front/run/run.ts';
import { SHAPES, compareSteps } from '../../proof/front/compare.ts';
import { State } from '../../proof/front/run/state.ts';
import { Words, constant, known } from '../../proof/formula/word.ts';
import { auditSubset } from '../../proof/front/subset.ts';
import { describe, expect, test } from 'vitest';
import { number } from '../../proof/front/run/value.ts';
import { readdirSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { valuesIn } from '../../proof/formula/values.ts';
import type { Odd, Value } from '../../proof/front/run/value.ts';
import type { Word } from '../../proof/formula/word.ts';

const PATHS = ['src/words', 'src/buddy'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`),
);

test('all of src/words and src/buddy lies within the subset, or is exempt with a reason', () => {
  expect(PATHS.length).toBeGreaterThan(15);
  expect(auditSubset(new Program(), PATHS)).toEqual([]);
});

test('what lies outside is found, and an exemption that is not needed', () => {
  const program = new Program(() => 'export function f(): void {\n  label: for (;;) break label;\n}\n');
  expect(auditSubset(program, ['a.ts'], new Map())).toEqual([
    expect.stringContaining("a.ts f, line 2: 'label: for (;;) break label;' lies outside the subset"),
  ]);
  expect(
    auditSubset(
      program,
      ['a.ts'],
      new Map([
        ['a.ts f', 'why'],
        ['a.ts g', 'why'],
      ]),
    ),
  ).toEqual(['a.ts g is exempt, and can be read']);
});

test.each(SHAPES)(
  'random steps of $kernel, $pages pages from $base in $orders orders: every word and every answer as in the running code',
  (shape) => {
    expect(() => compareSteps(new Program(), shape, 100, 11)).not.toThrow();
  },
);

test('a form that differs from the running code is found', () => {
  const [shape] = SHAPES.slice(1);
  if (shape === undefined) throw new Error('no arena');
  const texts = (from: string, to: string): Program =>
    new Program((path) => new Program().text(path).replace(from, () => to));
  expect(() => compareSteps(texts('zone.markUsed(page, order);', ''), shape, 100, 11)).toThrow(/map\[\d\] is/u);
  expect(() => compareSteps(texts("'double-free'", "'never-allocated'"), shape, 400, 11)).toThrow('the answer is');
});

/** Runs `f` of a source with some numbers. Returns what it returns, and the duties that were not met. */
function ran(
  source: string,
  values: readonly (number | Odd)[],
  array: readonly number[] = [],
): readonly [unknown, ...string[]] {
  const program = new Program(() => source);
  const run = new Run({ program, words: new Words(new Formulas()), rounds: 8, widths: new Map([['bytes', 8]]) });
  const elements: readonly Word[] = array.map((n) => constant(n));
  const state = new State(
    TRUE,
    new Map(),
    new Map([
      ['a', elements],
      ['bytes', elements],
    ]),
  );
  const at = { file: 'a test', line: 0, text: '' };
  const given: readonly Value[] = [
    { kind: 'array', name: 'a' },
    { kind: 'array', name: 'bytes' },
    ...values.map((n): Value => (typeof n === 'number' ? numberOf(n) : { kind: 'odd', how: n })),
  ];
  const value = run.invoke({ method: program.function('a.ts', 'f'), self: undefined, values: given, at }, state);
  const plain = (one: Value): unknown => {
    if (one.kind === 'number') return known(one.word);
    if (one.kind === 'truth') return one.holds === TRUE;
    return one.kind === 'text' ? one.text : one.kind;
  };
  const words = (state.heap.get('a') ?? []).map((word) => known(word));
  return [
    state.isDead() ? 'dead' : value.kind === 'undefined' ? words : plain(value),
    ...run.obligations.map(({ duty }) => duty),
  ];
}

const LEAVES = 'a number leaves 32 bits';
const OUT = 'an index is out of bounds';
const f = (body: string): string => `function f(a, bytes, x, y) { ${body} }`;

/** Bodies with what is given, and what JavaScript says of it. */
const CONSTRUCTS: readonly [body: string, values: readonly number[], ...expected: readonly unknown[]][] = [
  ['return x + y;', [3, -5], -2],
  ['return x + y;', [2147483647, 1], -2147483648, LEAVES],
  ['return x - y;', [-2147483648, 1], 2147483647, LEAVES],
  ['return x - y;', [3, 5], -2],
  ['return x * y;', [-3, 7], -21],
  ['return x * y;', [65536, 32768], -2147483648, LEAVES],
  ['return x * y;', [65536, -32768], -2147483648],
  ['return 2 ** x;', [30], 1073741824],
  ['return 2 ** x;', [31], -2147483648, LEAVES],
  ['return 2 ** x;', [-1], -2147483648, LEAVES],
  ['return x & y;', [-4, 7], 4],
  ['return x | y;', [-8, 3], -5],
  ['return x ^ y;', [-1, 5], -6],
  ['return ~x;', [5], -6],
  ['return +x - +y;', [5, 2], 3],
  ['return -x;', [-2147483648], -2147483648, LEAVES],
  ['return x << y;', [3, 33], 6],
  ['return x >> y;', [-8, 1], -4],
  ['return x >>> y;', [8, 2], 2],
  ['return x >>> y;', [-8, 28], 15, 'a negative number is shifted'],
  ['return x < y;', [-1, 0], true],
  ['return x < y;', [0, 0], false],
  ['return x <= y;', [0, 0], true],
  ['return x > y;', [0, -1], true],
  ['return x >= y;', [-1, 0], false],
  ['return x === y;', [7, 7], true],
  ['return x !== y;', [7, 7], false],
  ['return !(x === y);', [7, 8], true],
  ['return x === 1 && a[9] === 3;', [0], false],
  ['return x === 1 || a[9] === 3;', [1], true],
  ['return a[x] ?? y;', [1, 7], 11],
  ['return a[x] ?? y;', [2, 7], 7],
  ['return a[x] ?? y;', [-1, 7], 7],
  ['return a[x] + y;', [2, 7], 7, 'a value is used that is none'],
  ['return a[x] === undefined;', [2], true],
  ['return x < y ? 1 : 2;', [1, 0], 2],
  ["return x < y ? 'less' : 'more';", [0, 1], 'less'],
  ["const r = { kind: 'b', n: x }; const s = { ...r, n: y }; return s.n;", [1, 2], 2],
  ["const r = { a: x, 'b-c': y }; return r['b-c'];", [1, 2], 2],
  ['const [p, q] = [x, y]; return p - q;', [9, 2], 7],
  ['const { n: m } = { n: x }; return m;', [9], 9],
  ['let n = x; n++; n += 3; n <<= 1; return n;', [1], 10],
  ['let n = x; while (n > 0) n--; return n;', [5], 0],
  ['let n = x; while (n > 0) n--; return n;', [9], 'dead', 'a loop goes on'],
  ['let s = 0; for (let i = 0; i < x; i++) { if (i === 1) continue; if (i === 4) break; s += i; } return s;', [8], 5],
  ['let s = 0; for (const [p, q] of [[x, 2], [y, 3]]) s += p * q; return s;', [5, 7], 31],
  ['if (x > 0) return 1; else if (x < 0) return 2; return 3;', [-1], 2],
  ['a[x] = y;', [1, 5], [10, 5]],
  ['a[x] = y;', [2, 5], [10, 11], OUT],
  ['a[x] = y;', [-1, 5], [10, 11], OUT],
  ['bytes[x] = y;', [0, -128], [10, 11]],
  ['bytes[x] = y;', [0, 128], [10, 11], LEAVES],
  ['a.fill(x);', [4], [4, 4]],
  ['a.fill(x, 1, 2);', [4], [10, 4]],
  ['a.fill(x, 1, 3);', [4], [10, 4], OUT],
  ['return a.length;', [], 2],
  ['return Math.max(x, y) - Math.min(x, y);', [-3, 4], 7],
  ['return Math.clz32(x);', [255], 24],
  ['return Math.clz32(x);', [0], 32],
  ['return Number.isInteger(x);', [3], true],
  ['throw new Error(`no ${x}`);', [3], 'dead', 'a bug is reported'],
  ['a[x] = y;; if (x === 0) ;', [1, 5], [10, 5]],
];

/** Numbers that no word is: each with one that JavaScript has. */
const ODD: readonly (readonly [Odd, number])[] = [
  ['not whole', 0.5],
  ['above all words', 2 ** 40],
  ['below all words', -(2 ** 40)],
];
const COMPARED = ['x < y', 'x <= y', 'x > y', 'x >= y', 'y < x', 'y <= x', 'y > x', 'y >= x', 'x - y < y', 'x + y > y'];

describe('constructs', () => {
  test.each(CONSTRUCTS)('%s with %j', (body, values, ...expected) => {
    expect(ran(f(body), values, [10, 11])).toEqual(expected);
  });

  test('functions, parameters with a value of their own, classes, methods and what they extend', () => {
    const source = `
      const TWO = 2;
      const g = (n) => n * TWO;
      function h(n, m = g(n)) { return m + 1; }
      function f(a, bytes, x, y) { return h(x) + h(x, y); }`;
    expect(ran(source, [5, 20])).toEqual([11 + 21]);
  });

  test.each(
    ODD.flatMap(([how, n]) =>
      ['x === y', 'x !== y', 'Number.isInteger(x)', 'Number.isInteger(x - y)'].map((code) => [code, how, n] as const),
    ),
  )('%s, of a number %s', (code, how, n) => {
    const must: unknown = runInNewContext(`(function (x, y) { return ${code}; })(${n}, 7)`);
    expect(ran(f(`return ${code};`), [how, 7])).toEqual([must]);
  });

  test.each(COMPARED)('%s, of a number that no word is: it may be compared if it is whole', (code) => {
    for (const [how, n] of ODD) {
      const must: unknown = runInNewContext(`(function (x, y) { return ${code}; })(${n}, 7)`);
      const [is, ...duties] = ran(f(`return ${code};`), [how, 7]);
      if (how === 'not whole') expect(duties).toEqual(['a value is used that is none']);
      else expect([is, ...duties]).toEqual([must]);
    }
  });

  test.each(['x * y', 'y - x', 'x << y', 'a[x]', 'Math.clz32(x)', '2 ** x', '-x', '~x'])(
    '%s is not computed of a number that no word is',
    (code) => {
      for (const [how] of ODD)
        expect(ran(f(`return ${code};`), [how, 7], [10])).toContain('a value is used that is none');
    },
  );

  /** On an unknown number all paths are taken at once: the formula must give what each number gives by itself. */
  test.each([
    'let n = x; let s = 0; while (n > 0) { if ((n & 1) !== 0) s += 1; n >>>= 1; } return s;',
    'for (let i = 0; i < 5; i++) if (a[i] === x) return i; return 7;',
    'a[x & 3] = 9; return a[0] + 2 * a[1] + 3 * a[2] + a[3];',
    'return (x ^ 5) * 3 - (x << 1) + (x >> 1);',
    'return x < 4 ? (a[x] ?? 0) : 2 ** (x - 4);',
    'return Math.clz32(x) + Math.max(x, 5) - Math.min(x, 6);',
    'let n = x; while (n < 6) { n += 2; if (n === 5) break; } return n;',
  ])('%s of an unknown number', (body) => {
    const formulas = new Formulas();
    const words = new Words(formulas);
    const program = new Program(() => f(body));
    const run = new Run({ program, words, rounds: 8 });
    const array = [10, 11, 12, 13].map((n) => constant(n));
    const state = new State(TRUE, new Map(), new Map([['a', array]]));
    const values: readonly Value[] = [{ kind: 'array', name: 'a' }, numberOf(0), number(words.variable('x', 3, false))];
    const at = { file: 'a test', line: 0, text: '' };
    const result = run.invoke({ method: program.function('a.ts', 'f'), self: undefined, values, at }, state);
    if (result.kind !== 'number') throw new Error('no number');
    for (let x = 0; x < 8; x++) {
      const valueOf = valuesIn(formulas, (name) => ((x >> Number(name.slice(2))) & 1) === 1);
      const is = result.word.reduce((sum, literal, bit) => (valueOf(literal) ? sum | (1 << bit) : sum), 0);
      const must: unknown = runInNewContext(`(function (a, x) { ${body} })([10, 11, 12, 13], ${x})`);
      expect([x, is]).toEqual([x, must]);
      expect(run.obligations.some(({ fails }) => valueOf(fails))).toBe(false);
    }
  });
});

test.each([
  ['x++ + 1', 'return x++ + 1;'],
  ['an assignment inside', 'return x ?? (x = 3);'],
  ['a name twice', 'let n = 1; { let n = 2; } return n;'],
  ['a closure', 'return a.map((n) => n);'],
  ['a fraction', 'return x / 2;'],
  ['a number above 31 bits', 'return 4294967295;'],
  ['a switch', 'switch (x) { default: return 1; }'],
  ['an optional member', 'return a?.length;'],
  ['new', 'return new Map();'],
  ['a pattern with a value', 'const { n = 2 } = { n: x }; return n;'],
  ['an assignment to a member', 'a.n = 2;'],
])('%s is outside the subset', (_what, body) => {
  const [objection] = new Program(() => f(body)).module('a.ts').outside;
  expect(objection?.within).toBe('f');
  expect(objection?.at.line).toBe(1);
  expect(objection?.instead).not.toBe('');
});

test('a word that is not known stays a formula, and its negation is one', () => {
  const words = new Words(new Formulas());
  const x = words.variable('x', 4, true);
  expect(known(x)).toBeUndefined();
  expect(words.equal(x, x)).toBe(TRUE);
  expect(words.less(x, constant(8))).not.toBe(not(TRUE));
});
