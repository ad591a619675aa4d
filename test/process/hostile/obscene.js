// Dies, and its last words are not for a terminal.
import { serve } from '../harnesses/serve.js';

await serve({
  run: () => {
    const words = '\u001b[2Jred\r\n\u009b\u202e\u2028\ttab\n\ud83d';
    process.stderr.write(Buffer.concat([Buffer.from(words), Buffer.from([0xff, 0])]), () => process.exit(7));
  },
});
