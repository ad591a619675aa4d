/** Tests that a fault in src goes into the emitted C, and that lockstep finds it. */

import { Program } from '../../../proof/front/program.ts';
import { SHAPES } from '../../../proof/front/compare.ts';
import { afterAll, expect, test, vi } from 'vitest';
import { compare, compile, isThere } from './compiled.ts';
import { headerOf } from '../../../proof/front/c/header.ts';
import { join } from 'node:path';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { patience } from '../../arbitrary/campaign.ts';
import { tmpdir } from 'node:os';
import type { Kernel } from '../../../protocol/index.ts';

vi.setConfig({ testTimeout: 2 * patience });

const folder = mkdtempSync(`${tmpdir()}/emit-`);
afterAll(() => rmSync(folder, { recursive: true }));

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

const program = new Program();
/** Returns the program with a word of one file replaced. */
const withFault = (path: string, from: string, to: string): Program =>
  new Program((one) => (one === path ? program.text(one).replace(from, () => to) : program.text(one)), program);

test.for(FAULTS)('%s: a fault in %s goes into the C, and is found: %s', ([kernel, path, from, to], { skip }) => {
  if (!isThere('gcc')) skip('there is no gcc');
  expect(program.text(path)).toContain(from);
  const header = join(folder, 'broken.h');
  writeFileSync(header, headerOf(withFault(path, from, to), kernel));
  const broken = compile('gcc', ['-std=c99'], { header, program: join(folder, 'broken') });
  const shape = SHAPES.find((one) => one.kernel === kernel && one.pages === 33);
  if (shape === undefined) throw new Error('no arena');
  const { difference } = compare(broken, shape, { operations: 2000, each: 1, seed: 1 });
  expect(difference).toMatch(/operations \d+ to \d+ differ/u);
});
