import { test } from 'vitest';
import { load } from './load.ts';
import { transparent, opaque } from './subject.ts';
import { CORE_SLIPS } from './slips-core.ts';
import { judge } from '../../conformance/judge.ts';
import { summary } from '../../conformance/report.ts';
import { playTraces } from '../trace/worked.ts';
const mis = ['out-of-range','wrong-order','misaligned','inner-page','double-free','never-allocated'].map((m) => `misuse:${m}`) as any[];
test('x', { timeout: 600000 }, async () => {
  const only = process.env.ONLY ?? '';
  const seeds = (process.env.SEEDS ?? '1').split(',').map(Number);
  for (const slip of CORE_SLIPS) {
    if (!slip.name.includes(only)) continue;
    const broken = await load(slip);
    console.log('##', slip.name, 'traces', JSON.stringify(playTraces(broken.createAllocator)?.trace ?? 'PASS'));
    for (const [how, make] of [['full', () => transparent(slip.kernel, broken, (slip as any).memory)], ['complete', () => opaque(slip.kernel, broken, ['complete'])], ['fit', () => opaque(slip.kernel, broken, ['complete', 'best-fit'])], ['misuse', () => opaque(slip.kernel, broken, ['complete', ...mis])]] as const)
    for (const seed of seeds) {
      const t = performance.now();
      const j = await judge(() => Promise.resolve(make()), { seed, cases: 150 });
      const s = summary(j) as any;
      console.log('  ', how, j.verdict, s.clause, s.place, JSON.stringify(s.case), JSON.stringify(s.because)?.slice(0,150), 'cases', j.cases, 'ops', j.finding?.case.script.length, ((performance.now() - t) / 1000).toFixed(2), 's');
    }
  }
});
