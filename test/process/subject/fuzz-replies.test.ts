import { expect, test } from 'vitest';
import { fuzzReplies } from './fuzz-replies.ts';

/** How many hostile inputs: few unless asked for (`npm run fuzz`). */
const REPLIES = Number(process.env['BUDDY_ORACLE_FUZZ'] ?? 20_000);
const SEED = 1;

test(
  `of ${REPLIES} hostile replies each is read, or said to be malformed`,
  () => {
    const before = process.memoryUsage().rss;
    const tally = fuzzReplies(REPLIES, SEED);
    for (const name of ['line', 'reply', 'hello', 'opened', 'ran', 'observed', 'bye', 'boot']) {
      const { parsed = 0, malformed = 0 } = tally.get(name) ?? {};
      expect(parsed, `${name}: parsed`).toBeGreaterThan(0);
      expect(malformed, `${name}: malformed`).toBeGreaterThan(0);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 2 ** 20);
  },
  60_000 + REPLIES,
);
