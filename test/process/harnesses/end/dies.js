// Is killed by a signal in the middle of a run, having said why.
import { serve } from '../serve.js';

await serve({
  run: () => {
    process.stderr.write('BUG at page_alloc.c\n');
    process.kill(process.pid, 'SIGSEGV');
  },
});
