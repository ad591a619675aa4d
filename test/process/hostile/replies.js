// Answers observe as its argument says, with replies that are too much of something.
import { hello, json, serve } from '../harnesses/serve.js';

const MANY = 2 ** 20;
const observed = (text) => `{"id":2,"observed":{"free-lists":${text}}}\n`;
const keys = (count) => Array.from({ length: count }, (_, n) => `{"${n.toString(36)}":0}`).join();
const HOSTILE = {
  'a view of 64 MiB': () => observed(`[${'[],'.repeat(22 * MANY)}[]]`),
  'a view of 16 MiB': () => observed(`[${'[],'.repeat(5 * MANY)}[]]`),
  'a line of 1 GiB': async () => {
    const chunk = Buffer.alloc(2 ** 24, '[');
    for (let n = 0; n < 64; n++)
      if (!process.stdout.write(chunk)) await new Promise((done) => process.stdout.once('drain', done));
    return '\n';
  },
  'four MiB of lists': () => observed(`[${'[],'.repeat(MANY)}[]]`),
  'many new names': () => observed(`[${keys(250_000)}]`),
  'wrong elements': () => observed(`[${'0,'.repeat(200_000)}0]`),
  'wrong heads': () => observed(`[[${'"",'.repeat(200_000)}0]]`),
  'a deep list': () => observed('['.repeat(400_000) + ']'.repeat(400_000)),
  'a deep object': () => observed('{"a":'.repeat(100_000) + '0' + '}'.repeat(100_000)),
  'as much as may be': () => observed(`[[${'0,'.repeat(500_000)}0]]`),
};
const features = ['observe:free-lists'];

await serve({
  hello: ({ id }) => json(id, { hello: { ...hello, features, maxLine: 2 ** 26 } }),
  observe: HOSTILE[process.argv[2]],
});
process.exit();
