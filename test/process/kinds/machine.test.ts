/** Tests that machines are judged, in this process and over a pipe. */
import { expect, test } from 'vitest';
import { run } from '../command.ts';
import { path } from '../started.ts';

interface Summary {
  readonly verdict: string;
  readonly clause?: string;
  readonly missing?: readonly string[];
  readonly sometimes: Readonly<Record<string, number>>;
  readonly case?: { readonly init: { readonly machine: object }; readonly run: string };
}

const summaryOf = (stdout: string): Summary => JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Summary;

async function judged(
  target: readonly string[],
  cases = 25,
): Promise<readonly [status: number | null, summary: Summary]> {
  const { status, stdout } = await run(['check', '--kind', 'machine', '--json', '--cases', String(cases), ...target]);
  return [status, summaryOf(stdout)];
}

const fixture = (how: string): readonly string[] => ['--', 'node', path('./fixtures/machine.js'), how];
const EXAMPLE = ['--', 'node', path('../../conformance/harness/javascript/machine.js')];

test.concurrent('the reference conforms, and has seen all that a run must', async () => {
  const [status, { missing, sometimes, verdict }] = await judged([]);
  expect([status, verdict, missing]).toEqual([0, 'conforms', undefined]);
  const { 'machine unsupported': none, ...seen } = sometimes;
  expect([none, Math.min(...Object.values(seen))]).toEqual([0, expect.toSatisfy((least: number) => least > 3)]);
});

test.concurrent('the example in JavaScript conforms in all that it claims', async () => {
  const [status, { sometimes, verdict }] = await judged(EXAMPLE);
  expect([status, verdict]).toEqual([0, 'conforms']);
  expect(sometimes['grant after reclaim']).toBeGreaterThan(50);
});

test.concurrent.each([
  ['WATER-2', 'marks do not add up', ['WATER-2', 'WATER-3', 'PASS-2']],
  ['ZONE-4', 'requests rise', ['ZONE-4']],
  ['PASS-6', 'who may wait is refused', ['PASS-6']],
  ['PASS-4', 'who may not wait reclaims', ['PASS-4']],
  ['PASS-7', 'refuses what it has', ['PASS-7']],
  ['TAKE-4', 'the first user frees', ['TAKE-4', 'COUNT-1']],
  ['PASS-2', 'nobody asks for balance', ['PASS-2']],
] as const)('%s · a machine is refuted: %s', async (_clause, how, clauses) => {
  const [status, summary] = await judged(fixture(how));
  expect([status, summary.verdict]).toEqual([1, 'diverges']);
  expect(clauses).toContain(summary.clause);
  expect(summary.case?.init.machine).toBeDefined();
  expect((summary.case?.run ?? '').split(' ').length).toBeLessThan(120);
});

test.concurrent('USE-2 · a machine that crashes is one', async () => {
  const [status, { verdict }] = await judged(fixture('crashes'));
  expect([status, verdict]).toEqual([1, 'crash']);
});

test.concurrent('a harness without the feature, and one that supports no machine, are no pass', async () => {
  const [status, { verdict }] = await judged(['--', 'node', path('./fixtures/sound.js')]);
  expect([status, verdict]).toEqual([3, 'protocol-error']);
  const [five, { verdict: none }] = await judged(fixture('unsupported'), 3);
  expect([five, none]).toEqual([5, 'not-applicable']);
});

test('the verdict in words names the clause, the facts and the case', async () => {
  const { status, stdout } = await run([
    'check',
    '--kind',
    'machine',
    '--cases',
    '20',
    ...fixture('who may wait is refused'),
  ]);
  expect(status).toBe(1);
  expect(stdout).toContain('machine in JavaScript 1.0.0: diverges');
  expect(stdout).toMatch(
    /PASS-6 \(never-refused\) refuted at order \d+:\n +the request was refused\n +but it may wait/u,
  );
  expect(stdout).toMatch(/as short as it could be made\n {2}node 0: \w+ 0 to \d+\n {2}orders 0 to/u);
  expect(stdout).toMatch(/npx buddy-oracle replay - -- node .*machine\.js 'who may wait is refused'\n/u);
});

test.concurrent.each(['the first user frees', 'marks do not add up'])(
  'PASS-2 · what was found on a machine replays: %s',
  async (how) => {
    const found = await run(['check', '--kind', 'machine', '--json', '--cases', '25', ...fixture(how)]);
    const { clause } = summaryOf(found.stdout);
    const replayed = await run(['replay', '--json', '-', ...fixture(how)], found.stdout);
    expect([replayed.status, summaryOf(replayed.stdout).clause]).toEqual([1, clause]);
    const sound = await run(['replay', '-', ...EXAMPLE], found.stdout);
    expect([sound.status, sound.stdout.split('\n')[0]]).toEqual([0, 'machine in JavaScript 1.0.0: conforms']);
  },
);

const MACHINE = {
  orders: 3,
  policy: 'node-local',
  balance: [
    [8, 1, 1],
    [8, 1, 1],
    [8, 1, 1],
  ],
} as const;

test.concurrent.each([
  [
    {
      ...MACHINE,
      nodes: [
        [
          ['Normal', 0, 8, []],
          ['DMA', 8, 8, []],
        ],
      ],
    },
    'A0:0:32:0',
    /zone DMA does not lie above zone Normal/,
  ],
  [{ ...MACHINE, nodes: [[['DMA', 0, 8, []]], [['DMA', 7, 8, []]]] }, 'A0:0:32:0', /two zones share frame 7/],
  [{ ...MACHINE, nodes: [[['DMA', 0, 8, [[7, 2]]]]] }, 'A0:0:32:0', /a hole of zone DMA is out of place/],
  [{ ...MACHINE, nodes: [[['DMA', 0, 8, []]]] }, 'a0', /"a0" is no operation on a machine/],
  [{ ...MACHINE, nodes: [] }, 'A0:0:32:0', /init\.machine\.nodes: /],
])('a case on a machine that is none is told: %j %s', async (machine, words, message) => {
  const { status, stderr } = await run(['replay', '-'], JSON.stringify({ init: { machine }, run: words }));
  expect(status).toBe(2);
  expect(stderr).toMatch(message);
});
