/** Tests of `--expect` and `--fix`: divergences that are known, and what else there is. */
import { afterAll, expect, test } from 'vitest';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fixture, run, summaryOf } from '../command.ts';
import { tmpdir } from 'node:os';

const folder = mkdtempSync(`${tmpdir()}/expect-`);
afterAll(() => rmSync(folder, { recursive: true }));

interface Entry {
  readonly kind: string;
  readonly found: string;
  readonly message: string;
  readonly reason: string;
  readonly link: string;
}

const FAULTY = fixture('three-faults');
const FEW = ['--cases', '150', '--pages', '4-32'];
const WHY = { reason: 'left as it is', link: 'https://example.org/1' };

/** Writes a list, and returns the options that name it. */
function list(name: string, expected: readonly object[]): readonly string[] {
  writeFileSync(`${folder}/${name}`, JSON.stringify({ expected }));
  return ['--expect', `${folder}/${name}`];
}

const read = (name: string): readonly Entry[] =>
  (JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as { expected: Entry[] }).expected;

/** What `--fix` wrote of the allocator with three faults, each with a reason. */
const known = run(['check', ...FEW, '--fix', '--expect', `${folder}/fixed`, ...FAULTY]).then((ran) => ({
  ran,
  written: read('fixed'),
  entries: read('fixed').map((entry) => ({ ...entry, ...WHY })),
}));

test('--fix writes all that was found, without reasons; without those it is stale, and no list', async () => {
  const { ran, written } = await known;
  expect(written.map(({ found }) => found).toSorted()).toEqual(['COUNT-1', 'GIVE-1', 'TAKE-6']);
  expect(written.find(({ found }) => found === 'TAKE-6')?.message).toBe(
    'the request was refused, but the order # block at frame # is wholly free',
  );
  expect(new Set(written.map(({ link, reason }) => `${reason}${link}`))).toEqual(new Set(['']));
  expect([ran.status, ran.stderr]).toEqual([
    4,
    expect.stringContaining('known divergences without a reason and a link yet: 3'),
  ]);
  const again = await run(['check', ...FEW, '--expect', `${folder}/fixed`, ...FAULTY]);
  expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('entry 1, reason: it is empty')]);
});

test('what is found as it is listed is expected, with another seed too', async () => {
  const { entries } = await known;
  for (const seed of ['1', '2']) {
    const ran = await run(['check', ...FEW, '--seed', seed, '--json', ...list('known', entries), ...FAULTY]);
    expect([ran.status, summaryOf(ran).verdict]).toEqual([0, 'expected-divergence']);
  }
  const text = await run(['check', ...FEW, ...list('known', entries), ...FAULTY]);
  expect(text.stdout.split('\n')[0]).toContain('expected-divergence');
  expect(text.stdout).toContain('buddy TAKE-6: as listed: left as it is (https://example.org/1)');
});

test('--fix keeps the reasons that were given', async () => {
  const { entries } = await known;
  const ran = await run(['check', ...FEW, '--fix', ...list('kept', entries.slice(0, 2)), ...FAULTY]);
  expect(ran.status).toBe(4);
  expect(read('kept').map(({ reason }) => reason)).toEqual([WHY.reason, WHY.reason, '']);
});

test('a known divergence does not mask one that is not listed', async () => {
  const { entries } = await known;
  const some = entries.filter(({ found }) => found !== 'GIVE-1');
  const ran = await run(['check', ...FEW, '--json', ...list('some', some), ...FAULTY]);
  expect([ran.status, summaryOf(ran).verdict]).toEqual([4, 'diverges']);
  expect(ran.stdout).toContain('{"how":"unlisted","kind":"buddy","found":"GIVE-1"');
});

test('what is listed and not found, or found in other words, is stale', async () => {
  const { entries } = await known;
  const ill = entries.map((one) => (one.found === 'TAKE-6' ? { ...one, message: 'it was a Monday' } : one));
  const changed = await run(['check', ...FEW, ...list('changed', ill), ...FAULTY]);
  expect(changed.status).toBe(4);
  expect(changed.stdout).toContain('buddy TAKE-6: listed as "it was a Monday", found as "the request was refused, but');

  const passed = await run(['check', ...FEW, '--json', ...list('passed', entries.slice(0, 1)), ...fixture('sound')]);
  expect([passed.status, summaryOf(passed).verdict]).toEqual([4, 'unexpected-conform']);
});

test.each([
  ['of a kind that is not offered', { kind: 'boot', found: 'BOOT-8' }, 'the kind boot was not judged'],
  ['of a claim that is not made', { kind: 'buddy', found: 'TAKE-7' }, 'best-fit is not claimed'],
  ['of what is left out', { kind: 'buddy', found: 'TAKE-4' }, '--without leaves it out'],
])('an entry %s cannot be found, and is stale', async (_, of, why) => {
  const words = ['--without', 'TAKE-4', '--no-claim', 'best-fit', '--no-claim', 'placement:linux-2.4'];
  const entries = list(`idle-${of.found}`, [{ ...of, message: '', ...WHY }]);
  const ran = await run(['check', '--cases', '20', ...words, ...entries, ...fixture('sound')]);
  expect([ran.status, ran.stdout]).toEqual([4, expect.stringContaining(`listed, and cannot be found: ${why}`)]);
});

test('a run that is not complete is held against nothing, and writes nothing', async () => {
  const none = `${folder}/none`;
  const ran = await run(['check', '--cases', '1', '--fix', '--expect', none, ...fixture('sound')]);
  expect([ran.status, existsSync(none)]).toEqual([5, false]);
  expect(ran.stderr).toContain('was not written, as the run is not complete');
});

test.each([
  ['{', 'it is not JSON'],
  ['{"expected":{}}', 'it must be {"expected":[...]}'],
  ['{"expected":[{"kind":"buddy"}]}', 'entry 1, found: '],
  [
    JSON.stringify({ expected: [{ kind: 'buddy', found: 'TAKE-99', message: '', ...WHY }] }),
    'entry 1, found: it must be the id of a clause',
  ],
  [
    JSON.stringify({ expected: [{ kind: 'buddy', found: 'TAKE-4', message: '', ...WHY, link: 'nowhere' }] }),
    'entry 1, link: it must begin with https://',
  ],
  [
    JSON.stringify({ expected: [1, 2].map(() => ({ kind: 'buddy', found: 'TAKE-4', message: '', ...WHY })) }),
    'entry 2: TAKE-4 is listed before',
  ],
])('a list that is none is refused: %s', async (text, why) => {
  writeFileSync(`${folder}/bad`, text);
  const ran = await run(['check', '--expect', `${folder}/bad`, ...fixture('sound')]);
  expect([ran.status, ran.stdout]).toEqual([2, '']);
  expect(ran.stderr).toContain(why);
});

test.each([
  [['--fix'], '--fix does nothing without --expect'],
  [['--expect', 'x', '--shard', '1/2'], '--expect is for a whole search'],
  [['--expect', 'x', '--jobs', '2'], '--jobs does nothing beside --expect'],
  [['--expect', `${folder}/missing`], 'cannot be read'],
])('%j is refused', async (words, why) => {
  const ran = await run(['check', ...words]);
  expect([ran.status, ran.stderr]).toEqual([2, expect.stringContaining(why)]);
});
