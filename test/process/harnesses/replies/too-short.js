// Leaves a result out.
import { serve, json } from '../serve.js';

await serve({ run: ({ id }) => json(id, { ran: '0 1' }) });
