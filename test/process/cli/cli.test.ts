import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { tmpdir } from 'node:os';
import { buddyTree, check, fixture, run, summaryOf } from '../command.ts';
import type { Summary } from '../command.ts';

const folder = mkdtempSync(`${tmpdir()}/cli-`);
afterAll(() => rmSync(folder, { recursive: true }));

const written = (name: string, text: string): string => {
  writeFileSync(`${folder}/${name}`, text);
  return `${folder}/${name}`;
};

/** Little, and enough to have seen all that must be seen. */
const FEW = ['--cases', '30', '--ops', '100'];

/** A summary but for what the clock says. */
const timeless = ({ opsPerSecond, ...rest }: Summary): unknown => {
  expect(opsPerSecond).toBeGreaterThanOrEqual(0);
  return rest;
};

describe('buddy-tree', () => {
  test('TAKE-6 · 2.3.0 is refuted; the case is saved, and replays from a file, from stdin and from the records', async () => {
    const file = `${folder}/case.json`;
    const judged = await run(['check', '--json', '--save', file, ...buddyTree('2.3.0')]);
    expect([judged.status, judged.stderr]).toEqual([1, '']);
    const found = summaryOf(judged);
    expect(found).toMatchObject({
      record: 'summary',
      complete: true,
      verdict: 'diverges',
      clause: 'TAKE-6',
      property: 'complete',
    });
    expect(found.because).toHaveLength(2);
    expect(found.case?.init.pages).toBeLessThanOrEqual(4);
    expect(found.case?.run.split(' ').length).toBeLessThanOrEqual(4);

    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(found.case);
    const replays = await Promise.all([
      run(['replay', '--json', file, ...buddyTree('2.3.0')]),
      run(['replay', '--json', '-', ...buddyTree('2.3.0')], JSON.stringify(found.case)),
      run(['replay', '--json', '-', ...buddyTree('2.3.0')], judged.stdout),
      run(['replay', '--json', written('records', judged.stdout), ...buddyTree('2.3.0')]),
    ]);
    for (const replayed of replays) {
      expect(replayed.status).toBe(1);
      const { verdict, clause, because, case: of } = summaryOf(replayed);
      expect({ verdict, clause, because, case: of }).toEqual({
        verdict: 'diverges',
        clause: 'TAKE-6',
        because: found.because,
        case: found.case,
      });
    }
    const onOther = await run(['replay', '--json', file, ...buddyTree('2.4.1')]);
    expect([onOther.status, summaryOf(onOther).verdict]).toEqual([0, 'conforms']);
  });

  test('2.4.1 conforms', async () => {
    const [status, summary] = await check(['--cases', '200', ...buddyTree('2.4.1')]);
    expect([status, summary.verdict, summary.missing]).toEqual([0, 'conforms', undefined]);
  });

  test('the text says what the summary says, and the line that replays it does', async () => {
    const text = await run(['check', ...buddyTree('2.3.0')]);
    const [status, { because, case: of }] = await check([...buddyTree('2.3.0')]);
    expect([text.status, text.stderr, status]).toEqual([1, '', 1]);
    expect(text.stdout).toMatch(/^buddy-tree 2\.3\.0: diverges$/m);
    expect(text.stdout).toMatch(/^TAKE-6 \(complete\) refuted at order \d+:$/m);
    for (const fact of because ?? expect.fail('no facts')) expect(text.stdout).toContain(fact);
    const line = /^ *echo '(?<saved>.*)' \| npx buddy-oracle replay - -- (?<command>.*)$/m.exec(text.stdout);
    expect(JSON.parse(line?.groups?.['saved'] ?? '')).toEqual(of);
    expect(line?.groups?.['command']).toMatch(/buddy-tree\.js 2\.3\.0$/);
  });
});

test('without a command, the references are judged, and conform', async () => {
  for (const kernel of ['2.4', '2.6']) {
    const [status, summary] = await check(['--reference', kernel, ...FEW]);
    expect([status, summary.verdict]).toEqual([0, 'conforms']);
    expect(summary.sometimes['zone compared']).toBeGreaterThan(1000);
  }
});

test('a seed fixes everything but the time', async () => {
  const [[, one], [, same], [, other]] = await Promise.all([
    check(['--seed', '7', ...FEW, ...fixture('sound')]),
    check(['--seed', '7', ...FEW, ...fixture('sound')]),
    check(['--seed', '8', ...FEW, ...fixture('sound')]),
  ]);
  expect(timeless(same)).toEqual(timeless(one));
  expect(other.sometimes).not.toEqual(one.sometimes);
});

test('more can be judged than is claimed, and less', async () => {
  const [more, less, both] = await Promise.all([
    check(['--claim', 'placement:linux-2.4', ...FEW, ...fixture('sound')]),
    check(['--no-claim', 'complete', ...FEW, ...buddyTree('2.3.0')]),
    check(['--claim', 'placement:linux-2.4', '--no-claim', 'placement:linux-2.4', ...FEW, ...fixture('sound')]),
  ]);
  expect([more[0], more[1].verdict]).toEqual([1, 'diverges']);
  expect(more[1].clause).toMatch(/^PLACE-/);
  expect(less[1].clause).not.toBe('TAKE-6');
  expect([both[0], both[1].verdict]).toEqual([0, 'conforms']);
});

test('arenas have the sizes, the orders and the bases that are asked for', async () => {
  const file = written('arenas', '');
  const shapes = ['--pages', '4,9-11', '--orders', '2,4', '--base', '0,100'];
  const [status] = await check([...shapes, ...FEW, ...fixture('records', file)]);
  expect(status).toBe(0);
  const [, ...arenas] = readFileSync(file, 'utf8').trim().split('\n');
  const seen = (key: string): readonly number[] =>
    [...new Set(arenas.map((line) => (JSON.parse(line) as Record<string, number>)[key] ?? -1))].sort((a, b) => a - b);
  expect([seen('pages'), seen('orders'), seen('base')]).toEqual([
    [4, 9, 10, 11],
    [2, 4],
    [0, 100],
  ]);
});

test('a budget that ends too soon is no pass, and neither is an allocator that makes no arena', async () => {
  const few = ['--cases', '1', '--ops', '1'];
  const [status, summary] = await check([...few, '--pages', '4,8', ...fixture('sound')]);
  expect([status, summary.verdict]).toEqual([5, 'inconclusive']);
  expect(summary.missing).toContain('split');
  expect(summary.missing).not.toContain('arena not a power of two');
  const [, { missing }] = await check([...few, '--pages', '3,4', '--seed', '2', ...fixture('sound')]);
  expect(missing).toContain('arena not a power of two');
  const [single, { missing: left }] = await check([
    '--cases',
    '20',
    '--pages',
    '16',
    '--orders',
    '1',
    ...fixture('sound'),
  ]);
  expect([single, left]).toEqual([0, undefined]);
  const [none, { verdict, sometimes }] = await check([...FEW, ...fixture('unsupported')]);
  expect([none, verdict, sometimes['arena unsupported']]).toEqual([5, 'not-applicable', 1200]);
});

describe('help', () => {
  test('says how to attach an allocator, and what the exit status means', async () => {
    const { status, stdout, stderr } = await run(['--help']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/npx buddy-oracle new c my-allocator .*c\+\+, rust, go, java, python, javascript/);
    expect(stdout).toMatch(/npx buddy-oracle check -- \.\/judged/);
    expect(stdout).toMatch(/Exit status: 0 conforms, 1 diverges/);
  });

  test('of a command names every option, and shows how it is used', async () => {
    const { status, stdout } = await run(['check', '--help']);
    expect(status).toBe(0);
    const options = [
      'seed',
      'cases',
      'ops',
      'time',
      'pages',
      'orders',
      'base',
      'claim',
      'no-claim',
      'reference',
      'json',
      'save',
    ];
    for (const option of options) expect(stdout).toContain(`--${option} `);
    expect(stdout).toContain('buddy-oracle check -- ./harness');
    expect((await run(['replay', '--help'])).stdout).toMatch(/- reads\s+standard input/);
  });
});

const SAVED = { init: { base: 0, pages: 4, orders: 3 }, run: 'a0' };
const saved = (but: object): string => JSON.stringify({ ...SAVED, ...but });

test.concurrent.each<[args: readonly string[], message: RegExp, input?: string]>([
  [[], /Usage: buddy-oracle/],
  [['judge'], /unknown command 'judge'/],
  [['check', '--sed', '1'], /unknown option '--sed'\n\(Did you mean --seed\?\)/],
  [['check', '--seed', 'x'], /--seed <n>.* 'x' .*whole number from 0 to 4294967295/],
  [['check', '--cases', '0'], /--cases <n>.* '0' .*whole number from 1/],
  [['check', '--pages', '4-2'], /--pages <list>.*4-2 is no range/],
  [['check', '--pages', '4,'], /--pages <list>.*whole number from 1/],
  [['check', '--claim', 'fast'], /--claim <claim>.* 'fast' .*one of complete, best-fit,/],
  [['check', '--reference', '2.5'], /--reference <kernel>.*2\.4, 2\.6/],
  [['replay'], /missing required argument 'file'/],
  [['replay', '/no/such/case'], /\/no\/such\/case cannot be read: ENOENT/],
  [['replay', '-'], /standard input is no saved case: it is not JSON/, 'nonsense'],
  [['replay', '-'], /standard input is no saved case: it is not JSON/, ''],
  [['replay', '-'], /no saved case: it must be an object \{"init": \.\.\., "run": \.\.\.\}/, '{"run":"a0"}'],
  [['replay', '-'], /no saved case: it must be an object/, '[]'],
  [['replay', '-'], /no saved case: run: word 1 is "q1"; it must be a<order>, f<slot>/, saved({ run: 'a0 q1' })],
  [['replay', '-'], /no saved case: run: word 1 is "";/, saved({ run: 'a0  a1' })],
  [['replay', '-'], /no saved case: init.pages: /, saved({ init: { base: 0, pages: 0, orders: 3 } })],
  [
    ['replay', '-'],
    /init.reserved: \[3, 2\] must be .* within frames 0 to 3/,
    saved({ init: { ...SAVED.init, reserved: [[3, 2]] } }),
  ],
])('%j: status 2, and %s on stderr', async (args, message, input) => {
  const { status, stdout, stderr } = await run(args, input);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
});
