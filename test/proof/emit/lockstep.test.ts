/** Tests that the emitted C does what src does, word for word. */

import { ASSERTING, HEADERS, SANITIZED, compare, compile, isThere } from './compiled.ts';
import { SHAPES } from '../../../proof/front/compare.ts';
import { afterAll, expect, test, vi } from 'vitest';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { patience } from '../../arbitrary/campaign.ts';
import { tmpdir } from 'node:os';
import type { Kernel } from '../../../protocol/index.ts';

vi.setConfig({ testTimeout: 2 * patience });

/** How many operations in all: few unless asked for (`npm run lockstep:c`). */
const OPERATIONS = Number(process.env['BUDDY_ORACLE_LOCKSTEP'] ?? 20_000);
/** A line of the program's for so many operations: each by itself, if they are few. */
const EACH = OPERATIONS > 1_000_000 ? 1000 : 1;

/** Every answer that the face has. */
const ALL = [
  'granted',
  'exhausted',
  'done',
  'out-of-range',
  'wrong-order',
  'misaligned',
  'inner-page',
  'double-free',
  'never-allocated',
  'no-such-frame',
  'handed-over-twice',
  'no-such-order',
].toSorted();

const KERNELS: readonly Kernel[] = ['2.4', '2.6'];
const folder = mkdtempSync(`${tmpdir()}/emit-`);
afterAll(() => rmSync(folder, { recursive: true }));

test.for(KERNELS)('%s: word for word as src, with sanitizers, and what src asserts holds', (kernel, { skip }) => {
  if (!isThere('gcc')) skip('there is no gcc');
  const options = OPERATIONS > 1_000_000 ? ['-O2'] : [...SANITIZED, ...ASSERTING];
  const seen = new Set<string>();
  const program = compile('gcc', ['-std=c99', ...options], { header: HEADERS[kernel], program: join(folder, kernel) });
  for (const [n, shape] of SHAPES.filter((one) => one.kernel === kernel).entries()) {
    const operations = Math.ceil(OPERATIONS / SHAPES.length);
    const { difference, outcomes } = compare(program, shape, { operations, each: EACH, seed: 3 + n });
    expect(difference).toBeUndefined();
    for (const one of outcomes) seen.add(one);
  }
  expect([...seen].toSorted()).toEqual(ALL);
});
