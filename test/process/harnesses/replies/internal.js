// Reports an error of its own, and says which.
import { serve, json } from '../serve.js';

await serve({ run: ({ id }) => json(id, { ran: '0 !internal !payload', detail: { 1: 'list is torn' } }) });
