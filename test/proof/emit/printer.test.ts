/** Tests how each construct of the form is printed in C, and what is refused. */

import { Emission } from '../../../proof/front/c/emission.ts';
import { Program } from '../../../proof/front/program.ts';
import { arithmetic } from '../../../proof/front/c/operator.ts';
import { code } from '../../../proof/front/c/printed.ts';
import { indexOf } from '../../../proof/front/c/printer.ts';
import { afterAll, expect, test } from 'vitest';
import { execFileSync } from 'node:child_process';
import { HEADERS, isThere } from './compiled.ts';
import { join } from 'node:path';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { tmpdir } from 'node:os';

const folder = mkdtempSync(`${tmpdir()}/emit-`);
afterAll(() => rmSync(folder, { recursive: true }));

/** Returns the functions in C that a function of two numbers is printed as. */
function printed(name: string, body: string): readonly string[] {
  const program = new Program(
    () => `const TWO = 2; function g(n) { return n * TWO; } function ${name}(x, y) { ${body} }`,
  );
  const emission = new Emission(program, '2.4');
  emission.request(program.function('a.ts', name), undefined, []);
  return emission.functions;
}

/** Bodies of functions of two numbers from -3 to 9, in what JavaScript and C have. */
const BODIES: readonly string[] = [
  'return x - (y - 3) - (x + y);',
  'return x * (y + 1) * -(2 * y);',
  'return (x & 6) | (y ^ ~x);',
  'return (x << (y & 31)) ^ (1 << 31);',
  'return (x & 15) >>> (y & 3);',
  'return 2 ** (x & 7) - y;',
  'return -(-x);',
  'return x < y ? 1 : x > 2 * y ? 2 : 3;',
  'if (!(x < y || x === 3) && !(y !== 2 && x <= y)) return 7; return x >= y ? 1 : 0;',
  'if (x < 0) { if (y < 0) return 1; } else return 2; return 3;',
  'let n = 0; for (let i = 0; i < x; i++) { if (i === 1) continue; if (i === y) break; n += i; } return n;',
  'let n = x; let m = 0; while (n > 0) { n -= 2; m++; } return m - n;',
  'let i = 0; for (; i < x; i++) if (i * i > y) break; return i;',
  'let n = x; n += y; n = n - (y - 1); n ^= 3; return n;',
  'return Math.clz32(x) - Math.clz32(y + 3);',
  'if (Number.isInteger(x) && x > y) return 5; return 6;',
];

test('each construct gives in C what it gives in JavaScript', ({ skip }) => {
  if (!isThere('cc')) skip('there is no cc');
  const functions = BODIES.flatMap((body, n) => printed(`f${n}`, body));
  const range = 'for (int32_t x = -3; x < 10; x++) for (int32_t y = -3; y < 10; y++)';
  const calls = BODIES.map((_, n) => `${range} printf("%d ", buddy_f${n}(x, y));`);
  const main = `#include <stdio.h>\nint main(void) { ${calls.join('\n')}\nreturn 0; }`;
  const [source, program] = [join(folder, 'all.c'), join(folder, 'all')];
  writeFileSync(source, [readFileSync(HEADERS['2.4'], 'utf8'), ...functions, main].join('\n'));
  execFileSync('cc', ['-std=c99', '-Wall', '-Wconversion', '-Werror', '-o', program, source]);
  const said = execFileSync(program, { encoding: 'utf8' }).trim().split(' ').map(Number);
  const must = BODIES.flatMap((body) => {
    const all: unknown = runInNewContext(`const f = function (x, y) { ${body} }; const all = [];
      for (let x = -3; x < 10; x++) for (let y = -3; y < 10; y++) all.push(f(x, y) | 0);
      all.join(' ')`);
    return String(all).split(' ').map(Number);
  });
  expect(said).toHaveLength(BODIES.length * 169);
  expect(said).toEqual(must);
});

test('a function that is called is printed first, and a constant by its name', () => {
  const [first, second] = printed('f', 'return g(x) + g(y);');
  expect(first).toContain('return n * BUDDY_TWO;');
  expect(second).toContain('return buddy_g(x) + buddy_g(y);');
});

test.each([
  ['return (x >> 1);', '>> is not printed yet'],
  ['return 3 ** x;', 'no other base'],
  ['return x ?? y;', '?? is printed after an element'],
  ['return Math.max(x, y);', 'Math.max is not printed yet'],
  ["throw new Error('no');", 'an error has no counterpart in C'],
  ['return [x, y];', 'list has no counterpart in C'],
  ['return z;', 'a.ts has no z that can be printed'],
])('%s is refused: %s', (body, says) => {
  expect(() => printed('f', body)).toThrow(says);
});

test('two operands of which one writes are refused: C does not say which is first', () => {
  const text = new Program().text('src/buddy/buddy.ts');
  const planted = text.replace('page += size;', 'page += size + zone.markUsed(page, order);');
  expect(planted).not.toBe(text);
  const program = new Program((path) => (path === 'src/buddy/buddy.ts' ? planted : new Program().text(path)));
  const emission = new Emission(program, '2.4');
  const zone = { kind: 'object', class: 'Zone', text: 'zone' } as const;
  expect(() => emission.request(program.function('src/buddy/buddy.ts', 'expand'), undefined, [zone])).toThrow(
    'give what this returns a name first',
  );
});

test('a product in an index has the width of an address, and elsewhere that of a number', () => {
  const at = { file: 'a.ts', line: 1, text: 'x' };
  const [x, one, two] = [code('int32_t', 'x'), code('int32_t', '1'), code('int32_t', '2')];
  const place = arithmetic('+', arithmetic('*', two, x, at), one, at);
  expect([indexOf(place, at), place.text]).toEqual(['2 * (size_t)x + 1', '2 * x + 1']);
  expect(indexOf(arithmetic('+', x, one, at), at)).toBe('x + 1');
});
