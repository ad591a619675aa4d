/** The command `npm run prove`: runs every part, prints a table and writes reports/proof.json. */

import { PARTS } from './parts.ts';
import { PROOF_SOURCES, originOf } from './origin.ts';
import { lineOn } from '../conformance/cli/terminal/line.ts';
import { mkdirSync, writeFileSync } from 'node:fs';
import { resultOf, tableOf } from './result.ts';
import type { Result } from './result.ts';

const full = process.argv.includes('--full');
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length) ?? '';

const origin = originOf(PROOF_SOURCES);
const results: Result[] = [];
const line = lineOn(process.stderr);
const wanted = PARTS.filter(({ long, name }) => name.startsWith(only) && (long !== true || full));
for (const [n, part] of wanted.entries()) {
  line.draw((columns, seconds) =>
    `${n + 1} of ${wanted.length} · ${seconds.toFixed(0)} s · ${part.claim}`.slice(0, columns),
  );
  const result = await resultOf(part);
  line.clear();
  process.stderr.write(`${result.outcome}  ${result.seconds.toFixed(1).padStart(6)} s  ${part.claim}\n`);
  if (result.outcome !== 'shown') process.stderr.write(`         ${result.size}\n`);
  results.push(result);
}

process.stdout.write(`${tableOf(results)}\n`);
mkdirSync('reports', { recursive: true });
writeFileSync('reports/proof.json', `${JSON.stringify({ origin, results }, undefined, 2)}\n`);
const left = PARTS.filter(({ long, name }) => long === true && !full && name.startsWith(only)).length;
if (left > 0) process.stdout.write(`\n${left} parts take longer and were left out: npm run prove:full\n`);
process.exitCode = results.some(({ outcome }) => outcome === 'refuted') || results.length === 0 ? 1 : 0;
