// Would hand out a frame twice.
import { serve, json } from '../serve.js';

await serve({
  init: ({ id }) =>
    json(id, {
      ready: {
        usable: [
          [0, 4],
          [3, 4],
        ],
      },
    }),
});
