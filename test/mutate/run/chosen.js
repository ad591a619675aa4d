import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** Which files a run mutates: what the configuration says, those that differ from a commit, or some by a commit's hash. */
const { mutate } = JSON.parse(readFileSync(new URL('../../../stryker.conf.json', import.meta.url), 'utf8'));

/** A pattern of the configuration, which has no more than these. */
const matcher = (pattern) =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('**/', '(?:.+/)?').replaceAll('*', '[^/]*')}$`, 'u');

const isMutated = (file) =>
  mutate.reduce((is, pattern) => {
    const leaves = pattern.startsWith('!');
    return matcher(leaves ? pattern.slice(1) : pattern).test(file) ? !leaves : is;
  }, false);

const git = (...args) =>
  execFileSync('git', args, { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '');

/** Returns all files that are mutated, in the current folder. */
export const allFiles = () =>
  ['spec', 'src', 'invariants', 'conformance']
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => `${folder}/${name}`))
    .filter(isMutated)
    .sort();

/** Returns those that a pattern names; a file with lines, as `src/buddy/buddy.ts:20-26`, is left as it is. */
export const filesLike = (pattern) =>
  pattern.includes('*') ? allFiles().filter((file) => matcher(pattern).test(file)) : [pattern];

/** Returns those that differ from a commit, in the commits since or in the folder. */
export function filesSince(ref) {
  const changed = [...git('diff', '--name-only', ref), ...git('ls-files', '--others', '--exclude-standard')];
  return [...new Set(changed)].filter((file) => isMutated(file) && existsSync(file)).sort();
}

/** Returns some of these files, with `lines` lines or a little more, chosen by a text, such as a commit's hash: another one, others. */
export function filesBy(files, text, lines) {
  const rank = (file) => createHash('sha256').update(`${text} ${file}`).digest('hex');
  const ranked = files.map((file) => [rank(file), file]).sort();
  const chosen = [];
  let count = 0;
  for (const [, file] of ranked) {
    if (count >= lines) break;
    chosen.push(file);
    count += readFileSync(file, 'utf8').split('\n').length;
  }
  return chosen.sort();
}

/** Returns the hash of the commit that is checked out. */
export const commit = () => git('rev-parse', 'HEAD')[0];
