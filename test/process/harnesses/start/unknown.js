// Does not know what an init is.
import { serve, json } from '../serve.js';

await serve({ init: ({ id }) => json(id, { unknown: true }) });
