// Takes short lines and small batches only.
import { hello, json, serve } from '../serve.js';

await serve({ hello: ({ id }) => json(id, { hello: { ...hello, maxBatch: 2000, maxLine: 1100 } }) });
process.exit();
