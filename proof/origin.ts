/** What a result was made of: when, on which machine, at which commit, and of which sources. */
import { cpus, release, type } from 'node:os';
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';

/** The folders and files whose texts decide what the proofs come to. */
export const PROOF_SOURCES: readonly string[] = [
  ...['protocol', 'spec', 'src', 'invariants', 'proof'],
  ...['conformance/kinds', 'conformance/random.ts'],
];

/** When and of what something was made. `commit` is empty where there is no git. */
export interface Origin {
  readonly date: string;
  readonly machine: string;
  readonly commit: string;
  /** The hash of the sources, see `hashOf`. */
  readonly sources: string;
}

/** What tools leave beside the sources, and what says nothing to a machine. */
const isSource = (path: string): boolean => /\.(?:ts|js|json|v|pml|c|h|css|gz)$/u.test(path);

/** Returns the sources in some folders, or files, of the project, in order. Paths are from the project's root, and so is the process. */
export const sourcesIn = (places: readonly string[]): readonly string[] =>
  places
    .flatMap((place) => {
      if (statSync(place).isFile()) return [place];
      const inside = readdirSync(place, { recursive: true, encoding: 'utf8' });
      return inside.map((path) => `${place}/${path.replaceAll('\\', '/')}`).filter(isSource);
    })
    .toSorted();

/** Returns the first characters of the hash of the sources in some folders, or files: of each the path and the text. */
export function hashOf(places: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of sourcesIn(places)) hash.update(`${path}\0`).update(readFileSync(path)).update('\0');
  return hash.digest('hex').slice(0, 12);
}

/** Returns what git says; undefined where there is no git, or no repository. */
export function git(...words: readonly string[]): string | undefined {
  try {
    return execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

/** Returns the origin of what is made now of the sources in some folders. */
export const originOf = (places: readonly string[]): Origin => ({
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores; ${type()} ${release()}; Node ${process.version}`,
  commit: git('rev-parse', 'HEAD') ?? '',
  sources: hashOf(places),
});
