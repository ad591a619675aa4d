// Has two spaces between results.
import { serve, json } from '../serve.js';

await serve({ run: ({ id }) => json(id, { ran: '0  1 2' }) });
