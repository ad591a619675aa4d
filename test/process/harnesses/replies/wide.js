// Takes batches that are longer than what a pipe holds: nothing is wrong with that.
import { hello, json, serve } from '../serve.js';

await serve({ hello: ({ id }) => json(id, { hello: { ...hello, maxBatch: 25000 } }) });
process.exit();
