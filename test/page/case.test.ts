/** Saved cases of boot memory and on machines in the playground: the code of src answers as spec has it, in each that is drawn. */
import { MachineReference } from '../../conformance/subjects/machine-reference.ts';
import { START, addressOf, fromAddress } from '../../page/play/address.ts';
import { caseWorldsOf } from '../../page/play/case/world.ts';
import { expect, test } from 'vitest';
import { generateBoot } from '../../conformance/kinds/boot/generate.ts';
import { generateMachine } from '../../conformance/kinds/machine/generate.ts';
import { read } from '../../page/play/read/read.ts';
import { saveBoot } from '../../conformance/kinds/boot/saved.ts';
import { saveMachine } from '../../conformance/kinds/machine/saved.ts';
import type { CasePlay } from '../../page/play/case/script.ts';

/** Returns what a case is read as; fails if it could not be read. */
function shown(saved: object): CasePlay {
  const reading = read(JSON.stringify(saved), START);
  if (reading.kind === 'unread') throw new Error(reading.why);
  if (reading.play.kind !== 'case') throw new Error(`taken for ${reading.as}`);
  return reading.play;
}

const NUMBERS = Array.from({ length: 60 }, (_, n) => n);

test.each([
  ['boot memory', (n: number): object => saveBoot(generateBoot(1, n, 30))],
  ['machines', (n: number): object => saveMachine(generateMachine(1, n, 40))],
])('of %s, src answers as spec has it, and the address holds all of it', (_, savedAt) => {
  for (const n of NUMBERS) {
    const play = shown(savedAt(n));
    const worlds = caseWorldsOf(play);
    expect(worlds).toHaveLength(play.run.length + 1);
    expect(worlds.at(-1)?.agrees, play.text).toBe(true);
    if (play.begin.of === 'machine') expect(worlds.flatMap(({ said }) => said).join('; ')).not.toContain('rejected');
    expect(fromAddress(addressOf(play))).toEqual(play);
  }
});

test('on machines, what is free in the end is what the reference of the judge has free after the same words', () => {
  for (const n of NUMBERS.slice(0, 30)) {
    const of = generateMachine(1, n, 40);
    const play = shown(saveMachine(of));
    const reference = new MachineReference();
    reference.open(of.machine);
    for (const step of play.run) reference.run(step.split(' '));
    const right = reference.shown()?.zones.map(({ buddy, needBalance }) => [buddy.freeCount, needBalance]);
    const rows = caseWorldsOf(play).at(-1)?.rows ?? [];
    const free = rows.map(({ asks, lists }) => [lists.reduce((sum, list, at) => sum + list.length * 2 ** at, 0), asks]);
    expect(free, play.text).toEqual(right);
  }
});

const boot = (run: string): CasePlay => shown({ init: { boot: [[0, 8, 0]] }, run });

test('FIT-2 · the row of a node has its bytes, its last page and the offset in it', () => {
  const [, , , granted] = caseWorldsOf(boot('bf0:0:32768 br0:0:4096 ba*:100:32:0'));
  expect(granted?.said).toEqual(['address 4096: page 1, byte 0 of it']);
  expect(granted?.rows[0]).toMatchObject({ taken: [[0, 4096], [4096, 4196]], last: [1, 100], retired: false }); // prettier-ignore
});

test('RETIRE-1 · a retired node is a row of free blocks', () => {
  const last = caseWorldsOf(boot('bf0:0:32768 br0:0:4096 bt0')).at(-1);
  expect(last?.rows[0]?.retired).toBe(true);
  expect(last?.rows[0]?.lists.reduce((sum, list, at) => sum + list.length * 2 ** at, 0)).toBe(8);
});

const NONE = [1, 0, 0];
const machine = { orders: 2, policy: 'node-local', balance: [NONE, [1, 1, 1], NONE], nodes: [[['Normal', 0, 4, []]]] };

test('RECLAIM-1 · a step has what it planned, and tells who was woken and what was freed', () => {
  const play = shown({ init: { machine }, run: 'A0:1:32:2048 A0:1:32:2048 p0:0 A0:1:464:0' });
  expect(play.run).toEqual(['A0:1:32:2048', 'A0:1:32:2048', 'p0:0 A0:1:464:0']);
  const last = caseWorldsOf(play).at(-1);
  expect(last?.said).toEqual(['frame 2, from node 0 Normal', 'kswapd was woken', 'a reclaim freed frame 2 as order 1']);
  expect(last?.rows[0]).toMatchObject({
    asks: true,
    ground: { name: 'node 0 Normal', watermarks: { min: 1, low: 2, high: 3 } },
  });
});

test.each([
  '#case=',
  '#case=%7B%7D',
  '#case={"init":{"boot":[[0,5000,0]]},"run":""}',
  `#case=${JSON.stringify({ init: { machine: { ...machine, nodes: [[['Normal', 0, 4, [[3, 2]]]]] } }, run: '' })}`,
  `#case=${JSON.stringify({ init: { machine }, run: 'k '.repeat(501) })}`,
])('%s is no state: the start is shown', (hash) => expect(fromAddress(hash).kind).toBe('buddy'));
