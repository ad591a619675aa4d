import { declared, load } from './declare.js';
import { isEmpty, refuel, turnsLeft } from './fuel.js';
import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** More turns than all tests together take. */
const ENOUGH = 2 ** 50;

/**
 * A thread that loads all tests once and runs those that it is told to, with the mutant that it is told: until the first one
 * fails. It says which test it begins, so that who waits can tell one that runs on.
 */
const { files, kind, activeMutant, turns = ENOUGH } = workerData;
const mutation = (globalThis.__stryker__ = { activeMutant });

/** A mutant that is killed by a draw of one run must be killed by the next run too; how small a draw would do is not asked. */
fc.configureGlobal({ seed: 20_240_422, endOnFailure: true });

const say = (message) => parentPort.postMessage(message);

/** The failure of a test, if any. */
async function failureOf(id) {
  try {
    await declared.get(id)();
    return undefined;
  } catch (error) {
    return String(error?.message ?? error);
  }
}

/** What one test came to: its failure, if any, how long it took, and how many turns its loops took, or that they ran on. */
async function run(id, most = ENOUGH) {
  const from = performance.now();
  mutation.currentTestId = id;
  refuel(most);
  const failure = await failureOf(id);
  mutation.currentTestId = undefined;
  return { id, ms: performance.now() - from, turns: most - turnsLeft(), failure, ranOn: isEmpty() };
}

async function runAll({ tests, turns = {}, mutant, hitLimit, bail }) {
  Object.assign(mutation, { activeMutant: mutant, hitCount: hitLimit === undefined ? undefined : 0, hitLimit });
  const results = [];
  for (const id of tests) {
    say({ begins: id });
    const result = await run(id, turns[id]);
    results.push(result);
    if ((bail && result.failure !== undefined) || result.ranOn) break;
  }
  const { hitCount, mutantCoverage } = mutation;
  mutation.activeMutant = undefined;
  say({ results, hitCount, mutantCoverage: kind === 'covered' ? mutantCoverage : undefined });
}

/** Loads the files; their loops may take so many turns in all. */
async function loadAll() {
  refuel(turns);
  for (const file of files) {
    say({ begins: file });
    await load(file, pathToFileURL(join(process.cwd(), file.replace(/\.ts$/u, `.${kind}.js`))).href);
  }
  say({ loaded: [...declared.keys()], turns: turns - turnsLeft() });
}

try {
  await loadAll();
} catch (error) {
  if (!isEmpty()) throw error;
  say({ endless: true });
}
parentPort.on('message', runAll);
