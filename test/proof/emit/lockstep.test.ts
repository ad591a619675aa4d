/** Tests that the emitted C does what src does, word for word, and compiles without a warning. */

import { ASSERTING, HEADERS, SANITIZED, STRICT, compile, differs, isThere } from './compiled.ts';
import { Program, sourceText } from '../../../proof/front/program.ts';
import { SHAPES } from '../../../proof/front/compare.ts';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { headerOf } from '../../../proof/front/c/header.ts';
import { join } from 'node:path';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { patience } from '../../arbitrary/campaign.ts';
import { tmpdir } from 'node:os';
import type { Kernel } from '../../../protocol/index.ts';

vi.setConfig({ testTimeout: 2 * patience });

/** How many operations in all: few unless asked for (`npm run lockstep:c`). */
const OPERATIONS = Number(process.env['BUDDY_ORACLE_LOCKSTEP'] ?? 20_000);
/** A line of the program's for so many operations: each by itself, if they are few. */
const EACH = OPERATIONS > 1_000_000 ? 1000 : 1;

const KERNELS: readonly Kernel[] = ['2.4', '2.6'];
const folder = mkdtempSync(`${tmpdir()}/emit-`);
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(KERNELS)('%s', (kernel) => {
  const header = HEADERS[kernel];

  test.for([
    ['gcc', '-std=c99'],
    ['gcc', '-std=c17', '-O2'],
    ['g++', '-std=c++11', '-xc++'],
    ['clang', '-std=c99'],
    ['clang++', '-std=c++11', '-xc++'],
  ] as const)('%s %s: no warning', ([compiler, ...options], { skip }) => {
    if (!isThere(compiler)) skip(`there is no ${compiler}`);
    expect(() => compile(compiler, [...STRICT, ...options], { header, program: join(folder, 'warned') })).not.toThrow();
  });

  test('word for word as src, with sanitizers, and what src asserts holds', ({ skip }) => {
    if (!isThere('gcc')) skip('there is no gcc');
    const options = OPERATIONS > 1_000_000 ? ['-O2'] : [...SANITIZED, ...ASSERTING];
    const program = compile('gcc', ['-std=c99', ...options], { header, program: join(folder, kernel) });
    const shapes = SHAPES.filter((shape) => shape.kernel === kernel);
    for (const [n, shape] of shapes.entries()) {
      const operations = Math.ceil(OPERATIONS / SHAPES.length);
      expect(differs(program, shape, { operations, each: EACH, seed: 3 + n })).toBeUndefined();
    }
  });
});

/** Faults planted in src, each in a file that the header is made from. */
const FAULTS: readonly [kernel: Kernel, path: string, from: string, to: string][] = [
  ['2.4', 'src/buddy/buddy.ts', 'zone.markUsed(page, order);', ''],
  ['2.4', 'src/buddy/buddy.ts', 'page += size;', ''],
  ['2.4', 'src/words/list-head.ts', 'links[2 * first + 1] = node;', ''],
  ['2.6', 'src/buddy/page-buddy.ts', 'zone.buddyFlag.put(page, 1);', ''],
  ['2.6', 'src/buddy/page-buddy.ts', 'zone.counters.add(0, 1 << order);', ''],
  ['2.4', 'src/buddy/allocator.ts', "return 'wrong-order'", "return 'misaligned'"],
  ['2.6', 'src/buddy/answer.ts', "'MISUSE-5'", "'MISUSE-6'"],
];

test.for(FAULTS)('%s: a fault in %s goes into the C, and is found: %s', ([kernel, path, from, to], { skip }) => {
  if (!isThere('gcc')) skip('there is no gcc');
  const program = new Program((one) => (one === path ? sourceText(one).replace(from, () => to) : sourceText(one)));
  const header = join(folder, 'broken.h');
  writeFileSync(header, headerOf(program, kernel));
  const broken = compile('gcc', ['-std=c99', ...SANITIZED], { header, program: join(folder, 'broken') });
  const shape = SHAPES.find((one) => one.kernel === kernel && one.pages === 33);
  if (shape === undefined) throw new Error('no arena');
  expect(differs(broken, shape, { operations: 2000, each: 1, seed: 1 })).toMatch(/operations \d+ to \d+ differ/u);
});
