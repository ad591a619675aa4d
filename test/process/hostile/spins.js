// Works for ever instead of being ready.
import { serve } from '../harnesses/serve.js';

await serve({
  init: () => {
    for (;;);
  },
});
