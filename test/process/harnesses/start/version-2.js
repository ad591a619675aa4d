// Speaks a version that was not asked for.
import { serve, hello, json } from '../serve.js';

await serve({ hello: ({ id }) => json(id, { hello: { ...hello, version: 2 } }) });
