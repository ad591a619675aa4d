// Closes its stdin, answers the hello, and lives on.
import { closeSync } from 'node:fs';
import { serve } from '../serve.js';

setInterval(() => undefined, 1000);
await serve({
  hello: (_, usual) => {
    closeSync(0);
    return usual();
  },
});
