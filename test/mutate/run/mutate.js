import { Stryker } from '@stryker-mutator/core';
import { canaryLine, CANARY } from './canary.js';
import { allFiles, commit, filesBy, filesLike, filesSince } from './chosen.js';
import { entries } from '../ledger/ledger.js';
import { failures } from '../report/scores.js';
import { cleanFiles, page, recorded } from '../report/record.js';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

/**
 * Breaks the sources on purpose and counts what no test notices; exits with 1 if a mutant lives that is not in the ledger, if one
 * met no test, or if the canary lives. The canary is part of each run.
 */
const REPORT = 'reports/mutation/mutation.json';
const RECORD = new URL('../report/recorded.json', import.meta.url);
const PAGE = new URL('../report/MUTATED.md', import.meta.url);
/** About as many lines as a few minutes suffice for. */
const SAMPLE_LINES = 300;

const { values: given } = parseArgs({
  options: {
    mutate: { type: 'string', short: 'm' },
    since: { type: 'string' },
    seconds: { type: 'string' },
    concurrency: { type: 'string' },
    'all-killers': { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    ledger: { type: 'boolean', default: false },
  },
});

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** What is mutated besides the canary; undefined for all. In a few seconds: some of the files of which no mutant lived. */
function wanted() {
  if (given.mutate !== undefined) return given.mutate.split(',').flatMap(filesLike);
  if (given.since !== undefined) return filesSince(given.since);
  return given.seconds === undefined ? undefined : filesBy(cleanFiles(read(RECORD)), commit(), SAMPLE_LINES);
}

/** Makes evidence for what lives in the last report, in the ledger. */
function makeEvidence() {
  const { status } = spawnSync(
    'npx',
    ['vitest', 'run', 'test/mutate/ledger/ledger.test.ts', '-t', 'evidence is made'],
    {
      env: { ...process.env, BUDDY_ORACLE_LEDGER: REPORT },
      stdio: 'inherit',
    },
  );
  return status ?? 1;
}

/** Keeps what the last report says of whole files, and makes the page anew; files that are gone are dropped. */
function record(files, begun) {
  const about = { date: new Date().toISOString().slice(0, 10), commit: begun };
  const made = recorded(read(RECORD), read(REPORT), entries(), files, about);
  const there = allFiles();
  const kept = Object.fromEntries(Object.entries(made.files).filter(([file]) => there.includes(file)));
  const folders = there.filter((file) => kept[file] === undefined).map((file) => dirname(file));
  const whole = { ...made, files: kept, notRun: [...new Set(folders)] };
  writeFileSync(RECORD, `${JSON.stringify(whole, undefined, 2)}\n`);
  writeFileSync(PAGE, page(whole));
}

/** Mutates; returns the status that the run exits with. */
async function run() {
  const begun = given.record ? commit() : undefined; // other commits may be made meanwhile
  const chosen = wanted();
  if (chosen !== undefined) console.log(`mutated: the canary${chosen.map((file) => `, ${file}`).join('')}`);
  const hasCanary = chosen === undefined || chosen.includes(CANARY.file);
  if (given.seconds !== undefined) {
    process.env.BUDDY_ORACLE_MUTATE_UNTIL = String(Date.now() + 1000 * Number(given.seconds));
  }
  rmSync(REPORT, { force: true });
  await new Stryker({
    configFile: 'stryker.conf.json',
    ...(chosen === undefined ? {} : { mutate: [...chosen, ...(hasCanary ? [] : [canaryLine()])] }),
    ...(given.concurrency === undefined ? {} : { concurrency: Number(given.concurrency) }),
    disableBail: given['all-killers'],
  }).runMutationTest();
  const wrong = failures(read(REPORT));
  for (const why of wrong) console.log(`failed: ${why}`);
  if (begun !== undefined) {
    const files = (chosen ?? allFiles()).filter((file) => !file.includes(':'));
    record(files, begun);
  }
  return wrong.length > 0 ? 1 : 0;
}

process.exitCode = given.ledger ? makeEvidence() : await run();
