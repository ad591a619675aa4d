/** Tests that the emitted C compiles without a warning, as C and as C++. */

import { HEADERS, STRICT, compile, isThere } from './compiled.ts';
import { afterAll, describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';

const folder = mkdtempSync(`${tmpdir()}/emit-`);
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(['2.4', '2.6'] as const)('%s', (kernel) => {
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
});
