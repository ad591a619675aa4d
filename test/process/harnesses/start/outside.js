// Would hand out more than there is.
import { serve, json } from '../serve.js';

await serve({
  init: ({ id }) =>
    json(id, {
      ready: {
        usable: [
          [0, 3],
          [4, 13],
        ],
      },
    }),
});
