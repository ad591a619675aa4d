import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { harness, path } from '../started.ts';

interface Bounded {
  readonly kind: string;
  readonly how: string;
  /** The most memory that the judge ever took. */
  readonly mebibytes: number;
}

/** Judges `hostile/replies` in a process of its own. */
async function judged(hostile: string): Promise<Bounded> {
  const args = [path('bounded.js'), ...harness('hostile/replies'), hostile];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Bounded;
}

const LONG = 'a line of more than 4194304 bytes';
const MANY = 'answer to observe: more than 524288 values';
const DEEP = 'answer to observe: nested more than 32 deep';

test.each([
  ['a view of 64 MiB', LONG],
  ['a view of 16 MiB', LONG],
  ['a line of 1 GiB', LONG],
  ['four MiB of lists', MANY],
  ['many new names', 'answer to observe: more than 32768 names'],
  ['wrong elements', 'answer to observe: observed.free-lists has more than 256 orders'],
  ['wrong heads', 'answer to observe: observed.free-lists.0.0 must be a number, not a string'],
  ['a deep list', DEEP],
  ['a deep object', DEEP],
])(
  '%s is a protocol error, and takes little memory',
  async (hostile, how) => {
    const ended = await judged(hostile);
    expect(ended.how.startsWith(how), ended.how).toBe(true);
    expect(ended.kind).toBe('protocol-error');
    expect(ended.mebibytes).toBeLessThan(256);
  },
  60_000,
);

test('the longest list that is read is cut after one block more than there are frames', async () => {
  const ended = await judged('as much as may be');
  expect(ended).toMatchObject({ kind: 'well', how: JSON.stringify({ freeLists: [Array(17).fill(0)] }) });
  expect(ended.mebibytes).toBeLessThan(256);
}, 60_000);
