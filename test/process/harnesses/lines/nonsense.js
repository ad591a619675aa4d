// Answers in tokens that mean nothing.
import { serve, json } from '../serve.js';

await serve({ run: ({ id }) => json(id, { ran: '007 +1 !oops', detail: { 2: 'why' } }) });
