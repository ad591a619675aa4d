/** Tests of the command `mutate`: on a small allocator each mutant comes to the end that was worked out for it. */
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { end, start } from '../command.ts';
import { expect, test } from 'vitest';
import { join } from 'node:path';
import { patience } from '../../arbitrary/campaign.ts';
import { path } from '../started.ts';
import { tmpdir } from 'node:os';
import type { Ran } from '../command.ts';

/** The first blocks that are free, by a flag for each frame; nothing is claimed but that what is granted is right. */
const FRAMES = `export class Frames {
  constructor({ base, orders, pages, reserved }) {
    Object.assign(this, { base, orders, taken: new Array(pages).fill(false) });
    for (const [first, count] of reserved) this.taken.fill(true, first - base, first - base + count);
  }
  allocate(order) {
    if (order >= this.orders) return null;
    const size = 2 ** order;
    for (let n = 0; n + size <= this.taken.length; n += size) {
      if (this.taken.slice(n, n + size).includes(true)) continue;
      this.taken.fill(true, n, n + size);
      return this.base + n;
    }
    return null;
  }
  free(frame, order) {
    this.taken.fill(false, frame - this.base, frame - this.base + 2 ** order);
    this.frees++;
  }
}
`;

const ATTACH = `import { Frames } from './frames.js';
import { serve } from './harness.js';
await serve({ name: 'frames', revision: '1', claims: [], features: [], open: (arena) => new Frames(arena) });
`;

interface Mutant {
  readonly line: number;
  readonly from: string;
  readonly to: string;
  readonly fate: { readonly kind: string; readonly by?: string };
}

/** Runs in a new folder with the allocator and its harness, which must be afterwards as it was. */
async function inFolder(args: readonly string[], frames = FRAMES): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'mutate-test-'));
  try {
    for (const file of ['harness.js', 'words.js'])
      cpSync(path(`../../conformance/harness/javascript/${file}`), join(folder, file));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'frames.js'), frames);
    writeFileSync(join(folder, 'attach.js'), ATTACH);
    const files = readdirSync(folder);
    const child = start(['mutate', ...args], folder);
    child.stdin.end();
    const ran = await end(child);
    expect([readdirSync(folder), readFileSync(join(folder, 'frames.js'), 'utf8')]).toEqual([files, frames]);
    return ran;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const COMMAND = ['--', process.execPath, 'attach.js'];

test(
  'each mutant is refuted, or survives where nothing that is claimed is broken',
  { timeout: 4 * patience },
  async () => {
    const ran = await inFolder(['--json', '--files', 'frames.js', '--time', '8', '--exhaustive', '2', ...COMMAND]);
    expect([ran.status, ran.stderr]).toEqual([1, '']);
    const records = ran.stdout
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as Mutant);
    const fateOf = (line: number, from: string, to: string): string | undefined => {
      const found = records.find((one) => one.line === line && one.from === from && one.to === to);
      return found?.fate.by ?? found?.fate.kind;
    };
    // The last block is never granted: who does not claim to be complete may keep it.
    expect(fateOf(9, '<=', '<')).toBe('survived');
    // One order too many is granted.
    expect(fateOf(7, '>=', '>')).toBe('TAKE-5');
    // Frames before the arena are granted.
    expect(fateOf(12, '+', '-')).toBe('TAKE-1');
    // Blocks of three frames begin where none of two may.
    expect(fateOf(8, '2', '3')).toMatch(/^TAKE-/u);
    // What is granted is granted again.
    expect(fateOf(11, 'this.taken.fill(true, n, n + size)', '')).toBe('TAKE-4');
    // Nothing is granted at all: no run sees what it must.
    expect(fateOf(10, 'this.taken.slice(n, n + size).includes(true)', 'true')).toBe('inconclusive');
    // Nobody reads the count.
    expect([fateOf(18, 'this.frees++', ''), fateOf(18, '++', '--')]).toEqual(['alike', 'alike']);
    // What was freed is never granted again.
    expect(fateOf(17, 'this.taken.fill(false, frame - this.base, frame - this.base + 2 ** order)', '')).toBe('USE-1');
    const { complete, record, verdict, ...counts } = records.at(-1) as unknown as Record<string, number | string>;
    const sum = ['refuted', 'survived', 'alike', 'not built'].reduce((all, one) => all + Number(counts[one]), 0);
    expect([record, complete, verdict]).toEqual(['summary', true, 'survived']);
    expect([sum, counts['notTried']]).toEqual([records.length - 1, 0]);
  },
);

test(
  'what is not noticed is shown with its line; one that cannot be judged is an error',
  { timeout: 4 * patience },
  async () => {
    // A condition of which both halves say the same.
    const twice =
      'export class Frames {\n  allocate() {\n    return this.none || this.none ? 1 : null;\n  }\n  free() {}\n}\n';
    const ran = await inFolder(['--files', 'frames.js', '--time', '2', '--exhaustive', '1', ...COMMAND], twice);
    expect(ran.status).toBe(3);
    expect(ran.stderr).toContain('the original is not seen to conform: give it more --time');
  },
);

test.each<[string, readonly string[], number, RegExp]>([
  ['no harness', ['--files', 'frames.js'], 2, /say how the harness is started, after --/u],
  ['no files', COMMAND, 2, /say which files/u],
  ['a file elsewhere', ['--files', '../frames.js', ...COMMAND], 2, /is not below this folder/u],
  ['a file of no language', ['--files', 'package.json', ...COMMAND], 2, /mutants can be made of .*\.rs/u],
  ['no such file', ['--files', 'none.js', ...COMMAND], 2, /cannot be read/u],
  [
    'a build that fails',
    ['--files', 'frames.js', '--build', 'echo no; exit 3', ...COMMAND],
    3,
    /build of the original failed: exited with status 3\nno/u,
  ],
])('%s is an error', async (_, args, status, message) => {
  const ran = await inFolder(args);
  expect([ran.status, ran.stdout]).toEqual([status, '']);
  expect(ran.stderr).toMatch(message);
});
