import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { join, resolve } from 'node:path';
import { CANARY } from './run/canary.js';
import { NOT_RUN } from './report/scores.js';
import { reaching } from './reaching.js';

/** The tests that are run for a mutant: none that start processes, break allocators themselves or prove. */
const FOLDERS = ['law', 'lockstep', 'trace', 'unit'];
const TIMES = 'mutation-times.json';

/** A test counts as endless after both: `TIMES_AS_LONG` times its time without a mutant, and `LEAST_MS`. */
const TIMES_AS_LONG = 20;
const LEAST_MS = 2000;
/** A mutant that runs on is run again, and may take this many times as long: a busy machine kills nobody. */
const ONCE_MORE = 4;
const LOADING_MS = 120_000;
const NO_LIMIT = () => 2 ** 30;

/** So do loops that take this many times the turns that they take without a mutant, and some more. */
const turnsOf = (turns) => 20 * turns + 1_000_000;

const findFiles = () =>
  FOLDERS.flatMap((folder) =>
    readdirSync(join('test', folder), { recursive: true })
      .filter((name) => name.endsWith('.test.ts'))
      .sort()
      .map((name) => `test/${folder}/${name}`),
  ).filter(reaching());

let found;

/** The files of tests in the current folder, where Stryker has put its copy of the project, that can reach a mutant; looked for once. */
const files = () => (found ??= findFiles());

/** When the time of the run is over, in milliseconds of the clock. */
const UNTIL = Number(process.env.BUDDY_ORACLE_MUTATE_UNTIL ?? Infinity);

/** Reports whether a mutant comes too late; the canary, of which Stryker tells file and mutator, never does. */
const isLate = ({ fileName, mutatorName }) =>
  Date.now() > UNTIL && !(fileName.endsWith(CANARY.file) && mutatorName === CANARY.mutator);

const whyNot = ({ at, failed = 'runs on' }) => `${at}: ${failed}`;

/** A thread with tests loaded: all of them, or those of some files. */
class Environment {
  #worker;
  /** What the tests are called. */
  tests = [];

  /** Starts one; a mutant that is given is there from the first line that is loaded, and its loops may take `turns` turns meanwhile. */
  static async start(kind, { activeMutant, tests = files(), turns } = {}) {
    const environment = new Environment();
    const worker = new Worker(resolve('test/mutate/thread/environment.js'), {
      workerData: { files: tests, kind, activeMutant, turns },
      resourceLimits: { maxOldGenerationSizeMb: 2048 },
      stdout: true,
      stderr: true,
    });
    worker.on('error', () => undefined); // told while something is awaited; later it changes nothing
    worker.stdout.resume();
    worker.stderr.resume();
    environment.#worker = worker;
    const told = await environment.#await(() => LOADING_MS);
    environment.tests = told.loaded ?? [];
    return { environment, told };
  }

  /** The next thing that the thread has to tell, or which test or file it was at when it ran on or ended. */
  #await(limitOf) {
    return new Promise((resolveWith) => {
      let at = 'starting';
      let timer = setTimeout(() => settle({ at, ranOn: true }), LOADING_MS);
      const settle = (result) => {
        clearTimeout(timer);
        this.#worker.off('message', hear);
        this.#worker.off('error', fail);
        resolveWith(result);
      };
      const fail = (error) => settle({ at, failed: String(error?.message ?? error), code: error?.code });
      const hear = (message) => {
        if (message.begins === undefined) return settle({ ...message, at });
        at = message.begins;
        clearTimeout(timer);
        timer = setTimeout(() => settle({ at, ranOn: true }), limitOf(at));
      };
      this.#worker.on('message', hear);
      this.#worker.on('error', fail);
    });
  }

  run(request, limitOf) {
    const told = this.#await(limitOf);
    this.#worker.postMessage(request);
    return told;
  }

  async stop() {
    await this.#worker.terminate();
  }
}

/** Stryker's runner of tests: loads them once in a thread, and runs what a mutant concerns there, the quickest first. */
export class OneThreadRunner {
  static inject = ['logger'];
  #log;
  #environment;
  #times;
  /** The test that killed the last mutant, and its file: the next mutant is like the last. */
  #killer;
  #nearby;

  constructor(log) {
    this.#log = log;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    const { environment, told } = await Environment.start('covered');
    if (told.loaded === undefined) return { status: 'error', errorMessage: whyNot(told) };
    const { tests } = environment;
    const { results, mutantCoverage } = await environment.run({ tests, bail: false }, NO_LIMIT);
    await environment.stop();
    const timed = await this.#time(tests);
    writeFileSync(TIMES, JSON.stringify(timed));
    return {
      status: 'complete',
      mutantCoverage,
      tests: results.map(({ id, failure }) => ({
        id,
        name: id,
        timeSpentMs: timed.ms[id],
        ...(failure === undefined ? { status: 0 } : { status: 1, failureMessage: failure }),
      })),
    };
  }

  /** How long each test takes where no mutant is active and nothing is counted, and how many turns its loops may take. */
  async #time(tests) {
    const { environment, told } = await this.#ready();
    const { results } = await environment.run({ tests, bail: false }, NO_LIMIT);
    return {
      loading: turnsOf(told.turns),
      ms: Object.fromEntries(results.map(({ id, ms }) => [id, ms])),
      turns: Object.fromEntries(results.map(({ id, turns }) => [id, turnsOf(turns)])),
    };
  }

  async mutantRun(options) {
    if (isLate(options.activeMutant)) return { status: 'error', errorMessage: NOT_RUN };
    if (options.mutantActivation === 'static' && !options.disableBail && this.#nearby !== undefined) {
      const result = await this.#run(options, 1, [this.#nearby]); // to load one file is several times as fast as to load all
      if (result.status === 'killed') return result;
    }
    const result = await this.#run(options, 1);
    return result.ranOn === true ? this.#run(options, ONCE_MORE) : result;
  }

  async #run({ activeMutant, testFilter, hitLimit, mutantActivation, disableBail }, patience, of) {
    this.#times ??= JSON.parse(readFileSync(TIMES, 'utf8'));
    const isStatic = mutantActivation === 'static';
    const { environment, told } = await this.#ready(isStatic ? activeMutant.id : undefined, of);
    if (told !== undefined && told.loaded === undefined) {
      await environment.stop();
      return this.#failed(told, 0);
    }
    const tests = this.#sort(testFilter ?? environment.tests);
    const limitOf = (id) => patience * (LEAST_MS + TIMES_AS_LONG * this.#timeOf(id));
    const { turns } = this.#times;
    const end = await environment.run({ tests, turns, mutant: activeMutant.id, hitLimit, bail: !disableBail }, limitOf);
    if (isStatic || end.results === undefined) await this.#drop(environment);
    return this.#resultOf(end, hitLimit);
  }

  async #ready(activeMutant, tests) {
    if (activeMutant !== undefined) {
      return Environment.start('mutated', { activeMutant, tests, turns: this.#times.loading });
    }
    if (this.#environment !== undefined) return { environment: this.#environment };
    const { environment, told } = await Environment.start('mutated');
    if (told.loaded === undefined) {
      await environment.stop();
      throw new Error(`no mutant is active, but ${whyNot(told)}`);
    }
    this.#environment = environment;
    return { environment, told };
  }

  /** A mutant that is there while the tests are loaded can give them other names: they may take as long as any. */
  #timeOf(id) {
    return this.#times.ms[id] ?? Math.max(...Object.values(this.#times.ms));
  }

  async #drop(environment) {
    if (environment === this.#environment) this.#environment = undefined;
    await environment.stop();
  }

  #sort(tests) {
    const rank = (id) => (id === this.#killer ? -1 : this.#timeOf(id));
    return tests.toSorted((one, other) => rank(one) - rank(other));
  }

  #failed({ at, code, endless, failed, ranOn }, nrOfTests) {
    if (endless === true) return { status: 'timeout', reason: `${at}: its loops run on` };
    if (ranOn === true) return { status: 'timeout', reason: `${at} runs on`, ranOn };
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') return { status: 'timeout', reason: `${at}: ${failed}` };
    return { status: 'killed', killedBy: [], failureMessage: `${at}: ${failed}`, nrOfTests };
  }

  #resultOf(end, hitLimit) {
    if (end.results === undefined) return this.#failed(end, 1);
    const { hitCount, results } = end;
    if (hitLimit !== undefined && hitCount > hitLimit)
      return { status: 'timeout', reason: `reached ${hitCount} times` };
    const endless = results.find((result) => result.ranOn);
    if (endless !== undefined) return { status: 'timeout', reason: `${endless.id}: its loops run on` };
    const failed = results.filter(({ failure }) => failure !== undefined);
    const [first] = failed;
    if (first === undefined) return { status: 'survived', nrOfTests: results.length };
    this.#killer = first.id;
    [this.#nearby] = first.id.split(' ');
    const killedBy = failed.map(({ id }) => id);
    return { status: 'killed', killedBy, failureMessage: first.failure, nrOfTests: results.length };
  }

  /** Checks at the end that all tests still pass in this thread: the traces of one mutant must not kill another. */
  async dispose() {
    const environment = this.#environment;
    if (environment === undefined) return;
    const { tests } = environment;
    const { at, results = [{ id: at, failure: 'ran on' }] } = await environment.run({ tests, bail: false }, NO_LIMIT);
    for (const { id, failure } of results) {
      if (failure !== undefined) this.#log.error(`after all mutants ${id} fails without one: ${failure}`);
    }
    await environment.stop();
  }
}
