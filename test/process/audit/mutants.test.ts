/** Tests of which mutants are made of a source text, and of what counts as noticed. */
import { expect, test } from 'vitest';
import { mutantsOf, mutated } from '../../../conformance/audit/mutants/mutants.ts';
import { wrongIn } from '../../../conformance/audit/mutants/trial.ts';

/** What each mutant of one kind changes, as `from > to`. */
function changes(file: string, text: string, mutator: string): readonly string[] {
  const all = mutantsOf(file, text) ?? expect.fail('no language');
  return all.filter((one) => one.mutator === mutator).map(({ end, from, to }) => `${text.slice(from, end)} > ${to}`);
}

test('operators between operands become their neighbours; signs before one operand, of types and of pointers do not', () => {
  expect(changes('a.c', 'x = a + b - -c;', 'operator')).toEqual(['+ > -', '- > +']);
  expect(changes('a.c', 'if (a <= b && !c) { *p = &q; } char *s;', 'operator')).toEqual(['<= > <', '&& > ||', '! > ']);
  expect(changes('a.c', 'n = a << 1 | b >> 2;', 'operator')).toEqual(['<< > >>', '| > &', '>> > <<']);
  expect(changes('a.py', 'if not a and b == c: pass', 'operator')).toEqual(['not > ', 'and > or', '== > !=']);
  expect(changes('a.ts', 'const x = a >>> 1 !== b;', 'operator')).toEqual(['>>> > <<', '!== > ===']);
});

test('what stands in comments, directives and texts stays as it is', () => {
  const text =
    '#include <a.h>\n// a + b\n/* 1 < 2\n */ char *s = "1 + \\" 2"; char c = \'+\';\n#define N \\\n  1 + 2\n';
  expect(mutantsOf('a.c', text)).toEqual([]);
  expect(mutantsOf('a.py', '# 1 + 2\nreturn """1 + 2\n3 < 4"""\n')).toEqual([]);
  expect(mutantsOf('a.js', 's = `1 + 2`;')?.map(({ mutator }) => mutator)).toEqual(['statement']);
});

test('whole numbers become their neighbours, never less than 0, with the ending that they have', () => {
  expect(changes('a.c', 'x = 0 + 0x1fUL + 1.5;', 'constant')).toEqual(['0 > 1', '0x1fUL > 32UL', '0x1fUL > 30UL']);
  expect(changes('a.rs', 'let x = 7u32;', 'constant')).toEqual(['7u32 > 8u32', '7u32 > 6u32']);
});

test('conditions become true and false as the language has them; a loop is not made endless', () => {
  expect(changes('a.c', 'if (f(a) > b) x(); while (c) y();', 'condition')).toEqual([
    'f(a) > b > 1',
    'f(a) > b > 0',
    'c > 0',
  ]);
  expect(changes('a.go', 'if a < b {\n}\nif v, ok := m[k]; ok {\n}', 'condition')).toEqual([
    'a < b > true',
    'a < b > false',
  ]);
  expect(changes('a.rs', 'if a { } if let Some(x) = y { }', 'condition')).toEqual(['a > true', 'a > false']);
  expect(changes('a.py', 'if a[1:2]:\n    pass\n', 'condition')).toEqual(['a[1:2] > True', 'a[1:2] > False']);
});

test('calls, assignments and jumps are left out; what declares something, returns or has a block is not', () => {
  const text = 'int f(void) { int a = 1; struct s *p = q; a = 2; g(a); if (a) return a; for (;;) { break; } p->n++; }';
  expect(changes('a.c', text, 'statement')).toEqual(['a = 2 > ', 'g(a) > ', 'break > ', 'p->n++ > ']);
  expect(changes('a.py', 'def f(a):\n    b = g(a)\n    return b\n', 'statement')).toEqual(['b = g(a) > pass']);
  expect(changes('a.go', 'func f() {\n\ta := 1\n\tg(a)\n}\n', 'statement')).toEqual(['g(a) > ']);
});

test('a mutant is one change at its line; a file of another language has none', () => {
  const text = 'a();\nb = c < d;\n';
  const [, less] = mutantsOf('a.c', text)?.filter(({ line }) => line === 2) ?? [];
  expect(less && mutated(text, less)).toBe('a();\nb = c <= d;\n');
  expect(mutantsOf('a.txt', text)).toBeUndefined();
});

test('what does not conform is noticed, with a finding or without one', () => {
  const without = { hello: undefined, seed: 1, kinds: [], missing: [], failure: undefined };
  expect(wrongIn({ ...without, verdict: 'conforms' })).toBeUndefined();
  // A crash that no time was left to see again has no finding.
  for (const verdict of ['flaky-crash', 'inconclusive', 'not-applicable'] as const)
    expect(wrongIn({ ...without, verdict })).toEqual({ by: verdict, operations: 0 });
});
