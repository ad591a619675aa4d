/** Tests that a default run finds every fault on purpose; with many seeds it writes what finds what, and after how many operations. */
import { ROWS, SEEDLESS, TECHNIQUES, UNSEEN } from './rows.ts';
import { afterAll, describe, expect, test } from 'vitest';
import { medianOf, tableOf } from './table.ts';
import { patience } from '../../arbitrary/campaign.ts';
import { writeFileSync } from 'node:fs';
import type { Cell, Measured } from './table.ts';
import type { Row } from './rows.ts';

/** How many seeds each search is tried with: one, unless `npm run matrix` asks for more. */
const SEEDS = Number(process.env['BUDDY_ORACLE_MATRIX'] ?? 1);

const measured: Measured[] = [];

/** The techniques that a default run is asked for; only `npm run matrix` compares them with others. */
const ASKED = ['inside', 'misuse'] as const;

async function measure(row: Row): Promise<Measured> {
  const cells: Record<string, Cell> = {};
  for (const technique of SEEDS > 1 ? TECHNIQUES : ASKED) {
    const search = row.searches[technique];
    if (search === undefined) continue;
    const cell: (number | undefined)[] = [];
    for (let seed = 1; seed <= (SEEDLESS.has(technique) ? 1 : SEEDS); seed++) cell.push(await search(seed));
    cells[technique] = cell;
  }
  return { row, cells };
}

/** Cases in which a fault that cannot be seen is looked for all the same. */
const FEW = 300;

const SEEN_ROWS = ROWS.filter(({ name }) => !UNSEEN.has(name));

test.each([...UNSEEN])('%s is not found: %s', async (unseen) => {
  const row = ROWS.find(({ name }) => name === unseen) ?? expect.fail('no such fault');
  for (const search of Object.values(row.searches)) expect(await search(1, FEW)).toBeUndefined();
});

describe.each(SEEN_ROWS.map((row) => [`${row.room} · ${row.name}`, row] as const))('%s', (_, row) => {
  test('a default run finds it', { timeout: SEEDS * patience }, async () => {
    const found = await measure(row);
    measured.push(found);
    const { inside, misuse } = found.cells;
    const whole = inside ?? misuse ?? [];
    expect(whole, 'some search').not.toEqual([]);
    expect(whole).not.toContain(undefined);
  });
});

test('a median counts what was not found as infinite', () => {
  expect([medianOf([5, undefined, 1]), medianOf([undefined, undefined, 1]), medianOf([4, 2])]).toEqual([
    5,
    Infinity,
    2,
  ]);
});

const ABOUT = `# What finds what

Every fault on purpose ([README.md](../README.md)), and how many operations were judged until a search of the judge with
default options found it: the median over ${SEEDS} seeds. \`npm run matrix\` writes this table.

\`inside\`: all that the allocator holds is compared and every claim is judged. \`misuse\`: answers alone, with the claims
\`complete\`, \`best-fit\` and all kinds of misuse; of an allocator of another make, with the claims and views that it has; of boot
memory and machines, answers alone. \`best-fit\`, \`complete\`: fewer claims. \`exhaustive 8\`: every state of eight frames, in one
sequence. \`vectors\`: the test vectors of the kind, in their sequence, which takes no features; allocators of another make are not
held against them here. Empty: what such a run sees of the fault is permitted.

`;

const UNSEEN_ONES = `
Not in the table, because no run of the judge can see them:

${[...UNSEEN].map(([name, why]) => `- ${name}: ${why}`).join('\n')}
`;

afterAll(() => {
  if (SEEDS > 1) writeFileSync(new URL('MATRIX.md', import.meta.url), `${ABOUT}${tableOf(measured)}\n${UNSEEN_ONES}`);
});
