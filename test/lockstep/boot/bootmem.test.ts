/** Tests the lockstep of boot memory. */
import fc from 'fast-check';
import { BootLockstep } from './lockstep.ts';
import { BootCoverage } from './coverage.ts';
import { bootIntents, bootNodes } from '../../arbitrary/boot.ts';
import { campaign } from '../../arbitrary/campaign.ts';
import { expect, test } from 'vitest';
import { kernels } from '../../arbitrary/arena.ts';

const starts = fc.record({ nodes: bootNodes, kernel: kernels, orders: fc.integer({ min: 1, max: 7 }) });
const requests = fc.array(fc.nat({ max: 1000 }), { maxLength: 30 });

test('BOOT-1, BOOT-2, BOOT-3, BOOT-4, BOOT-5, BOOT-6, BOOT-7, BOOT-10, BOOT-12, BOOT-13, BOOT-14, FIT-1, FIT-2, FIT-3, FIT-4, RETIRE-1, RETIRE-2, RETIRE-3, RETIRE-4, RETIRE-6 · boot memory and its specification live the same lives', () => {
  const seen = new BootCoverage();
  fc.assert(
    fc.property(starts, fc.boolean(), bootIntents, requests, (start, opened, intents, asked) => {
      const both = new BootLockstep(start, seen);
      if (opened) both.open();
      for (const intent of intents) both.intend(intent);
      both.finish(asked);
    }),
    campaign(600, 60),
  );
  expect(seen.missing()).toEqual([]);
});
