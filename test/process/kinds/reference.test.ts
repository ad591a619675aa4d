import { expect, test } from 'vitest';
import { FEW, judged, ofKind, verdictsOf } from './records.ts';

const COMPARED = [
  ['buddy', ['zone compared', 'invariants held']],
  ['boot', ['boot memory compared', 'invariants held']],
  ['machine', ['machine compared', 'zone compared', 'invariants held']],
] as const;

test('without a command, every kind of the reference is judged, and conforms', async () => {
  const all = await judged('check', FEW);
  expect([all.status, all.summary.verdict]).toEqual([0, 'conforms']);
  expect(verdictsOf(all)).toEqual({ buddy: 'conforms', boot: 'conforms', machine: 'conforms' });
});

test('the reference is compared completely, and its invariants are held, in every kind of one run', async () => {
  const all = await judged('check', FEW);
  for (const [kind, sights] of COMPARED) {
    const { sometimes } = ofKind(all, kind);
    for (const sight of sights) expect(sometimes[sight], `${kind}: ${sight}`).toBeGreaterThan(0);
  }
});

test.each(COMPARED)('the reference of %s alone is compared completely: %j', async (kind, sights) => {
  const one = await judged('check', ['--kind', kind, ...FEW]);
  expect([one.status, verdictsOf(one)]).toEqual([0, { [kind]: 'conforms' }]);
  const { sometimes } = ofKind(one, kind);
  for (const sight of sights) expect(sometimes[sight], sight).toBeGreaterThan(0);
});
