/** Tests that a user can run mutation tests against the package. */

import { expect, test } from 'vitest';
import { makeUser, node, pack } from './user.ts';
import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement: string;
  readonly location: { readonly start: { readonly line: number } };
}

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
}

const tell = ({ location, mutatorName, replacement, status }: Mutant): string =>
  `line ${location.start.line}: ${mutatorName} ${replacement}: ${status}`;

const patience = 600_000;

/** The examples of other allocators. */
const OTHERS = ['boot-memory', 'first-fit', 'machine', 'property', 'wasm/wasm'];

test("ten lines of a test kill the mutants of a user's allocator", { timeout: patience }, async ({ skip }) => {
  const packed = await pack();
  const user = await makeUser(packed);
  if ('unreachable' in user) return skip(`no registry: ${user.unreachable}`);
  for (const other of OTHERS) rmSync(`${user.folder}/${other}.test.ts`);
  const { said } = await node(user.folder, 'node_modules/@stryker-mutator/core/bin/stryker.js', 'run');
  const report = JSON.parse(readFileSync(`${user.folder}/reports/mutation/mutation.json`, 'utf8')) as Report;
  rmSync(dirname(packed.file), { recursive: true });

  const mutants = Object.values(report.files).flatMap((file) => file.mutants);
  const detected = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout');
  const others = mutants.filter(({ status }) => status !== 'Killed').map(tell);
  console.log([`${detected.length} of ${mutants.length} mutants detected; all but the killed:`, ...others].join('\n'));
  expect(mutants.length, said).toBeGreaterThan(50);
  expect(detected.length / mutants.length).toBeGreaterThan(0.9);
});
