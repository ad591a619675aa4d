/** Audits that the tables of evidence are what is counted now. */
import { ROOT } from '../tree.ts';
import { comparedPart } from './recorded.ts';
import { counted, ordersPart, recordedCounts } from './evidence.ts';
import { createAllocator, order, pfn } from '../../../src/index.ts';
import { expect, test } from 'vitest';
import { handOverAll } from '../../trace/played.ts';
import { once } from '../../fault/judged.ts';
import { plainShape } from '../../arbitrary/arena.ts';
import { readFileSync } from 'node:fs';
import { regionFor } from '../../arbitrary/region.ts';
import { withPart } from './generate.ts';
import type { Counts } from './evidence.ts';

/** Counted once: it takes some seconds. */
const orders = once(ordersPart);

const PARTS = [
  ['test/README.md', 'orders', orders],
  ['test/trace/recordings/README.md', 'compared', comparedPart],
] as const;

/** `npm run generate` is this test with leave to write. */
test.each(PARTS)('%s says what is counted (if it does not: npm run generate)', async (path, name, make) => {
  const made = withPart(readFileSync(ROOT + path, 'utf8'), name, await make());
  await expect(made, `${path} is stale: npm run generate`).toMatchFileSnapshot(ROOT + path);
});

test('every order of 11 is split and joined in lockstep, but order 0', async () => {
  const rows = (await orders()).split('\n').slice(2);
  expect(rows).toHaveLength(22);
  for (const row of rows) {
    const [, at, , lockstep] = row.split('|').map((cell) => cell.trim());
    expect(lockstep, row).toBe(at === '0' ? '' : 'split, join');
  }
});

test('the recordings split and join no block of order 9 or 10', () => {
  for (const kernel of ['2.4', '2.6'] as const) {
    const { joins, splits } = recordedCounts(kernel);
    expect([splits.length, joins.length]).toEqual([9, 9]);
  }
});

test.each(['2.4', '2.6'] as const)('%s · a split and a join are counted at the order of the larger block', (kernel) => {
  const shape = plainShape(kernel, 8, 4);
  const created = createAllocator(shape, regionFor(shape));
  const counts: Counts = { splits: [], joins: [] };
  const allocator = counted(created.kind === 'created' ? created.allocator : expect.fail(created.why), counts);
  handOverAll(allocator, shape);
  expect(counts).toEqual({ splits: [], joins: [] });
  const head = kernel === '2.4' ? 6 : 0;
  expect(allocator.allocate(order(1))).toEqual({ kind: 'granted', head });
  expect(allocator.free(pfn(head), order(0)).kind).toBe('rejected');
  expect(allocator.free(pfn(head), order(1)).kind).toBe('done');
  expect([counts.splits[3], counts.joins[3]]).toEqual([1, 1]);
  expect([counts.splits, counts.joins].map((by) => Object.keys(by))).toEqual([['3'], ['3']]);
});
