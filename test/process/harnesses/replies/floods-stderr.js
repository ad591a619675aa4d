// Writes 4 MiB on stderr before each reply, and nothing wrong.
import { serve } from '../serve.js';

const flood = `${'x'.repeat(2 ** 22)}\n`;
await serve({
  run: (_, usual) => new Promise((done) => process.stderr.write(flood, () => done(usual()))),
});
