/** Tests of which files a run mutates. */
import { allFiles, filesBy, filesLike } from './chosen.js';
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';

const CHOSEN = new URL('./chosen.js', import.meta.url).href;

test('all layers are mutated, and of the judge what judges; lists of clauses and of exports are not', () => {
  const files = allFiles();
  for (const file of [
    'spec/buddy/pair.ts',
    'src/buddy/buddy.ts',
    'invariants/snapshot.ts',
    'conformance/judge/judge.ts',
  ])
    expect(files).toContain(file);
  for (const file of [
    'spec/buddy/clauses.ts',
    'spec/buddy/optional-clauses.ts',
    'spec/index.ts',
    'conformance/cli/main.ts',
  ])
    expect(files).not.toContain(file);
});

test('a pattern is the files that it names, and lines of a file stay lines', () => {
  expect(filesLike('src/words/*.ts')).toEqual(allFiles().filter((file) => file.startsWith('src/words/')));
  expect(filesLike('src/buddy/buddy.ts:20-26')).toEqual(['src/buddy/buddy.ts:20-26']);
});

test('a text chooses files of as many lines as wanted, always the same; another text chooses others', () => {
  const choices = ['a', 'b', 'c'].map((text) => filesBy(allFiles(), text, 300));
  const linesOf = (file: string): number => readFileSync(file, 'utf8').split('\n').length;
  for (const chosen of choices)
    expect(chosen.reduce((sum, file) => sum + linesOf(file), 0)).toBeGreaterThanOrEqual(300);
  expect(filesBy(allFiles(), 'a', 300)).toEqual(choices[0]);
  expect(new Set(choices.map((chosen) => chosen.join())).size).toBe(3);
});

test('since a commit: files that were changed, committed, or are new, of those that are mutated', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'since-'));
  const git = (...args: readonly string[]): string => execFileSync('git', args, { cwd, encoding: 'utf8' });
  const write = (file: string, text: string): void => writeFileSync(join(cwd, file), text);
  const commit = (): string => {
    git('add', '.');
    git('-c', 'user.name=n', '-c', 'user.email=n@localhost', 'commit', '-qm', 'a commit');
    return git('rev-parse', 'HEAD').trim();
  };
  try {
    git('init', '-q');
    mkdirSync(join(cwd, 'src'));
    for (const file of ['src/a.ts', 'src/b.ts', 'src/c.ts', 'src/index.ts', 'README.md']) write(file, '1;\n');
    const first = commit();
    for (const file of ['src/a.ts', 'src/index.ts', 'README.md']) write(file, '2;\n');
    commit();
    write('src/b.ts', '3;\n');
    write('src/d.ts', '4;\n');
    const ask = `import { filesSince } from '${CHOSEN}'; console.log(filesSince('${first}').join())`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', ask], { cwd, encoding: 'utf8' });
    expect(said.trim().split(',')).toEqual(['src/a.ts', 'src/b.ts', 'src/d.ts']);
  } finally {
    rmSync(cwd, { recursive: true });
  }
});
