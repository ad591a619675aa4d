/** Tests that the definitions in Coq that are generated from src do what src does, and that a fault in src changes them. */

import { FREE_CLAUSES } from '../../src/buddy/answer.ts';
import { Program } from '../../proof/front/program.ts';
import { Random } from '../../conformance/random.ts';
import { coqOf } from '../../proof/front/coq/generated.ts';
import { afterAll, expect, test } from 'vitest';
import { execFileSync } from 'node:child_process';
import { isThere } from './emit/compiled.ts';
import { join } from 'node:path';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { openZone } from '../../src/buddy/allocator.ts';
import { order, pfn, regionBytes } from '../../src/index.ts';
import { GENERATED, textOf } from '../../proof/unbounded/coq.ts';
import { tmpdir } from 'node:os';
import { getOrder } from '../../src/buddy/arithmetic.ts';
import { initZone } from '../../src/buddy/zone.ts';
import type { Allocator, ZoneShape } from '../../src/index.ts';
import type { Kernel, Order, Outcome, Pfn, Run } from '../../protocol/index.ts';
import type { Zone } from '../../src/buddy/zone.ts';

const folder = mkdtempSync(`${tmpdir()}/coq-`);
afterAll(() => rmSync(folder, { recursive: true }));

const PAGES = 13;
const ORDERS = 4;
/** No multiple of the largest block: 2.6 counts blocks from frame 8. */
const BASE = 11;
const HOLES: readonly Run[] = [[pfn(BASE + 5), 2]];
const STEPS = 200;

const shapeOf = (kernel: Kernel): ZoneShape => ({
  kernel,
  base: pfn(BASE),
  pages: PAGES,
  orders: ORDERS,
  holes: HOLES,
});
const MISUSES = [...Object.keys(FREE_CLAUSES), 'no-such-frame', 'handed-over-twice', 'no-such-order'];

const COMMITTED = Object.fromEntries(['Words', ...GENERATED].map((file) => [file, textOf(file)] as const));

const listed = (words: ArrayLike<number>): string => `(of_list [${Array.from(words).join('; ')}])`;

const recordOf = ({ base, buddyFlag, counters, firstBits, links, map, offset, owners, privateOrder }: Zone): string =>
  `{| pages := ${PAGES}; orders := ${ORDERS}; base := ${base}; offset := ${offset};
  firstBits := ${listed(firstBits)}; links := ${listed(links)}; map := ${listed(map)};
  counters := ${listed(counters.words)}; buddyFlag := ${listed(buddyFlag.words)};
  privateOrder := ${listed(privateOrder.words)}; owners := ${listed(owners.bytes)} |}`;

/** Returns an outcome as a number, as `coded` in the script does. */
function coded(outcome: Outcome): number {
  switch (outcome.kind) {
    case 'granted':
      return outcome.head;
    case 'exhausted':
      return -1;
    case 'done':
      return -2;
    case 'rejected':
      return -3 - MISUSES.indexOf(outcome.misuse);
  }
}

/** Returns the arrays that hold the state of a zone, in the sequence in which Coq prints them. */
const arraysOf = ({
  buddyFlag,
  counters,
  links,
  map,
  owners,
  privateOrder,
}: Zone): readonly (Int32Array | Int8Array)[] => [
  links,
  map,
  counters.words,
  buddyFlag.words,
  privateOrder.words,
  owners.bytes,
];

/** Returns a zone with words that nobody made, an allocator over it, and the zone as a record of Coq. */
function unmade(
  kernel: Kernel,
  random: Random,
): { readonly zone: Zone; readonly allocator: Allocator; readonly record: string } {
  const buffer = new ArrayBuffer(regionBytes(kernel, PAGES, ORDERS));
  const opened = openZone(shapeOf(kernel), { buffer, byteOffset: 0 });
  if (opened.kind !== 'opened') throw new Error(opened.why);
  const { allocator, zone } = opened;
  for (const words of arraysOf(zone)) for (const at of words.keys()) words[at] = random.below(100);
  return { zone, allocator, record: recordOf(zone) };
}

/** Returns random commands, misuse included, and what src answers and holds after them. */
function steps(kernel: Kernel): {
  readonly start: string;
  readonly commands: readonly string[];
  readonly said: readonly number[];
} {
  const random = new Random(5);
  const { allocator, record, zone } = unmade(kernel, random);
  initZone(zone, HOLES);
  const commands: string[] = [];
  const answers: number[] = [];
  const held: (readonly [Pfn, Order])[] = [];
  const note = (command: string, outcome: Outcome): Outcome => {
    commands.push(command);
    answers.push(coded(outcome));
    return outcome;
  };
  const handOver = (frame: number): Outcome => note(`HandOver ${frame}`, allocator.handOver(pfn(frame)));
  for (let frame = BASE - 1; frame <= BASE + PAGES; frame++) handOver(frame);
  for (let n = 0; n < STEPS; n++) {
    const of = order(random.below(ORDERS + 2) - 1);
    const [[head, at] = [pfn(BASE - 1 + random.below(PAGES + 2)), of]] = random.chance(0.7)
      ? held.splice(random.below(held.length), 1)
      : [];
    if (random.chance(0.05)) handOver(head);
    for (let times = random.below(5); times % 3 > 0; times--) note(`Free ${head} (${at})`, allocator.free(head, at));
    const pages = random.below(PAGES + 4) - 2;
    const [outcome, granted] = random.chance(0.7)
      ? [note(`Allocate (${of})`, allocator.allocate(of)), of]
      : [note(`AllocatePages (${pages})`, allocator.allocatePages(pages)), getOrder(pages)];
    if (outcome.kind === 'granted') held.push([outcome.head, granted]);
  }
  return {
    start: record,
    commands,
    said: [...answers, ...arraysOf(zone).flatMap((words) => [...words])],
  };
}

/** How arrays and answers are written down. */
const HEAD = `From Coq Require Import ZArith List String.
From Buddy Require Import Words Generated GeneratedFace.
Import ListNotations.
Open Scope Z_scope.
Definition of_list (l : list Z) : array := {| length := Z.of_nat (List.length l); word := fun i => nth (Z.to_nat i) l 0 |}.
Definition to_list (a : array) : list Z := List.map (fun n => word a (Z.of_nat n)) (seq 0 (Z.to_nat (length a))).
Fixpoint place (what : string) (l : list string) : Z :=
  match l with nil => 0 | one :: l => if String.eqb what one then 0 else 1 + place what l end.
Definition coded (o : outcome) : Z :=
  match o with
  | Outcome_granted frame => frame
  | Outcome_exhausted => - 1
  | Outcome_done => - 2
  | Outcome_rejected misuse => - 3 - place misuse [${MISUSES.map((name) => `"${name}"%string`).join('; ')}]
  end.
(* Arrays as lists of their words, so that what was written is not gone through again at each read. *)
Definition plain (a : array) : array := of_list (to_list a).
`;

const scriptOf = (
  core: string,
  start: string,
  commands: readonly string[],
): string => `${HEAD}Inductive command := Allocate (order : Z) | Free (frame order : Z) | HandOver (frame : Z) | AllocatePages (n : Z).
Definition carry (c : command) (z : zone) : result (outcome * zone) :=
  match c with
  | Allocate order => allocate ${core} z order
  | Free frame order => free ${core} z frame order
  | HandOver frame => handOver ${core} z frame
  | AllocatePages n => allocatePages ${core} z n
  end.
Fixpoint run (cs : list command) (z : zone) : result (list Z * zone) :=
  match cs with
  | nil => Done (nil, z)
  | c :: cs =>
    do (o, z) <- carry c z;
    let z := with_counters (with_map (with_links z (plain (links z))) (plain (map z))) (plain (counters z)) in
    let z := with_owners (with_privateOrder (with_buddyFlag z (plain (buddyFlag z))) (plain (privateOrder z))) (plain (owners z)) in
    do (os, z) <- run cs z;
    Done (coded o :: os, z)
  end.
Definition all : result (list Z) :=
  let z := ${start} in
  do (_, z) <- initZone z [${HOLES.map(([first, count]) => `(${first}, ${count})`).join('; ')}];
  do (os, z) <- run [${commands.join('; ')}] z;
  Done (os ++ to_list (links z) ++ to_list (map z) ++ to_list (counters z)
    ++ to_list (buddyFlag z) ++ to_list (privateOrder z) ++ to_list (owners z))%list.
Eval vm_compute in all.
`;

test.for([
  ['2.4', 'core_2_4'],
  ['2.6', 'core_2_6'],
] as const)('%s: random commands by vm_compute: every answer and every word as in src', ([kernel, core], { skip }) => {
  if (!isThere('coqc')) skip('there is no coqc');
  const { commands, said, start } = steps(kernel);
  const met = new Set(said.slice(0, commands.length).map((one) => Math.min(one, 0)));
  expect([...met].sort((a, b) => b - a)).toEqual([0, -1, -2, ...MISUSES.map((_, n) => -3 - n)]);
  const texts = { ...COMMITTED, Run: scriptOf(core, start, commands) };
  let printed = '';
  for (const [name, text] of Object.entries(texts)) {
    writeFileSync(join(folder, `${name}.v`), text);
    printed = execFileSync('coqc', ['-q', '-R', '.', 'Buddy', `${name}.v`], { cwd: folder, encoding: 'utf8' });
  }
  const [, list = ''] = /= Done\s*\[([^\]]*)\]/u.exec(printed) ?? [];
  expect(list.split(';').map(Number), printed).toEqual(said);
});

const NUMBERS = [-1, 0, 1, 2, 3, 255, 2 ** 20, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 5];

test('the zeros before the first bit that is 1 are as many as in JavaScript', ({ skip }) => {
  if (!isThere('coqc')) skip('there is no coqc');
  writeFileSync(join(folder, 'Words.v'), textOf('Words'));
  const numbers = NUMBERS.map((n) => `(${n})`).join('; ');
  const script = `${HEAD.replace(' Generated GeneratedFace', '')}Eval vm_compute in List.map js_clz32 [${numbers}].\n`;
  writeFileSync(join(folder, 'Zeros.v'), script);
  let printed = '';
  for (const name of ['Words', 'Zeros'])
    printed = execFileSync('coqc', ['-q', '-R', '.', 'Buddy', `${name}.v`], { cwd: folder, encoding: 'utf8' });
  const [, list = ''] = /= \[([^\]]*)\]/u.exec(printed) ?? [];
  expect(list.split(';').map(Number), printed).toEqual(NUMBERS.map((n) => Math.clz32(n)));
});

test('a fault in src changes the definitions, and what cannot be printed is refused', () => {
  const program = new Program();
  const planted = (from: string, to: string): Program =>
    new Program((path) => program.text(path).replace(from, () => to), program);
  const now = coqOf(program);
  expect(now).toEqual(GENERATED.map((file) => [file, textOf(file)]));
  expect(coqOf(planted('links[2 * first + 1] = node;', ''))).not.toEqual(now);
  expect(coqOf(planted('if (!buddyIsFree) break;', 'if (buddyIsFree) break;'))).not.toEqual(now);
  expect(coqOf(planted('rmvPageOrder(zone, page);', ''))).not.toEqual(now);
  expect(coqOf(planted('zone.owners.free(page);', ''))).not.toEqual(now);
  expect(coqOf(planted('32 - Math.clz32(pages - 1)', '32 - Math.clz32(pages)'))).not.toEqual(now);
  expect(() => coqOf(planted('if (!buddyIsFree) break;', "throw new Error('no');"))).toThrow('throw is not printed');
});
