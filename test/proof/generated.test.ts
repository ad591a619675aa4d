/** Tests that the definitions in Coq that are generated from src do what src does, and that a fault in src changes them. */

import { NONE, freePagesOk, rmqueue } from '../../src/buddy/buddy.ts';
import { Program } from '../../proof/front/program.ts';
import { Random } from '../../conformance/random.ts';
import { coqOf } from '../../proof/front/coq/generated.ts';
import { afterAll, expect, test, vi } from 'vitest';
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { openZone } from '../../src/buddy/allocator.ts';
import { order, pfn, regionBytes } from '../../src/index.ts';
import { patience } from '../arbitrary/campaign.ts';
import { textOf } from '../../proof/unbounded/coq.ts';
import { tmpdir } from 'node:os';
import { initZone } from '../../src/buddy/zone.ts';
import type { Run } from '../../protocol/index.ts';
import type { Zone } from '../../src/buddy/zone.ts';

vi.setConfig({ testTimeout: patience });

const folder = mkdtempSync(`${tmpdir()}/coq-`);
afterAll(() => rmSync(folder, { recursive: true }));

const PAGES = 13;
const ORDERS = 4;
const BASE = 8;
const HOLES: readonly Run[] = [[pfn(BASE + 5), 2]];
const STEPS = 60;

const isHole = (page: number): boolean =>
  HOLES.some(([first, count]) => page + BASE >= first && page + BASE < first + count);

function newZone(): Zone {
  const buffer = new ArrayBuffer(regionBytes('2.4', PAGES, ORDERS));
  const shape = { kernel: '2.4', base: pfn(BASE), pages: PAGES, orders: ORDERS, holes: HOLES } as const;
  const opened = openZone(shape, { buffer, byteOffset: 0 });
  return opened.kind === 'opened' ? opened.zone : expect.fail(opened.why);
}

const listed = (words: ArrayLike<number>): string => `(of_list [${Array.from(words).join('; ')}])`;

const recordOf = ({ base, buddyFlag, counters, firstBits, links, map, owners, privateOrder }: Zone): string =>
  `{| pages := ${PAGES}; orders := ${ORDERS}; base := ${base}; firstBits := ${listed(firstBits)};
  links := ${listed(links)}; map := ${listed(map)}; counters := ${listed(counters.words)};
  buddyFlag := ${listed(buddyFlag.words)}; privateOrder := ${listed(privateOrder.words)};
  owners := ${listed(owners.bytes)} |}`;

/** Returns the lines of random steps, and what src answers and holds after them. */
function steps(): { readonly start: string; readonly lines: readonly string[]; readonly said: readonly number[] } {
  const zone = newZone();
  const random = new Random(5);
  for (const words of [zone.links, zone.map, zone.counters.words, zone.owners.bytes])
    for (const at of words.keys()) words[at] = random.below(100);
  const start = recordOf(zone);
  initZone(zone, HOLES);
  const held: (readonly [number, number])[] = [];
  const lines: string[] = [
    `do (_, z) <- initZone z [${HOLES.map(([first, count]) => `(${first}, ${count})`).join('; ')}];`,
  ];
  const answers: number[] = [];
  const free = (page: number, of: number): void => {
    freePagesOk(zone, page, order(of));
    lines.push(`do (_, z) <- freePagesOk z ${page} ${of};`);
  };
  for (let page = 0; page < PAGES; page++) if (!isHole(page)) free(page, 0);
  for (let n = 0; n < STEPS; n++) {
    const [block] = random.chance(0.5) ? held.splice(random.below(held.length), 1) : [];
    if (block !== undefined) {
      free(...block);
      continue;
    }
    const of = random.below(ORDERS);
    const page = rmqueue(zone, order(of));
    lines.push(`do (a${answers.length}, z) <- rmqueue z ${of};`);
    answers.push(page);
    if (page !== NONE) held.push([page, of]);
  }
  return { start, lines, said: [...answers, ...zone.links, ...zone.map, ...zone.counters.words, ...zone.owners.bytes] };
}

test('random steps by vm_compute: every answer and every word as in src', ({ skip }) => {
  if (spawnSync('coqc', ['--version']).status !== 0) skip('there is no coqc');
  const { lines, said, start } = steps();
  const answers = said.slice(0, lines.filter((line) => line.includes('rmqueue')).length).map((_, n) => `a${n}`);
  const script = `From Coq Require Import ZArith List String.
From Buddy Require Import Words Generated.
Import ListNotations.
Open Scope Z_scope.
Definition of_list (l : list Z) : array := {| length := Z.of_nat (List.length l); word := fun i => nth (Z.to_nat i) l 0 |}.
Definition to_list (a : array) : list Z := List.map (fun n => word a (Z.of_nat n)) (seq 0 (Z.to_nat (length a))).
Definition all : result (list Z) :=
  let z := ${start} in
  ${lines.join('\n  ')}
  Done ([${answers.join('; ')}] ++ to_list (links z) ++ to_list (map z) ++ to_list (counters z) ++ to_list (owners z))%list.
Eval vm_compute in all.
`;
  const texts = { Words: textOf('Words'), Generated: textOf('Generated'), Run: script };
  let printed = '';
  for (const [name, text] of Object.entries(texts)) {
    writeFileSync(join(folder, `${name}.v`), text);
    printed = execFileSync('coqc', ['-q', '-R', '.', 'Buddy', `${name}.v`], { cwd: folder, encoding: 'utf8' });
  }
  const [, list = ''] = /= Done\s*\[([^\]]*)\]/u.exec(printed) ?? [];
  expect(list.split(';').map(Number), printed).toEqual(said);
});

test('a fault in src changes the definitions, and what cannot be printed is refused', () => {
  const program = new Program();
  const planted = (from: string, to: string): Program =>
    new Program((path) => program.text(path).replace(from, () => to), program);
  const now = coqOf(program);
  expect(now).toBe(textOf('Generated'));
  expect(coqOf(planted('links[2 * first + 1] = node;', ''))).not.toBe(now);
  expect(coqOf(planted('if (!buddyIsFree) break;', 'if (buddyIsFree) break;'))).not.toBe(now);
  expect(() => coqOf(planted('if (!buddyIsFree) break;', "throw new Error('no');"))).toThrow('throw is not printed');
});
