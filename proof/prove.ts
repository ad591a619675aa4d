/** The command `npm run prove`: runs every part, prints a table and writes reports/proof.json. */

import { PARTS } from './parts.ts';
import { PROOF_SOURCES, originOf } from './origin.ts';
import { availableParallelism } from 'node:os';
import { lineOn } from '../conformance/cli/terminal/line.ts';
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { resultsOf } from './threads.ts';
import { tableOf } from './result.ts';
import type { Named } from './parts.ts';

const { values: given } = parseArgs({
  options: {
    /** Runs also the parts that take long. */
    full: { type: 'boolean', default: false },
    /** Runs only the parts of folders whose names begin so. */
    only: { type: 'string', default: '' },
    /** How many parts run at a time; each has a thread of its own. */
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
});
const { full, only } = given;
const jobs = Number(given.jobs);
if (!Number.isInteger(jobs) || jobs < 1) throw new Error(`--jobs must be 1 or more, and is ${given.jobs}`);

const origin = originOf(PROOF_SOURCES);
const line = lineOn(process.stderr);
const wanted = PARTS.filter(({ long, name }) => name.startsWith(only) && (long !== true || full));
const underWay = new Set<Named>();
let done = 0;

function draw(): void {
  const [first] = underWay;
  line.draw((columns, seconds) =>
    `${done} of ${wanted.length} · ${seconds.toFixed(0)} s · ${first?.claim ?? ''}`.slice(0, columns),
  );
}

const results = await resultsOf(wanted, jobs, {
  begins: (part) => {
    underWay.add(part);
    draw();
  },
  ended: (part, { outcome, seconds, size }) => {
    underWay.delete(part);
    done++;
    line.clear();
    process.stderr.write(`${outcome}  ${seconds.toFixed(1).padStart(6)} s  ${part.claim}\n`);
    if (outcome !== 'shown') process.stderr.write(`         ${size}\n`);
    draw();
  },
});
line.clear();

process.stdout.write(`${tableOf(results)}\n`);
mkdirSync('reports', { recursive: true });
writeFileSync('reports/proof.json', `${JSON.stringify({ origin, results }, undefined, 2)}\n`);
const left = PARTS.filter(({ long, name }) => long === true && !full && name.startsWith(only)).length;
if (left > 0) process.stdout.write(`\n${left} parts take longer and were left out: npm run prove:full\n`);
process.exitCode = results.some(({ outcome }) => outcome === 'refuted') || results.length === 0 ? 1 : 0;
