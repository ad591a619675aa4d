import { expect, test } from 'vitest';
import { fuzzFiles } from './fuzz-files.ts';

/** How many hostile case files: few unless asked for (`npm run fuzz`), a tenth of the replies. */
const FILES = Number(process.env['BUDDY_ORACLE_FUZZ'] ?? 20_000) / 10;
const SEED = 1;

test(
  `of ${FILES} hostile case files each is refused with a reason, or replayed on the reference, which is not convicted`,
  async () => {
    const before = process.memoryUsage().rss;
    const tally = await fuzzFiles(FILES, SEED);
    for (const name of ['refused', 'buddy conforms', 'boot conforms', 'machine conforms']) {
      expect(tally.get(name) ?? 0, name).toBeGreaterThan(FILES / 100);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 2 ** 20);
  },
  120_000 + 10 * FILES,
);
