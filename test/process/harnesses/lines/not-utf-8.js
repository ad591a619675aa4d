// Answers in Latin-1.
import { serve, json } from '../serve.js';

await serve({ run: ({ id }) => Buffer.from(json(id, { ran: '\u00e9' }), 'latin1') });
