// Writes each reply byte by byte, with pauses, and nothing wrong.
import { serve } from '../serve.js';

await serve({
  run: (_, usual) => {
    for (const byte of usual()) {
      process.stdout.write(byte);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  },
});
