/** A user's project: the package installed into a folder of its own, and programs run there. */

import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';

/** The checkout. */
export const ROOT: string = fileURLToPath(new URL('../../', import.meta.url));
const EXAMPLES = join(ROOT, 'examples');
const HARNESS = 'conformance/harness/javascript/harness.js';

/** How a program ended, and all that it said. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly said: string;
}

/** What npm tells the scripts that it runs: to an npm of another folder it would be a lie. */
const NPM = [
  'npm_config_local_prefix',
  'npm_config_prefix',
  'npm_config_global_prefix',
  'npm_package_json',
  'INIT_CWD',
];

/** Neither coloured nor told that a test or a mutation run is on: what a user's own shell would say. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !NPM.includes(name) && !/^(VITEST|STRYKER)/u.test(name));
  return { ...Object.fromEntries(kept), NO_COLOR: '1', NODE_ENV: '' };
}

/** Runs a program to its end. */
export const run = (cwd: string, program: string, ...parameters: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(program, parameters, { cwd, env: environment(), maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      resolve({ status, stdout, said: stdout + stderr });
    });
  });

/** Runs JavaScript to its end. */
export const node = (cwd: string, ...parameters: readonly string[]): Promise<Ended> =>
  run(cwd, process.execPath, ...parameters);

/** A package as `npm pack` makes it: where it lies, and the paths in it. */
export interface Packed {
  readonly file: string;
  readonly paths: readonly string[];
  readonly bytes: number;
}

interface Listed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** Packs what is built, in a folder of its own; building anew would pull dist away under other tests. */
export async function pack(): Promise<Packed> {
  const into = mkdtempSync(join(tmpdir(), 'buddy-oracle-'));
  const { said, status, stdout } = await run(
    ROOT,
    'npm',
    'pack',
    '--json',
    '--ignore-scripts',
    '--pack-destination',
    into,
  );
  const [listed] = status === 0 ? (JSON.parse(stdout) as readonly Listed[]) : [];
  if (listed === undefined) throw new Error(said);
  return { file: join(into, listed.filename), paths: listed.files.map(({ path }) => path), bytes: listed.size };
}

const MANIFEST = { name: 'user', version: '1.0.0', private: true, type: 'module' };

/** As strict as a user's compiler may be; the package's declarations are checked too. */
const TSCONFIG = {
  compilerOptions: {
    target: 'es2023',
    lib: ['es2023'],
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    rewriteRelativeImportExtensions: true,
    outDir: 'out',
    skipLibCheck: false,
    types: ['node'],
  },
  files: ['allocator.ts', 'boot-memory.ts', 'machine.ts', 'exports.ts'],
};

/** What a user has beside the package; installed once is enough. */
const TOOLS = ['@stryker-mutator', '@types', 'fast-check', 'pure-rand', 'typescript', 'vitest'];

/** What npm says where there is no registry, nor what is wanted in its cache. */
const NO_REGISTRY = /E(?:AI_AGAIN|CONNREFUSED|CONNRESET|HOSTUNREACH|NETUNREACH|NOTCACHED|NOTFOUND|TIMEDOUT)|network/u;

/** The folder of a user's project with the package installed; or why there is none, where the registry cannot be reached. */
export type User = { readonly folder: string } | { readonly unreachable: string };

/** Fills a user's folder with the examples, the harness beside that which needs it, and a program that imports everything. */
function fill(folder: string): void {
  cpSync(EXAMPLES, folder, { recursive: true });
  cpSync(join(ROOT, HARNESS), join(folder, 'harness.js'));
  cpSync(join(ROOT, 'test/pack/exports.ts'), join(folder, 'exports.ts'));
  const harnessed = join(folder, 'first-fit.js');
  writeFileSync(harnessed, readFileSync(harnessed, 'utf8').replace(`../${HARNESS}`, './harness.js'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(MANIFEST));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
}

/** Makes a user's project beside what was packed. */
export async function makeUser({ file }: Packed): Promise<User> {
  const folder = join(dirname(file), 'user');
  fill(folder);
  const { said, status } = await run(folder, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', file);
  if (status !== 0 && NO_REGISTRY.test(said)) return { unreachable: said };
  if (status !== 0) throw new Error(said);
  for (const tool of TOOLS) symlinkSync(join(ROOT, 'node_modules', tool), join(folder, 'node_modules', tool));
  return { folder };
}
