// A harness that several threads use, it says; whose stamps are what its argument says.
import { createInterface } from 'node:readline';

const [, , stamps] = process.argv;
const hello = { version: 1, name: 'stamps', claims: [], features: ['threads:2', 'threads:1', 'threads:65'] };

/** What is answered to scripts: to each operation the same. */
const answered = (scripts) => scripts.map((script) => script.replaceAll(/[^ ]+/gu, stamps));

for await (const line of createInterface({ input: process.stdin })) {
  const { id, threads, ...asked } = JSON.parse(line);
  const reply =
    threads !== undefined
      ? { threads: answered(threads) }
      : 'hello' in asked
        ? { hello }
        : 'init' in asked
          ? { ready: {} }
          : 'bye' in asked
            ? { bye: true }
            : { unknown: true };
  process.stdout.write(`${JSON.stringify({ id, ...reply })}\n`);
  if ('bye' in asked) break;
}
