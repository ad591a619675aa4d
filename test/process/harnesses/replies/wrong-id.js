// Answers a run with the id of another.
import { serve, json } from '../serve.js';

await serve({ run: ({ id }) => json(id + 5, { ran: '0' }) });
