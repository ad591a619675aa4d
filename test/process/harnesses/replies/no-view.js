// Does not show what it said it would.
import { serve, json } from '../serve.js';

await serve({ observe: ({ id }) => json(id, { observed: {} }) });
