import { ROOT, makeUser, node, pack, run } from '../../pack/user.ts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Packed, User } from '../../pack/user.ts';

// Each of these takes a few seconds where nothing else runs.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let packed: Packed;
let user: User;

beforeAll(async () => {
  packed = await pack();
  user = await makeUser(packed);
});

afterAll(() => {
  rmSync(dirname(packed.file), { recursive: true });
});

/** The user's folder; without a registry there is none, and the test is skipped with that as its reason. */
const folderOf = (skip: (why: string) => never): string =>
  'folder' in user ? user.folder : skip(`no registry: ${user.unreachable}`);

const filesIn = (folder: string): readonly string[] =>
  readdirSync(ROOT + folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath.slice(ROOT.length)}/${entry.name}`);

const LAYERS = ['protocol', 'spec', 'src', 'invariants', 'conformance'];

test('the package holds what is built of the sources, the harnesses and the texts, and nothing else', () => {
  const sources = LAYERS.flatMap(filesIn).filter((path) => /(?<!\.d)\.ts$/u.test(path));
  const built = sources.flatMap((path) => ['.js', '.d.ts'].map((end) => `dist/${path.replace(/\.ts$/u, end)}`));
  const texts = LAYERS.map((layer) => `${layer}/README.md`);
  const root = ['ARCHITECTURE.md', 'CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
  const examples = filesIn('examples').filter((path) => !path.endsWith('/tsconfig.json'));
  const pages = [
    'dist/page/film.html',
    'dist/page/play.html',
    'dist/page/audit.cjs',
    'dist/page/still.cjs',
    'dist/page/story.cjs',
    'protocol/vectors.schema.json',
  ];
  const copied = [...filesIn('conformance/harness'), ...examples];
  const expected = [...built, ...pages, ...copied, ...texts, ...root];
  // What an earlier build left behind is in dist still: `npm run clean` takes it out.
  expect(packed.paths.toSorted()).toEqual(expected.toSorted());
});

test('a strict compiler accepts all that is exported, and what is exported runs', async ({ skip }) => {
  const folder = folderOf(skip);
  expect(await node(folder, 'node_modules/typescript/bin/tsc')).toEqual({ status: 0, stdout: '', said: '' });
  expect(await node(folder, 'out/exports.js')).toEqual({ status: 0, stdout: '', said: '' });
});

const COMMAND = ['buddy-oracle', 'check', '--pages', '8', '--orders', '4', '--cases', '50'];

test('the command judges the reference', async ({ skip }) => {
  const { said, status } = await run(folderOf(skip), 'npx', ...COMMAND);
  expect(said).toContain('conforms');
  expect(status).toBe(0);
});

test('ten lines of a test judge an allocator, and say what is wrong with it', async ({ skip }) => {
  const folder = folderOf(skip);
  const vitest = ['node_modules/vitest/vitest.mjs', 'run'];
  const healthy = await node(folder, ...vitest);
  expect(healthy.said).toMatch(/Tests +6 passed/u);

  const path = `${folder}/allocator.ts`;
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('block ^ (2 ** joined)', 'block + 2 ** joined'));
  const sick = await node(folder, ...vitest, 'allocator.test.ts');
  writeFileSync(path, text);
  expect(sick.said).toMatch(/TAKE-6 .* refuted at order 1/u);
  expect(sick.said).toContain('the case, as short as it could be made');
  expect(sick.status).toBe(1);
});
