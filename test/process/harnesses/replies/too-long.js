// Has a result too many.
import { serve, json } from '../serve.js';

await serve({ run: ({ id }) => json(id, { ran: '0 1 2 3' }) });
