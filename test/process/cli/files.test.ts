/** Tests that a file which is too much, too deep or impossible is refused at once, with what is wrong and where. */
import { expect, test } from 'vitest';
import { run } from '../command.ts';

const ARENA = { base: 0, pages: 1, orders: 1 };
const ONE = { init: ARENA, run: 'a0' };
const nulls = (count: number): readonly null[] => Array.from({ length: count }, () => null);
const machine = (nodes: readonly unknown[]): object => ({
  machine: {
    orders: 3,
    policy: 'node-local',
    balance: [
      [1, 0, 0],
      [1, 0, 0],
      [1, 0, 0],
    ],
    nodes,
  },
});
const SMALL = machine([[['DMA', 0, 8, []]]]);

/** A case with a case before it, which has one before it, and so on. */
function nested(deep: number): object {
  let of: object = ONE;
  for (let n = 0; n < deep; n++) of = { ...ONE, before: [of] };
  return of;
}

test.concurrent.each<[name: string, file: unknown, message: RegExp]>([
  ['cases before a case before it, 1,000 deep', nested(1000), /nested more than 32 deep/],
  ['a case before a case before it', nested(2), /before\.0: it has a "before" of its own/],
  [
    '200,000 cases that are null',
    { ...ONE, before: nulls(200_000) },
    /before: it must be a list of at most 1000 cases/,
  ],
  [
    '131,000 reserved runs',
    { init: { ...ARENA, pages: 300_000, reserved: Array.from({ length: 131_000 }, (_, n) => [2 * n, 1]) }, run: 'a0' },
    /init\.reserved: more than 4096 runs/,
  ],
  ['200,000 nodes that are null', { init: { boot: nulls(200_000) }, run: 'bt0' }, /init\.boot: more than 1024 nodes/],
  ['a machine of 200,000 nodes', { init: machine(nulls(200_000)), run: 'k' }, /init\.machine\.nodes: more than 256/],
  ['a mask that no request has', { init: SMALL, run: 'A0:0:4:0' }, /nobody can ask for gfp 4 here/],
  ['an order that no machine has', { init: SMALL, run: 'A0:99:32:0' }, /nobody can ask for order 99 here/],
  ['a node that is not there', { init: SMALL, run: 'A1:0:32:0' }, /nobody can ask for node 1 of 1 here/],
  ['an escape in a word', { init: ARENA, run: 'a0 \u001b[31mx\u202e' }, /word 1 is "\\u\{1b\}\[31mx\\u\{202e\}"/],
  ['lists in lists in lists', '['.repeat(1_000_000), /nested more than 32 deep/],
  ['5 MiB', 'x'.repeat(5 * 2 ** 20), /more than 4194304 bytes/],
])('%s: status 2, and what is wrong', async (_name, file, message) => {
  const { status, stdout, stderr } = await run(['replay', '-'], typeof file === 'string' ? file : JSON.stringify(file));
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
  expect(stderr.length).toBeLessThan(500);
});

test.runIf(process.platform === 'linux')('a file without an end is read up to the bound', async () => {
  const { status, stderr } = await run(['replay', '/dev/zero']);
  expect([status, stderr]).toEqual([2, 'buddy-oracle: /dev/zero is no saved case: it has more than 4194304 bytes\n']);
});
