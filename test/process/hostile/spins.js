// Works for ever instead of being ready.
import { serve } from '../serve.js';

await serve({
  init: () => {
    for (;;);
  },
});
